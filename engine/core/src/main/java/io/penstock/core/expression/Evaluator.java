package io.penstock.core.expression;

import io.penstock.api.data.Batch;
import io.penstock.api.data.Column;

/**
 * Computes an expression over the rows of a batch. What executes it (closures, later compiled
 * loops) does not show. Each task has its own; used by one thread at a time.
 */
public interface Evaluator {
  /**
   * The value for each selected row: row i of the result belongs to {@code selected.rows()[i]}. A
   * row for which it fails holds null and is reported under its index in the batch. Rows not
   * selected are never looked at.
   */
  Column evaluate(Batch rows, Selection selected, RowErrors errors);

  /** The selected rows for which a boolean expression is true; null and failed are not true. */
  Selection select(Batch rows, Selection selected, RowErrors errors);
}
