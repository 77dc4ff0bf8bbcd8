package io.penstock.core.expression;

import java.util.List;

/**
 * An expression of {@code compute} of {@code over}: some calls, and an expression over a row and
 * their values. The outer expression sees all columns of the row and, behind them, one field per
 * call named {@code $0}, {@code $1}, ...
 */
public record OverExpression(String name, List<OverCall> calls, Expression outer) {
  public OverExpression {
    calls = List.copyOf(calls);
  }
}
