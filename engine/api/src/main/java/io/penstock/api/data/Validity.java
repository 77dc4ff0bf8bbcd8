package io.penstock.api.data;

import org.jspecify.annotations.Nullable;

/**
 * Which rows of a column are there, as 64-bit words; bit 1 means there is a value. Absent words
 * mean that no row is null. All methods are static, because columns keep the bare words: loops
 * and-together whole words.
 */
public final class Validity {
  private Validity() {}

  /** How many words the rows need. */
  public static int words(int rows) {
    return (rows + 63) >>> 6;
  }

  /** Whether the row is null. */
  public static boolean isNull(long @Nullable [] words, int row) {
    return words != null && (words[row >>> 6] >>> row & 1L) == 0;
  }
}
