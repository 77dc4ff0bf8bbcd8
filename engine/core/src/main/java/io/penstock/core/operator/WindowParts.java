package io.penstock.core.operator;

import io.penstock.api.data.Batch;
import io.penstock.api.data.RowMarks;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.BiConsumer;

/** Rows taken apart by the window that each carries. */
final class WindowParts {
  private int[] rows = new int[16];
  private int count;

  private WindowParts() {}

  /** Takes the rows of one window, by their numbers. */
  @FunctionalInterface
  interface Taker {
    void rows(StoreShelf.Key window, int[] rows, int count);
  }

  /** Hands on the rows of each window, windows in the order in which they are met. */
  static void each(Batch rows, BiConsumer<StoreShelf.Key, Batch> taker) {
    numbers(
        rows,
        (window, numbers, count) ->
            taker.accept(window, count == rows.size() ? rows : rows.gather(numbers, count)));
  }

  /** Hands on the numbers of the rows of each window, in order. */
  static void numbers(Batch rows, Taker taker) {
    if (rows.size() == 0) {
      return;
    }
    RowMarks.Windows windows = rows.marks().windows().orElseThrow();
    long[] starts = windows.starts().values();
    long[] ends = windows.ends().values();
    Map<StoreShelf.Key, WindowParts> parts = new LinkedHashMap<>();
    StoreShelf.Key key = new StoreShelf.Key(ends[0], starts[0]);
    WindowParts part = new WindowParts();
    parts.put(key, part);
    for (int row = 0; row < rows.size(); row++) {
      if (ends[row] != key.end() || starts[row] != key.start()) {
        key = new StoreShelf.Key(ends[row], starts[row]);
        part = parts.computeIfAbsent(key, k -> new WindowParts());
      }
      part.add(row);
    }
    parts.forEach((window, own) -> taker.rows(window, own.rows, own.count));
  }

  private void add(int row) {
    if (count == rows.length) {
      rows = Arrays.copyOf(rows, count * 2);
    }
    rows[count++] = row;
  }
}
