package io.penstock.core.operator;

import io.penstock.api.data.Batch;
import io.penstock.api.data.RowMarks;
import java.util.Optional;
import java.util.function.IntFunction;

/**
 * Groups of rows whose results are shown again and again. What is shown are changes to what was
 * shown before: applied one after the other they give the results as they are. Single-threaded.
 */
interface Changing extends Stored {
  /** Takes rows, and takes back those that go. */
  void add(Batch rows, Operator.Out out);

  /** Whether results may have changed since they were shown. */
  boolean isTouched();

  /** From now on {@link #next} gives what has changed. */
  void show();

  /**
   * Some of the changes, at most a batch; empty when all is shown.
   *
   * @param marks what marks so many rows
   */
  Optional<Batch> next(IntFunction<RowMarks> marks, Operator.Out out);

  /** About how many bytes of memory it takes. */
  long bytes();
}
