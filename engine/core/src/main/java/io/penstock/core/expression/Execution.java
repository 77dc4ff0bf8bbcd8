package io.penstock.core.expression;

import java.util.List;

/** Makes what executes the expressions of a run. Thread-safe. */
public interface Execution {
  /** An evaluator of an expression for one task. */
  Evaluator evaluator(Expression expression, EvaluationContext run);

  /** What computes these expressions together, for one task. */
  Projection projection(List<Expression> expressions, EvaluationContext run);
}
