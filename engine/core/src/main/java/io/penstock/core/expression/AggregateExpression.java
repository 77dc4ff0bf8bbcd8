package io.penstock.core.expression;

import java.util.List;

/**
 * An expression of {@code compute}: some aggregates, and an expression over their results and the
 * group's key. The outer expression sees a row of the {@code by} fields and, behind them, one field
 * per call named {@code $0}, {@code $1}, ...
 */
public record AggregateExpression(String name, List<AggregateCall> calls, Expression outer) {
  public AggregateExpression {
    calls = List.copyOf(calls);
  }
}
