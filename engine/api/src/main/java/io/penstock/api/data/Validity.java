package io.penstock.api.data;

import java.util.Arrays;
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

  /** Words by which all of so many rows are null. */
  static long[] none(int rows) {
    return new long[words(rows)];
  }

  /** Whether the words have no row that is there. */
  static boolean isNone(long[] words) {
    for (long word : words) {
      if (word != 0) {
        return false;
      }
    }
    return true;
  }

  /** Whether each row that is null by the first words is null by the second. */
  static boolean covers(long[] words, long @Nullable [] inner, int rows) {
    if (inner == null) {
      return false;
    }
    for (int i = 0; i < words(rows); i++) {
      if ((inner[i] & ~words[i]) != 0) {
        return false;
      }
    }
    return true;
  }

  /** Words by which the rows are there that are there by both. */
  static long[] both(long @Nullable [] words, long[] more, int rows) {
    long[] both = Arrays.copyOf(more, words(rows));
    for (int i = 0; words != null && i < both.length; i++) {
      both[i] &= words[i];
    }
    return both;
  }

  /** Whether the row is null. */
  public static boolean isNull(long @Nullable [] words, int row) {
    return words != null && (words[row >>> 6] >>> row & 1L) == 0;
  }
}
