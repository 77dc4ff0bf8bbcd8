package io.penstock.core.operator;

import io.penstock.api.data.Column;
import io.penstock.api.problem.ProblemCode;
import io.penstock.core.expression.Evaluator;
import io.penstock.core.expression.Expression;
import io.penstock.core.expression.RowError;
import io.penstock.core.expression.RowErrors;
import java.util.Map;

/** Sets the time of rows; a row without one fails. */
final class EventTimeStep implements RowStep {
  private final Expression expression;
  private final Evaluator value;
  private final AllRows all = new AllRows();

  EventTimeStep(Expression expression, Evaluator value) {
    this.expression = expression;
    this.value = value;
  }

  @Override
  public Traced apply(Traced in, RowErrors failed) {
    RowErrors errors = new RowErrors();
    Column times = value.evaluate(in.rows(), all.of(in.size()), errors);
    if (times.validity() != null) {
      for (int row = 0; row < in.size(); row++) {
        if (times.isNull(row)) {
          errors.add(
              row,
              new RowError(
                  ProblemCode.D210,
                  expression.source().origin(),
                  "the event time is null",
                  Map.of()));
        }
      }
    }
    return in.with(in.rows().withTimes((Column.Longs) times)).without(errors, failed);
  }
}
