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
}
