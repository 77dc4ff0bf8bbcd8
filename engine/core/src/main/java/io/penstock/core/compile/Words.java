package io.penstock.core.compile;

import io.penstock.api.data.Column;
import io.penstock.api.data.Validity;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Validity words put together whole. */
final class Words {
  private Words() {}

  /**
   * Where all of these columns have a value, for all rows or some; null where that is everywhere.
   */
  static long @Nullable [] valid(
      Column[] columns, List<Integer> of, int @Nullable [] rows, int count) {
    long[] words = null;
    for (int index : of) {
      long[] own = columns[index].validity();
      if (own == null) {
        continue;
      }
      if (words == null) {
        words = new long[Validity.words(count)];
        Arrays.fill(words, -1L);
      }
      if (rows == null) {
        for (int i = 0; i < words.length; i++) {
          words[i] &= own[i];
        }
      } else {
        for (int i = 0; i < count; i++) {
          if (Validity.isNull(own, rows[i])) {
            words[i >>> 6] &= ~(1L << i);
          }
        }
      }
    }
    return words;
  }

  /** The column with zero in its null slots. */
  static Column emptied(Column column) {
    for (int i = 0; i < column.size(); i++) {
      if (column.isNull(i)) {
        empty(column, i);
      }
    }
    return column;
  }

  private static void empty(Column column, int row) {
    if (column instanceof Column.Longs longs) {
      longs.values()[row] = 0;
    } else if (column instanceof Column.Doubles doubles) {
      doubles.values()[row] = 0;
    } else if (column instanceof Column.Booleans booleans) {
      booleans.values()[row] = false;
    } else if (column instanceof Column.Decimals decimals) {
      decimals.low()[row] = 0;
    }
  }
}
