package io.penstock.core.run;

import io.penstock.api.source.Reader;
import io.penstock.core.checkpoint.Checkpoint;
import io.penstock.core.logical.LogicalNode;
import io.penstock.core.logical.LogicalPlan;
import io.penstock.core.logical.Operation;
import io.penstock.core.logical.RunSettings;
import io.penstock.core.runner.RunRequest;
import java.time.Duration;

/** When a run cuts epochs. The one place that knows the two modes; nothing else may ask. */
sealed interface Trigger {
  /** Everything that is there is one epoch; then the run is over. */
  record ToTheEnd(boolean fixedEnds) implements Trigger {}

  /** A barrier every so often, until the run is stopped or its sources end. */
  record Continuous(Duration checkpoint) implements Trigger {
    @Override
    public boolean actsAtRest() {
      return false;
    }
  }

  /** One planned batch after the other, up to the ends fixed at the start. */
  record Batches(long rows) implements Trigger {
    // A record is rarely shorter; a block so small that it holds about so many rows.
    private static final long BYTES_OF_A_ROW = 64;

    @Override
    public boolean fixedEnds() {
      return true;
    }

    @Override
    public String mode() {
      return Checkpoint.MICRO_BATCH;
    }

    @Override
    public Reader.Limits limits(Reader.Limits most) {
      return new Reader.Limits(
          (int) Math.min(most.rows(), rows),
          (int) Math.min(most.bytes(), Math.min(rows, Integer.MAX_VALUE) * BYTES_OF_A_ROW));
    }
  }

  /** Whether sources without an end are read only up to where they end at the start. */
  default boolean fixedEnds() {
    return false;
  }

  /** Whether something is to be done as soon as the tasks rest, as where a batch may be whole. */
  default boolean actsAtRest() {
    return true;
  }

  /** What checkpoints call it. */
  default String mode() {
    return Checkpoint.CONTINUOUS;
  }

  /** What a reader may hand on at once. */
  default Reader.Limits limits(Reader.Limits most) {
    return most;
  }

  /** The trigger of a run. */
  static Trigger of(LogicalPlan plan, RunRequest request) {
    boolean bounded = plan.nodes().stream().map(LogicalNode::operation).allMatch(Trigger::ends);
    boolean until = request.untilRows().isPresent() || request.untilTime().isPresent();
    RunSettings settings = plan.settings();
    RunSettings.Mode mode = request.mode().or(settings::mode).orElse(RunSettings.Mode.CONTINUOUS);
    if (request.kept().isPresent()) {
      return switch (mode) {
        case MICRO_BATCH -> new Batches(settings.batchRows());
        case CONTINUOUS -> new Continuous(settings.checkpoint());
      };
    }
    return switch (mode) {
      // Without kept state the batches of a run are one epoch: its outputs appear whole or not.
      case MICRO_BATCH -> new ToTheEnd(!bounded && !until);
      case CONTINUOUS ->
          bounded || until ? new ToTheEnd(false) : new Continuous(settings.checkpoint());
    };
  }

  private static boolean ends(Operation operation) {
    return !(operation instanceof Operation.Read read) || read.source().traits().bounded();
  }
}
