package io.penstock.dsl.language.check;

import io.penstock.api.option.Placed;
import io.penstock.api.problem.ProblemCode;
import io.penstock.api.problem.Problems;
import io.penstock.core.logical.Delivery;
import io.penstock.core.logical.RunSettings;
import io.penstock.core.logical.Schedule;
import io.penstock.dsl.language.bind.BoundPipeline;
import io.penstock.dsl.language.bind.RunOptions;
import io.penstock.dsl.language.bind.StopAbove;
import io.penstock.dsl.language.schedule.ScheduleConfig;
import java.util.Optional;

/** The run block, defaults filled in. */
final class RunBlock {
  private final BoundPipeline pipeline;
  private final RunOptions run;

  RunBlock(BoundPipeline pipeline) {
    this.pipeline = pipeline;
    this.run = pipeline.run().orElseGet(RunOptions::none);
  }

  RunSettings settings() {
    RunSettings standard = RunSettings.standard();
    Optional<StopAbove> stop = pipeline.deadLetter().flatMap(d -> d.keys().stopAbove());
    return new RunSettings(
        mode(),
        run.checkpoint().map(Placed::value).orElse(standard.checkpoint()),
        run.batch()
            .filter(b -> b.maxRows().isPresent())
            .map(b -> b.maxRows().getAsLong())
            .orElse(standard.batchRows()),
        run.batch().flatMap(RunOptions.BatchOptions::maxBytes).orElse(standard.batchBytes()),
        stop.map(StopAbove::rate).orElse(standard.stopRate()),
        stop.map(StopAbove::ofLast).orElse(standard.stopOfLast()),
        schedule(),
        floor().map(Placed::value),
        pipeline.run().isPresent());
  }

  /** A schedule runs batches; what is written against it is reported. */
  void check(Problems problems) {
    Optional<RunOptions.Mode> written = run.mode().map(Placed::value);
    if (written.equals(Optional.of(RunOptions.Mode.CONTINUOUS))) {
      run.schedule()
          .ifPresent(
              schedule ->
                  problems.add(
                      ProblemCode.E110,
                      schedule.origin(),
                      "`schedule` runs batches, and `mode` is `continuous`",
                      "leave `mode` out, or write `mode: micro_batch`"));
    }
  }

  /** When batches are run; empty where none are. */
  Optional<Schedule> schedule() {
    return run.schedule()
        .map(Placed::value)
        .map(ScheduleConfig::schedule)
        .or(() -> batches() ? Optional.of(new Schedule.AvailableNow()) : Optional.empty());
  }

  /** The guarantee that sinks must reach which do not say another. */
  Optional<Placed<Delivery>> floor() {
    return run.delivery().map(RunBlock::floor);
  }

  /** The guarantee that is asked for, where it is. */
  static Placed<Delivery> floor(Placed<io.penstock.dsl.language.bind.Delivery> written) {
    Delivery delivery =
        switch (written.value()) {
          case AT_LEAST_ONCE -> Delivery.AT_LEAST_ONCE;
          case EXACTLY_ONCE -> Delivery.EXACTLY_ONCE;
        };
    return new Placed<>(delivery, written.origin());
  }

  private Optional<RunSettings.Mode> mode() {
    return run.schedule().isPresent()
        ? Optional.of(RunSettings.Mode.MICRO_BATCH)
        : run.mode().map(mode -> mode(mode.value()));
  }

  private boolean batches() {
    return run.mode().map(Placed::value).equals(Optional.of(RunOptions.Mode.MICRO_BATCH));
  }

  private static RunSettings.Mode mode(RunOptions.Mode mode) {
    return switch (mode) {
      case CONTINUOUS -> RunSettings.Mode.CONTINUOUS;
      case MICRO_BATCH -> RunSettings.Mode.MICRO_BATCH;
    };
  }
}
