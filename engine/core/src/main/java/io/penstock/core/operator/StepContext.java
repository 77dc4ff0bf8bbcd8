package io.penstock.core.operator;

import io.penstock.api.data.Provenance;
import io.penstock.api.data.Schema;
import io.penstock.api.system.Clock;
import io.penstock.core.expression.EvaluationContext;
import io.penstock.core.expression.Evaluator;
import io.penstock.core.expression.Execution;
import io.penstock.core.expression.Expression;
import io.penstock.core.expression.NamedExpression;
import io.penstock.core.expression.Projection;
import io.penstock.core.logical.LogicalNode;
import io.penstock.core.runner.RunRequest;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Function;

/**
 * What a step's operator is made of, in one task.
 *
 * @param inputs the schemas of the inputs, in order
 * @param execution makes what executes expressions
 * @param evaluation what these are told of the run
 * @param lookups what lookups find in
 * @param partition the partition of its source that rows are of, or the step that made them
 */
public record StepContext(
    LogicalNode node,
    List<Schema> inputs,
    Execution execution,
    EvaluationContext evaluation,
    Lookups lookups,
    Clock clock,
    Consumer<RunRequest.LogLine> log,
    StepCounters counters,
    FailurePolicy failures,
    MemoryBudget memory,
    Function<Provenance, String> partition) {
  Evaluator evaluator(Expression expression) {
    return execution.evaluator(expression, evaluation);
  }

  List<Evaluator> evaluators(List<Expression> expressions) {
    return expressions.stream().map(this::evaluator).toList();
  }

  List<Evaluator> named(List<NamedExpression> expressions) {
    return expressions.stream().map(e -> evaluator(e.expression())).toList();
  }

  /** What computes expressions together. */
  Projection projection(List<NamedExpression> expressions) {
    return execution.projection(
        expressions.stream().map(NamedExpression::expression).toList(), evaluation);
  }
}
