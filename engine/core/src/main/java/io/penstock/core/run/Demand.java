package io.penstock.core.run;

import io.penstock.core.logical.LogicalNode;
import io.penstock.core.logical.LogicalPlan;
import io.penstock.core.logical.Operation;
import io.penstock.core.physical.StepKey;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Which sources are still wanted: one is not when every way down from it meets a limit that has let
 * its last row through. Thread-safe.
 */
final class Demand {
  private final LogicalPlan plan;
  private final Map<StepKey, Set<StepKey>> limits = new HashMap<>();
  private final Set<StepKey> met = ConcurrentHashMap.newKeySet();

  Demand(LogicalPlan plan) {
    this.plan = plan;
    for (LogicalNode node : plan.nodes()) {
      if (node.operation() instanceof Operation.Read) {
        Set<StepKey> found = new HashSet<>();
        boolean all = collect(StepKey.of(node), found);
        limits.put(StepKey.of(node), all ? Set.copyOf(found) : Set.of());
      }
    }
  }

  /** Collects the first limits on each way down; false where some way has none. */
  private boolean collect(StepKey from, Set<StepKey> found) {
    boolean read = false;
    for (LogicalNode node : plan.nodes()) {
      for (LogicalNode.Input input : node.inputs()) {
        if (!StepKey.of(input).equals(from)) {
          continue;
        }
        read = true;
        if (node.operation() instanceof Operation.Limit) {
          found.add(StepKey.of(node));
        } else if (!passesOn(node.operation()) || !collect(StepKey.of(node), found)) {
          return false;
        }
      }
    }
    return read;
  }

  private static boolean passesOn(Operation operation) {
    return operation instanceof Operation.RowOperation
        || operation instanceof Operation.Route
        || operation instanceof Operation.Union
        || operation instanceof Operation.Distinct;
  }

  /** A limit has let its last row through. */
  void met(StepKey limit) {
    met.add(limit);
  }

  /** Whether nothing more is wanted of a source. */
  boolean isMet(StepKey source) {
    Set<StepKey> own = limits.getOrDefault(source, Set.of());
    return !own.isEmpty() && met.containsAll(own);
  }
}
