package io.penstock.core.run;

import io.penstock.api.data.Provenance;
import io.penstock.core.logical.LogicalNode;
import io.penstock.core.logical.LogicalPlan;
import io.penstock.core.logical.Operation;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Function;
import java.util.function.UnaryOperator;

/** Which partitions the splits of the sources belong to. */
final class Partitions {
  private final Map<String, UnaryOperator<String>> sources = new HashMap<>();

  Partitions(LogicalPlan plan) {
    for (LogicalNode node : plan.nodes()) {
      if (node.operation() instanceof Operation.Read read) {
        sources.put(node.step(), read::partition);
      }
    }
  }

  /** For the units of one source, in one task. */
  UnitKeys keys(String source) {
    return new UnitKeys(source, of(source));
  }

  /** For rows of any source, in one task. */
  Function<Provenance, Watermarks.Key> keys() {
    Map<String, UnitKeys> keys = new HashMap<>();
    return from -> keys.computeIfAbsent(from.source(), this::keys).of(from.split());
  }

  private UnaryOperator<String> of(String source) {
    return sources.getOrDefault(source, split -> "");
  }
}
