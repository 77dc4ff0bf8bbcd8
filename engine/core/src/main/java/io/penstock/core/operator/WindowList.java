package io.penstock.core.operator;

import io.penstock.api.data.Column;
import io.penstock.api.data.RowMarks;
import java.util.Arrays;

/** Windows, each with the row that is in it. Grows; cleared for each batch. */
final class WindowList {
  private int[] rows = new int[256];
  private long[] starts = new long[256];
  private long[] ends = new long[256];
  private int size;

  void clear() {
    size = 0;
  }

  void add(int row, long start, long end) {
    if (size == rows.length) {
      rows = Arrays.copyOf(rows, size * 2);
      starts = Arrays.copyOf(starts, size * 2);
      ends = Arrays.copyOf(ends, size * 2);
    }
    rows[size] = row;
    starts[size] = start;
    ends[size++] = end;
  }

  /** Forgets those behind the first ones. */
  void cut(int count) {
    size = count;
  }

  int size() {
    return size;
  }

  int row(int index) {
    return rows[index];
  }

  int[] rows() {
    return Arrays.copyOf(rows, size);
  }

  RowMarks.Windows windows() {
    return new RowMarks.Windows(
        new Column.Longs(size, Arrays.copyOf(starts, size), null),
        new Column.Longs(size, Arrays.copyOf(ends, size), null));
  }
}
