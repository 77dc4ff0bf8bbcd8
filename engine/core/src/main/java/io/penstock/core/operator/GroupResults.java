package io.penstock.core.operator;

import io.penstock.api.data.Batch;
import io.penstock.api.data.Column;
import java.io.IOException;
import java.util.Optional;

/** The results of all groups, in the order in which these were met, part after part. */
interface GroupResults extends AutoCloseable {
  /**
   * Some groups.
   *
   * @param keys a column for each part of the key
   * @param results a column for each call
   */
  record Part(int size, Column[] keys, Column[] results) {}

  /** The next groups, at most a batch; empty at the end. */
  Optional<Part> next() throws IOException;

  @Override
  default void close() throws IOException {}

  /** The results of a state in memory. */
  static GroupResults of(GroupState state) {
    Column[] keys = state.keys();
    Column[] results = new Column[state.calls()];
    for (int i = 0; i < results.length; i++) {
      results[i] = state.results(i);
    }
    int end = state.size();
    int[] from = {0};
    return () -> {
      int size = Math.min(Batch.MAX_ROWS, end - from[0]);
      if (size <= 0) {
        return Optional.empty();
      }
      int[] rows = new int[size];
      for (int i = 0; i < size; i++) {
        rows[i] = from[0] + i;
      }
      from[0] += size;
      return Optional.of(new Part(size, gathered(keys, rows), gathered(results, rows)));
    };
  }

  private static Column[] gathered(Column[] columns, int[] rows) {
    Column[] part = new Column[columns.length];
    for (int i = 0; i < part.length; i++) {
      part[i] = columns[i].gather(rows, rows.length);
    }
    return part;
  }
}
