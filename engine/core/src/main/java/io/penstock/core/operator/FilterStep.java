package io.penstock.core.operator;

import io.penstock.core.expression.Evaluator;
import io.penstock.core.expression.RowErrors;
import io.penstock.core.expression.Selection;

/** Keeps rows for which a condition is true. */
final class FilterStep implements RowStep {
  private final Evaluator where;
  private final AllRows all = new AllRows();

  FilterStep(Evaluator where) {
    this.where = where;
  }

  @Override
  public Traced apply(Traced in, RowErrors failed) {
    RowErrors errors = new RowErrors();
    Selection kept = where.select(in.rows(), all.of(in.size()), errors);
    errors.all().forEach((row, error) -> failed.add(in.origin(row), error));
    return in.gather(kept);
  }
}
