package io.penstock.core.upgrade;

import io.penstock.core.expression.OverCall;
import io.penstock.core.expression.OverExpression;
import io.penstock.core.logical.Over;
import java.util.ArrayList;
import java.util.List;

/** What an {@code over} step computes, as text. */
final class OverPrint {
  private OverPrint() {}

  static String of(Over over) {
    List<String> compute = new ArrayList<>();
    for (OverExpression expression : over.compute()) {
      compute.add(
          Words.name(expression.name())
              + " = "
              + ExpressionPrint.of(expression.outer())
              + " of "
              + expression.calls().stream().map(OverPrint::call).toList());
    }
    return "over"
        + (over.by().isEmpty() ? "" : " by " + ExpressionPrint.named(over.by()))
        + (over.isByTime() ? "" : " order " + OperationPrint.order(over.orderBy()))
        + " compute "
        + Words.list(compute)
        + " frame "
        + over.frame()
        + over.within().map(within -> " within " + within).orElse("");
  }

  private static String call(OverCall call) {
    if (call instanceof OverCall.Aggregated aggregated) {
      return OperationPrint.call(aggregated.call());
    }
    if (call instanceof OverCall.Shifted shifted) {
      return "row " + shifted.by() + " of " + ExpressionPrint.of(shifted.value());
    }
    return Words.of(((OverCall.Numbered) call).place());
  }
}
