package io.penstock.core.logical;

import io.penstock.api.option.ExpressionText;

/**
 * Runs Java code for each row; the rows that it emits come out. It is not sandboxed, so a plan has
 * it only where the user has allowed that.
 *
 * @param code the body of {@link io.penstock.api.code.RowCode}'s method
 */
public record RunJava(ExpressionText code) implements Operation.Coded {
  @Override
  public <R> R acceptRow(Operation.RowVisitor<R> visitor) {
    return visitor.java(this);
  }
}
