package io.penstock.core.run;

import io.penstock.core.logical.LogicalNode;
import io.penstock.core.logical.LogicalPlan;
import io.penstock.core.logical.Operation;
import io.penstock.core.logical.Throttle;
import io.penstock.core.operator.Operator;
import io.penstock.core.operator.Paced;
import io.penstock.core.physical.StepKey;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Which sources are still wanted: one is not when every way down from it meets a limit that has let
 * its last row through, and not for now when a step below holds as many rows as it should.
 * Thread-safe.
 */
final class Demand {
  private final LogicalPlan plan;
  private final Map<StepKey, Set<StepKey>> limits = new HashMap<>();
  private final Set<StepKey> met = ConcurrentHashMap.newKeySet();
  private final Map<StepKey, Set<StepKey>> paces = new HashMap<>();
  private final Map<StepKey, Paced> paced = new ConcurrentHashMap<>();
  private boolean held;

  Demand(LogicalPlan plan) {
    this.plan = plan;
    for (LogicalNode node : plan.nodes()) {
      if (node.operation() instanceof Operation.Read) {
        Set<StepKey> found = new HashSet<>();
        boolean all = collect(StepKey.of(node), found);
        limits.put(StepKey.of(node), all ? Set.copyOf(found) : Set.of());
        Set<StepKey> below = new HashSet<>();
        below(StepKey.of(node), below);
        paces.put(StepKey.of(node), Set.copyOf(below));
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
        || operation instanceof Operation.Distinct
        || operation instanceof Throttle;
  }

  private void below(StepKey from, Set<StepKey> found) {
    for (LogicalNode node : plan.nodes()) {
      boolean reads = node.inputs().stream().anyMatch(input -> StepKey.of(input).equals(from));
      if (reads && found.add(StepKey.of(node))) {
        below(StepKey.of(node), found);
      }
    }
  }

  /** A step has this operator, which may hold rows. */
  void paced(StepKey step, Operator operator) {
    if (operator instanceof Paced own) {
      paced.put(step, own);
    }
  }

  /** Whether a step below a source holds as many rows as it should. */
  boolean isFull(StepKey source) {
    return paced.entrySet().stream()
        .anyMatch(
            entry ->
                entry.getValue().isFull()
                    && paces.getOrDefault(source, Set.of()).contains(entry.getKey()));
  }

  /**
   * Whether some step has held rows since the last call: what it has let go is to be decided too,
   * though nothing is read. Called by the supervisor.
   */
  boolean takeHeld() {
    boolean before = held;
    held = holds();
    return before || held;
  }

  /** Whether some step holds rows that wait for the clock. */
  boolean holds() {
    return paced.values().stream().anyMatch(Paced::holds);
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
