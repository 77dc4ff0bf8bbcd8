package io.penstock.api.data;

import org.jspecify.annotations.Nullable;

/** Copies the rows at given indexes. */
final class Gather {
  private Gather() {}

  static long[] longs(long[] values, int[] rows, int count) {
    long[] taken = new long[count];
    for (int i = 0; i < count; i++) {
      taken[i] = values[rows[i]];
    }
    return taken;
  }

  static long @Nullable [] validity(long @Nullable [] words, int[] rows, int count) {
    if (words == null) {
      return null;
    }
    long[] taken = new long[Validity.words(count)];
    boolean any = false;
    for (int i = 0; i < count; i++) {
      if (Validity.isNull(words, rows[i])) {
        any = true;
      } else {
        taken[i >>> 6] |= 1L << i;
      }
    }
    return any ? taken : null;
  }

  static int[] offsets(int[] offsets, int[] rows, int count) {
    int[] taken = new int[count + 1];
    for (int i = 0; i < count; i++) {
      taken[i + 1] = Math.addExact(taken[i], offsets[rows[i] + 1] - offsets[rows[i]]);
    }
    return taken;
  }

  static int[] inner(int[] offsets, int[] rows, int count, int total) {
    int[] inner = new int[total];
    int at = 0;
    for (int i = 0; i < count; i++) {
      for (int k = offsets[rows[i]]; k < offsets[rows[i] + 1]; k++) {
        inner[at++] = k;
      }
    }
    return inner;
  }

  static Column.Bytes bytes(Column.Bytes column, int[] rows, int count) {
    int[] offsets = column.offsets();
    int[] taken = offsets(offsets, rows, count);
    byte[] bytes = new byte[taken[count]];
    int i = 0;
    while (i < count) {
      int first = i;
      while (i + 1 < count && rows[i + 1] == rows[i] + 1) {
        i++;
      }
      int from = offsets[rows[first]];
      System.arraycopy(column.bytes(), from, bytes, taken[first], offsets[rows[i] + 1] - from);
      i++;
    }
    return new Column.Bytes(count, bytes, taken, validity(column.validity(), rows, count));
  }
}
