package io.penstock.core.run;

import io.penstock.api.option.Share;
import io.penstock.core.logical.RunSettings;
import io.penstock.core.logical.Schedule;
import java.util.Optional;

/** Settings of runs, changed. */
final class Settings {
  private Settings() {}

  /** In micro-batches of so many rows. */
  static RunSettings batches(RunSettings from, long rows) {
    return new RunSettings(
        Optional.of(RunSettings.Mode.MICRO_BATCH),
        from.checkpoint(),
        rows,
        from.batchBytes(),
        from.stopRate(),
        from.stopOfLast(),
        from.schedule(),
        from.delivery(),
        true);
  }

  /** By a schedule. */
  static RunSettings scheduled(RunSettings from, Schedule schedule) {
    return new RunSettings(
        from.mode(),
        from.checkpoint(),
        from.batchRows(),
        from.batchBytes(),
        from.stopRate(),
        from.stopOfLast(),
        Optional.of(schedule),
        from.delivery(),
        true);
  }

  /** With other limits of what may fail. */
  static RunSettings stopAbove(RunSettings from, Share rate, int ofLast) {
    return new RunSettings(
        from.mode(),
        from.checkpoint(),
        from.batchRows(),
        from.batchBytes(),
        rate,
        ofLast,
        from.schedule(),
        from.delivery(),
        from.stated());
  }
}
