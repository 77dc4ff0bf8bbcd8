package io.penstock.dsl.launcher.trace;

import io.penstock.core.logical.LogicalNode;
import io.penstock.core.logical.LogicalPlan;
import io.penstock.core.logical.Operation;
import io.penstock.core.logical.Throttle;
import io.penstock.core.physical.StepKey;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** What a record of one source can come to. */
final class Reach {
  private final LogicalPlan plan;
  private final Set<StepKey> reached = new HashSet<>();
  private final Set<StepKey> needed = new HashSet<>();
  private final Set<StepKey> carried = new HashSet<>();

  Reach(LogicalPlan plan, LogicalNode source) {
    this.plan = plan;
    reached.add(StepKey.of(source));
    carried.add(StepKey.of(source));
    for (LogicalNode node : plan.nodes()) {
      List<LogicalNode.Input> above =
          node.inputs().stream().filter(i -> reached.contains(StepKey.of(i))).toList();
      if (above.isEmpty()) {
        continue;
      }
      reached.add(StepKey.of(node));
      boolean follow = above.stream().allMatch(i -> carried.contains(StepKey.of(i)));
      if (follow && carries(node.operation())) {
        carried.add(StepKey.of(node));
      }
    }
    Map<StepKey, LogicalNode> byKey = new LinkedHashMap<>();
    plan.nodes().forEach(node -> byKey.put(StepKey.of(node), node));
    reached.forEach(key -> need(key, byKey));
  }

  private void need(StepKey key, Map<StepKey, LogicalNode> nodes) {
    LogicalNode node = nodes.get(key);
    if (node != null && needed.add(key)) {
      node.inputs().forEach(input -> need(StepKey.of(input), nodes));
    }
  }

  /** Whether rows that leave a step still tell from which record they came. */
  static boolean carries(Operation operation) {
    return operation instanceof Operation.RowOperation
        || operation instanceof Operation.Union
        || operation instanceof Operation.Route
        || operation instanceof Operation.Limit
        || operation instanceof Throttle
        || operation instanceof Operation.Distinct
        || operation instanceof Operation.Write;
  }

  /** The steps that the record can come to, its source first. */
  List<LogicalNode> steps() {
    return plan.nodes().stream().filter(node -> reached.contains(StepKey.of(node))).toList();
  }

  /** These steps, and what they read besides. */
  List<LogicalNode> needed() {
    return plan.nodes().stream().filter(node -> needed.contains(StepKey.of(node))).toList();
  }

  boolean reaches(LogicalNode node) {
    return reached.contains(StepKey.of(node));
  }

  /**
   * Whether the rows of a step that came of the record can be told by where they come from; those
   * of others are found by leaving the record out.
   */
  boolean isCarried(StepKey step) {
    return carried.contains(step);
  }

  /** Whether every step can be told so. */
  boolean isAllCarried() {
    return carried.containsAll(reached);
  }
}
