package io.penstock.core.expression;

import io.penstock.api.data.Batch;
import io.penstock.api.data.Column;
import io.penstock.core.expression.closure.ClosureEvaluator;
import java.util.ArrayList;
import java.util.List;

/** Makes what executes expressions without compiling them. */
public final class Evaluators {
  private Evaluators() {}

  /** An evaluator of an expression for one task. */
  public static Evaluator of(Expression expression, EvaluationContext run) {
    return new ClosureEvaluator(expression, run);
  }

  /** Executes everything on closures. */
  public static Execution closures() {
    return new Closures();
  }

  private record Closures() implements Execution {
    @Override
    public Evaluator evaluator(Expression expression, EvaluationContext run) {
      return of(expression, run);
    }

    @Override
    public Projection projection(List<Expression> expressions, EvaluationContext run) {
      List<Evaluator> evaluators = new ArrayList<>();
      expressions.forEach(expression -> evaluators.add(of(expression, run)));
      return new OneByOne(evaluators.toArray(Evaluator[]::new));
    }
  }

  /** Computes expressions one after the other. */
  private record OneByOne(Evaluator[] evaluators) implements Projection {
    @Override
    public Column[] evaluate(Batch rows, Selection selected, RowErrors errors) {
      Column[] columns = new Column[evaluators.length];
      for (int i = 0; i < columns.length; i++) {
        columns[i] = evaluators[i].evaluate(rows, selected, errors);
      }
      return columns;
    }
  }
}
