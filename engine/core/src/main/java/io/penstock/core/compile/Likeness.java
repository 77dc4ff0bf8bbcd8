package io.penstock.core.compile;

import io.penstock.core.expression.typed.Typed;
import java.util.List;

/** What tells nodes of one kind apart, besides their parts and their places. */
final class Likeness {
  private Likeness() {}

  /** Equal for nodes that compute the same from equal parts. */
  static Object of(Typed node) {
    if (node instanceof Typed.Constant constant) {
      return constant(constant);
    }
    if (node instanceof Typed.Column column) {
      return List.of("column", column.index());
    }
    if (node instanceof Typed.RecordField field) {
      return List.of("field", field.index());
    }
    if (node instanceof Typed.JsonMember member) {
      return List.of("member", member.name());
    }
    if (node instanceof Typed.Arithmetic arithmetic) {
      return List.of(arithmetic.sign(), node.type());
    }
    if (node instanceof Typed.Comparison comparison) {
      return comparison.order();
    }
    if (node instanceof Typed.Logic logic) {
      return List.of("logic", logic.and());
    }
    if (node instanceof Typed.Matching matching) {
      return matching.kind();
    }
    if (node instanceof Typed.Invoke invoke) {
      return List.of(invoke.function().method(), node.type());
    }
    return isToldByType(node) ? List.of(node.getClass(), node.type()) : new Object();
  }

  private static Object constant(Typed.Constant node) {
    Object value = node.value().orElse("");
    // Lists and records may hold arrays, which equal only themselves.
    boolean plain = value instanceof String || value instanceof Number || value instanceof Boolean;
    return plain ? List.of("constant", node.type(), node.value().isPresent(), value) : new Object();
  }

  private static boolean isToldByType(Typed node) {
    return node instanceof Typed.Convert
        || node instanceof Typed.Cast
        || node instanceof Typed.Negate
        || node instanceof Typed.Not
        || node instanceof Typed.Choice
        || node instanceof Typed.Coalesce
        || node instanceof Typed.NullTest
        || node instanceof Typed.Join
        || node instanceof Typed.Same
        || node instanceof Typed.Element
        || node instanceof Typed.WholeRow;
  }
}
