package io.penstock.core.operator;

import io.penstock.api.data.Batch;
import io.penstock.api.data.Change;
import io.penstock.api.data.Column;
import java.util.Optional;

/**
 * Keeps updates whole: where a step has left one half of an update out, or made several rows of it,
 * the half that goes is a delete and the other an insert.
 */
final class Updates {
  private Updates() {}

  /** What came of rows, with operations that fit. */
  static Traced mended(Traced result) {
    Optional<Column.Longs> operations = result.rows().marks().operations();
    return operations.isEmpty() ? result : mended(result, operations.get());
  }

  private static Traced mended(Traced result, Column.Longs operations) {
    int size = result.size();
    long[] all = java.util.Arrays.copyOf(operations.values(), size);
    for (int row = 0; row < size; row++) {
      if (all[row] == Change.UPDATE_BEFORE.ordinal() && isWhole(result, all, row)) {
        row++;
      } else if (all[row] == Change.UPDATE_BEFORE.ordinal()) {
        all[row] = Change.DELETE.ordinal();
      } else if (all[row] == Change.UPDATE_AFTER.ordinal()) {
        all[row] = Change.INSERT.ordinal();
      }
    }
    Batch rows = result.rows();
    Optional<Column.Longs> now = Optional.of(new Column.Longs(size, all, null));
    return result.with(rows.with(rows.marks().withOperations(now)));
  }

  /** Whether each half of an update came to one row. */
  private static boolean isWhole(Traced result, long[] operations, int row) {
    int origin = result.origin(row);
    return row + 1 < result.size()
        && operations[row + 1] == Change.UPDATE_AFTER.ordinal()
        && result.origin(row + 1) == origin + 1
        && (row == 0 || result.origin(row - 1) != origin)
        && (row + 2 >= result.size() || result.origin(row + 2) != origin + 1);
  }

  /** Where to cut rows that begin at one place near to another, so that no update is parted. */
  static int cut(Batch rows, int from, int to) {
    boolean parts =
        to < rows.size()
            && Change.of(rows, to) == Change.UPDATE_AFTER
            && Change.of(rows, to - 1) == Change.UPDATE_BEFORE;
    if (!parts) {
      return to;
    }
    return to - 1 > from ? to - 1 : to + 1;
  }

  /** The rows without operations: they say what happened, and change no table. */
  static Batch without(Batch rows) {
    return rows.marks().operations().isEmpty()
        ? rows
        : rows.with(rows.marks().withOperations(Optional.empty()));
  }
}
