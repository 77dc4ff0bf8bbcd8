package io.penstock.core.operator;

import io.penstock.api.data.Batch;
import java.io.IOException;
import java.util.Optional;

/**
 * Rows that are gathered, in memory or on the disk, until what comes of them is wanted.
 * Single-threaded.
 */
interface OpenRows extends OpenWindows.Held {
  /** Takes rows; those that have no place among the others fail. */
  void add(Batch rows, Operator.Out out);

  /**
   * The next rows of what comes of all, at most a batch; empty at the end. From the first call on
   * it takes no more rows.
   */
  Optional<Batch> next() throws IOException;

  /** The same where making them may fail. */
  default Optional<Batch> next(Operator.Out out) throws IOException {
    return next();
  }
}
