package io.penstock.core.run;

import io.penstock.core.operator.Unit;
import java.util.HashMap;
import java.util.Map;
import java.util.function.UnaryOperator;

/** Which partition of a source a unit is of. Used by one task. */
final class UnitKeys {
  private final String source;
  private final UnaryOperator<String> partitionOf;
  private final Map<String, Watermarks.Key> known = new HashMap<>();

  UnitKeys(String source, UnaryOperator<String> partitionOf) {
    this.source = source;
    this.partitionOf = partitionOf;
  }

  /** The only partition of a source that has one. */
  Watermarks.Key whole() {
    return new Watermarks.Key(source, "");
  }

  Watermarks.Key of(Unit unit) {
    if (unit instanceof Unit.Quiet quiet) {
      return new Watermarks.Key(source, quiet.partition());
    }
    return unit instanceof Unit.Reached reached
        ? new Watermarks.Key(source, reached.partition())
        : of(unit.split());
  }

  Watermarks.Key of(String split) {
    return known.computeIfAbsent(split, s -> new Watermarks.Key(source, partitionOf.apply(s)));
  }
}
