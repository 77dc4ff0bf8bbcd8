package io.penstock.core.run;

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

  /** A barrier every so often, until the run is stopped. */
  record Continuous(Duration checkpoint) implements Trigger {}

  /** The trigger of a run. */
  static Trigger of(LogicalPlan plan, RunRequest request) {
    boolean bounded = plan.nodes().stream().map(LogicalNode::operation).allMatch(Trigger::ends);
    boolean until = request.untilRows().isPresent() || request.untilTime().isPresent();
    RunSettings.Mode mode =
        request.mode().or(() -> plan.settings().mode()).orElse(RunSettings.Mode.CONTINUOUS);
    return switch (mode) {
      // Without kept state the batches of a run are one epoch: its outputs appear whole or not.
      case MICRO_BATCH -> new ToTheEnd(!bounded && !until);
      case CONTINUOUS ->
          bounded || until ? new ToTheEnd(false) : new Continuous(plan.settings().checkpoint());
    };
  }

  private static boolean ends(Operation operation) {
    return !(operation instanceof Operation.Read read) || read.source().traits().bounded();
  }
}
