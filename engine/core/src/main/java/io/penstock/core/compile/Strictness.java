package io.penstock.core.compile;

import io.penstock.core.expression.typed.Typed;
import java.util.Set;

/** What trees do with nulls and chance. */
final class Strictness {
  private static final Set<String> TIMES_AND_NAMES =
      Set.of("now", "slot", "today", "event_time", "processing_time", "pipeline_name", "hostname");

  private Strictness() {}

  /**
   * Whether a tree is null where one of its columns is and nowhere else, and costs so little that
   * it is computed for nulls too.
   */
  static boolean isStrict(Typed node) {
    if (!Natives.isNative(node) || Natives.kind(node) == Kind.TEXT) {
      return false;
    }
    if (node instanceof Typed.Constant constant) {
      return constant.value().isPresent();
    }
    boolean simple =
        node instanceof Typed.Column
            || node instanceof Typed.Arithmetic arithmetic && !dividesByData(arithmetic)
            || node instanceof Typed.Negate
            || node instanceof Typed.Comparison
            || node instanceof Typed.Convert convert && !JsonValues.reads(convert)
            || node instanceof Typed.Cast;
    return simple
        && Natives.kind(node) != Kind.BOXED
        && node.parts().stream().allMatch(Strictness::isStrict);
  }

  /** The zero of a null divisor would leave the row for nothing. */
  private static boolean dividesByData(Typed.Arithmetic node) {
    boolean divides =
        node.sign() == Typed.Arithmetic.Sign.OVER || node.sign() == Typed.Arithmetic.Sign.MODULO;
    return divides && !(node.right() instanceof Typed.Constant);
  }

  /** The columns that a strict tree reads. */
  static void columns(Typed node, Set<Integer> into) {
    if (node instanceof Typed.Column column) {
      into.add(column.index());
    }
    node.parts().forEach(part -> columns(part, into));
  }

  /** Whether a tree draws random numbers, whose order counts. */
  static boolean drawsNumbers(Typed node) {
    if (node instanceof Typed.Invoke invoke
        && !invoke.function().about().deterministic()
        && !TIMES_AND_NAMES.contains(invoke.function().name())) {
      return true;
    }
    return node.parts().stream().anyMatch(Strictness::drawsNumbers);
  }
}
