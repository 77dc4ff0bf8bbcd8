package io.penstock.core.operator;

import io.penstock.api.data.Schema;
import io.penstock.api.system.Clock;
import io.penstock.core.expression.Evaluator;
import io.penstock.core.expression.Expression;
import io.penstock.core.expression.NamedExpression;
import io.penstock.core.logical.LogicalNode;
import io.penstock.core.runner.RunRequest;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.Function;

/**
 * What a step's operator is made of, in one task.
 *
 * @param inputs the schemas of the inputs, in order
 * @param evaluators makes the evaluator of an expression for this task
 * @param tables by name
 */
public record StepContext(
    LogicalNode node,
    List<Schema> inputs,
    Function<Expression, Evaluator> evaluators,
    Map<String, LookupTable> tables,
    Clock clock,
    Consumer<RunRequest.LogLine> log,
    StepCounters counters,
    FailurePolicy failures,
    MemoryBudget memory) {
  Evaluator evaluator(Expression expression) {
    return evaluators.apply(expression);
  }

  List<Evaluator> evaluators(List<Expression> expressions) {
    return expressions.stream().map(evaluators).toList();
  }

  List<Evaluator> named(List<NamedExpression> expressions) {
    return expressions.stream().map(e -> evaluators.apply(e.expression())).toList();
  }

  LookupTable table(String name) {
    LookupTable table = tables.get(name);
    if (table == null) {
      throw new IllegalStateException("no table " + name);
    }
    return table;
  }
}
