package io.penstock.core.expression;

/** An expression under the name of the field that it gives. */
public record NamedExpression(String name, Expression expression) {
  @Override
  public String toString() {
    return name + " = " + expression;
  }
}
