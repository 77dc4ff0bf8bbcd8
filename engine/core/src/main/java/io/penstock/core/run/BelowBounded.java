package io.penstock.core.run;

import io.penstock.core.logical.LogicalNode;
import io.penstock.core.logical.LogicalPlan;
import io.penstock.core.logical.Operation;
import io.penstock.core.physical.StepKey;
import java.util.HashSet;
import java.util.Set;

/** Sources that end and all steps below them: what begins anew at each slot of a schedule. */
final class BelowBounded {
  private BelowBounded() {}

  /** Their names. */
  static Set<String> of(LogicalPlan plan) {
    Set<String> names = new HashSet<>();
    for (LogicalNode node : plan.nodes()) {
      boolean ends =
          node.operation() instanceof Operation.Read read && read.source().traits().bounded();
      boolean below = node.inputs().stream().anyMatch(i -> names.contains(StepKey.of(i).shown()));
      if (ends || below) {
        names.add(StepKey.of(node).shown());
      }
    }
    return names;
  }
}
