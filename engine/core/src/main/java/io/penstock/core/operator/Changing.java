package io.penstock.core.operator;

import io.penstock.api.data.Batch;
import io.penstock.api.data.RowMarks;
import io.penstock.core.state.SnapshotReader;
import io.penstock.core.state.SnapshotWriter;
import java.io.IOException;
import java.util.Optional;
import java.util.function.IntFunction;

/**
 * Groups of rows whose results are shown again and again. What is shown are changes to what was
 * shown before: applied one after the other they give the results as they are. Single-threaded.
 */
interface Changing extends Stored, AutoCloseable {
  /** Takes rows, and takes back those that go. */
  void add(Batch rows, Operator.Out out);

  /** Whether results may have changed since they were shown. */
  boolean isTouched();

  /**
   * Some of what has changed since it was shown, at most a batch; empty when all is shown. Nothing
   * else is asked for meanwhile.
   *
   * @param marks what marks so many rows
   */
  Optional<Batch> next(IntFunction<RowMarks> marks, Operator.Out out);

  /** What holds the groups. */
  KeyedGroups groups();

  @Override
  default void snapshot(SnapshotWriter to) throws IOException {
    groups().snapshot(to);
  }

  @Override
  default void restore(SnapshotReader from) throws IOException {
    groups().restore(from);
  }

  @Override
  default void close() {
    groups().close();
  }
}
