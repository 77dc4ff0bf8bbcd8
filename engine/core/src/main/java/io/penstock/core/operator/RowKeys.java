package io.penstock.core.operator;

import io.penstock.api.data.Batch;
import io.penstock.api.data.Column;
import io.penstock.core.expression.Evaluator;
import io.penstock.core.expression.NamedExpression;
import io.penstock.core.expression.RowErrors;
import java.util.List;

/** Computes what rows are grouped by. Used by one task. */
final class RowKeys {
  private final List<Evaluator> by;
  private final FailurePolicy failures;
  private final AllRows all = new AllRows();

  RowKeys(List<NamedExpression> by, StepContext context) {
    this.by = context.named(by);
    this.failures = context.failures();
  }

  /** Rows with their keys. */
  record Keyed(Batch rows, Column[] keys) {}

  /** The rows that have a key; others fail. */
  Keyed of(Batch rows, Operator.Out out) {
    RowErrors errors = new RowErrors();
    Column[] keys = evaluate(rows, errors);
    if (errors.isEmpty()) {
      return new Keyed(rows, keys);
    }
    failures.rows(rows, errors, out);
    return of(Traced.of(rows).without(errors, new RowErrors()).rows(), out);
  }

  /** The keys of rows that had some before. */
  Column[] of(Batch rows) {
    return evaluate(rows, new RowErrors());
  }

  private Column[] evaluate(Batch rows, RowErrors errors) {
    Column[] keys = new Column[by.size()];
    for (int i = 0; i < keys.length; i++) {
      keys[i] = by.get(i).evaluate(rows, all.of(rows.size()), errors);
    }
    return keys;
  }
}
