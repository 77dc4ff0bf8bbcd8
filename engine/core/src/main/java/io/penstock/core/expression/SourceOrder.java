package io.penstock.core.expression;

import io.penstock.api.data.Batch;
import io.penstock.api.data.Column;
import io.penstock.api.data.Provenance;
import java.util.Optional;

/**
 * What orders rows, whatever order they come in: their event times; in one time the source and
 * split by name, the position there, and the number among the rows of one record. Rows that a step
 * has made have no position and come as they were made.
 *
 * @param times of the rows
 * @param positions of the rows in the split; empty for made rows
 * @param index of the rows among those of one record; empty where each is 0
 */
public record SourceOrder(
    long[] times, String source, String split, long[] positions, int[] index) {
  private static final int[] NO_INDEX = new int[0];
  private static final long[] NO_POSITIONS = new long[0];

  /**
   * The order of rows; empty where they have no times, and their order is that in which they come.
   */
  public static Optional<SourceOrder> of(Batch rows) {
    Optional<Column.Longs> times = rows.times();
    if (times.isEmpty()) {
      return Optional.empty();
    }
    Provenance from = rows.provenance();
    return Optional.of(
        new SourceOrder(
            times.get().values(), from.source(), from.split(), from.positions(), from.index()));
  }

  /** That of some of the rows. */
  public SourceOrder gather(int[] rows, int count) {
    long[] someTimes = new long[count];
    long[] somePositions = positions.length == 0 ? NO_POSITIONS : new long[count];
    int[] someIndex = index.length == 0 ? NO_INDEX : new int[count];
    for (int i = 0; i < count; i++) {
      someTimes[i] = times[rows[i]];
    }
    for (int i = 0; i < somePositions.length; i++) {
      somePositions[i] = positions[rows[i]];
    }
    for (int i = 0; i < someIndex.length; i++) {
      someIndex[i] = index[rows[i]];
    }
    return new SourceOrder(someTimes, source, split, somePositions, someIndex);
  }

  /** The position of a row; -1 for a made one. */
  public long position(int row) {
    return row < positions.length ? positions[row] : -1;
  }

  /** The number of a row among the rows of one record. */
  public int index(int row) {
    return row < index.length ? index[row] : 0;
  }
}
