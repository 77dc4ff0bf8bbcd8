package io.penstock.connectors.jdbc;

import io.penstock.api.data.Batch;
import java.util.List;

/**
 * Rows that go to the database together: those from {@code from} to {@code to} of the batches'.
 *
 * @param first the number of the batches' first row among the rows of the epoch
 */
record Chunk(List<Batch> batches, int first, int from, int to) {
  Chunk {
    batches = List.copyOf(batches);
  }

  /** All rows of these batches. */
  static Chunk of(List<Batch> batches, int first) {
    return new Chunk(batches, first, 0, batches.stream().mapToInt(Batch::size).sum());
  }

  /** How many rows there are. */
  int size() {
    return to - from;
  }

  /** Whether some of the rows may take others away. */
  boolean changes() {
    return batches.stream().anyMatch(batch -> batch.marks().operations().isPresent());
  }

  /** The number of the first row among those of the epoch. */
  int number() {
    return first + from;
  }

  /** The first half of the rows; of one row nothing. */
  Chunk firstHalf() {
    return new Chunk(batches, first, from, from + size() / 2);
  }

  /** The rows behind the first half. */
  Chunk secondHalf() {
    return new Chunk(batches, first, from + size() / 2, to);
  }

  /** Takes rows one by one. */
  @FunctionalInterface
  interface Each<X extends Exception> {
    void row(Batch batch, int row) throws X;
  }

  /** Shows each row, in order. */
  <X extends Exception> void forEach(Each<X> each) throws X {
    int begin = 0;
    for (Batch batch : batches) {
      int end = Math.min(batch.size(), to - begin);
      for (int row = Math.max(0, from - begin); row < end; row++) {
        each.row(batch, row);
      }
      begin += batch.size();
    }
  }
}
