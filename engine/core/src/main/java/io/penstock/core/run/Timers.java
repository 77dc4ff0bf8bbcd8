package io.penstock.core.run;

import io.penstock.core.logical.EventTime;
import io.penstock.core.logical.LogicalNode;
import io.penstock.core.logical.Operation;
import io.penstock.core.physical.PhysicalPlan;
import io.penstock.core.physical.Stage;
import io.penstock.core.physical.StepKey;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Which steps give rows their time, as the plan says. */
final class Timers {
  private final Map<StepKey, LogicalNode> nodes;

  Timers(PhysicalPlan plan) {
    this.nodes = plan.nodes();
  }

  /** How a step gives rows their time; the last one of a chain counts. */
  static Optional<EventTime> of(Operation operation) {
    if (operation instanceof Operation.Read read) {
      return read.eventTime();
    }
    if (operation instanceof Operation.SetEventTime set) {
      return Optional.of(set.eventTime());
    }
    Optional<EventTime> last = Optional.empty();
    if (operation instanceof Operation.Chain chain) {
      for (Operation.Link link : chain.links()) {
        Optional<EventTime> own = of(link.operation());
        last = own.isPresent() ? own : last;
      }
    }
    return last;
  }

  /** The names under which a stage tells how far the time of a step's rows has come. */
  Set<String> telling(Stage stage, StepKey step) {
    Set<String> names = new LinkedHashSet<>();
    if (stage.kind() == Stage.Kind.SOURCE) {
      above(stage, step, names);
    } else {
      names.add(step.shown());
    }
    return names;
  }

  private void above(Stage stage, StepKey step, Set<String> names) {
    LogicalNode node = java.util.Objects.requireNonNull(nodes.get(step));
    if (of(node.operation()).isPresent()) {
      names.add(step.shown());
      return;
    }
    for (LogicalNode.Input input : node.inputs()) {
      if (stage.has(StepKey.of(input))) {
        above(stage, StepKey.of(input), names);
      }
    }
  }

  /** How the rows of a source stage get their time. */
  static List<EventTime> of(Stage stage) {
    List<EventTime> times = new ArrayList<>();
    stage.nodes().forEach(node -> of(node.operation()).ifPresent(times::add));
    return times;
  }
}
