package io.penstock.core.expression;

import io.penstock.api.data.Batch;
import io.penstock.api.data.Column;

/**
 * Computes several expressions over the same rows. Each task has its own; used by one thread at a
 * time.
 */
public interface Projection {
  /** A column for each expression, as {@link Evaluator#evaluate} gives it. */
  Column[] evaluate(Batch rows, Selection selected, RowErrors errors);
}
