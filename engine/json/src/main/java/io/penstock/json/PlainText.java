package io.penstock.json;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/** Texts of JSON that are what they mean: ASCII without escapes and control characters. */
public final class PlainText {
  private static final VarHandle WORDS =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);
  private static final long ONES = 0x0101010101010101L;
  private static final long HIGHS = 0x8080808080808080L;
  private static final long QUOTES = 0x2222222222222222L;
  private static final long SLASHES = 0x5c5c5c5c5c5c5c5cL;
  private static final long BLANKS = 0x2020202020202020L;

  private PlainText() {}

  /**
   * Where the first byte stands that is not plain: the closing quote, a backslash, a control
   * character, a byte of a longer character; the end where all are plain.
   */
  public static int end(byte[] bytes, int from, int to) {
    int i = from;
    while (i + 8 <= to) {
      long word = (long) WORDS.get(bytes, i);
      // A byte from 0x80 on is a hit itself, so what the subtractions make of it does not matter.
      long hits = ((word ^ QUOTES) - ONES | (word ^ SLASHES) - ONES | word - BLANKS | word) & HIGHS;
      if (hits != 0) {
        return i + (Long.numberOfTrailingZeros(hits) >> 3);
      }
      i += 8;
    }
    while (i < to && isPlain(bytes[i])) {
      i++;
    }
    return i;
  }

  /** Where the first byte stands that must be escaped; the end where none must. */
  static int escape(byte[] bytes, int from, int to) {
    int i = from;
    while (i + 8 <= to) {
      long word = (long) WORDS.get(bytes, i);
      long quote = word ^ QUOTES;
      long slash = word ^ SLASHES;
      long hits = (quote - ONES & ~quote | slash - ONES & ~slash | word - BLANKS & ~word) & HIGHS;
      if (hits != 0) {
        return i + (Long.numberOfTrailingZeros(hits) >> 3);
      }
      i += 8;
    }
    while (i < to && (bytes[i] < 0 || isPlain(bytes[i]))) {
      i++;
    }
    return i;
  }

  private static boolean isPlain(byte b) {
    return b >= 0x20 && b != '"' && b != '\\';
  }
}
