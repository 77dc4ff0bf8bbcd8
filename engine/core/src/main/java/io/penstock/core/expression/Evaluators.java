package io.penstock.core.expression;

import io.penstock.core.expression.closure.ClosureEvaluator;

/** Makes what executes expressions. */
public final class Evaluators {
  private Evaluators() {}

  /** An evaluator of an expression for one task. */
  public static Evaluator of(Expression expression, EvaluationContext run) {
    return new ClosureEvaluator(expression, run);
  }
}
