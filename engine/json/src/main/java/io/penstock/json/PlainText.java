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
  // This bit changed, quote and blank have changed places, and the quote stands beside the control
  // characters.
  private static final long SWAP = 0x0202020202020202L;
  private static final long ABOVE_BLANKS = 0x2121212121212121L;

  private PlainText() {}

  /**
   * Where the first byte stands that is not plain: the closing quote, a backslash, a control
   * character, a byte of a longer character; the end where all are plain.
   */
  public static int end(byte[] bytes, int from, int to) {
    int i = from;
    // Four words at once, and no question which of them has the hit: lengths differ from text to
    // text, so that each
    // question whose answer depends on them is guessed wrong every other time. 1.1x on
    // bench/DecoderBench BIDS_JSON.
    for (; i + 32 <= to; i += 32) {
      int plain = plain(hits((long) WORDS.get(bytes, i + 24)));
      plain = before(hits((long) WORDS.get(bytes, i + 16)), plain);
      plain = before(hits((long) WORDS.get(bytes, i + 8)), plain);
      plain = before(hits((long) WORDS.get(bytes, i)), plain);
      if (plain < 32) {
        return i + plain;
      }
    }
    for (; i + 8 <= to; i += 8) {
      long hits = hits((long) WORDS.get(bytes, i));
      if (hits != 0) {
        return i + (Long.numberOfTrailingZeros(hits) >> 3);
      }
    }
    while (i < to && isPlain(bytes[i])) {
      i++;
    }
    return i;
  }

  /**
   * A word whose lowest high bit set is that of the first byte that is not plain. A byte from 0x80
   * on is a hit itself, so what the subtractions make of it does not matter.
   */
  private static long hits(long word) {
    return ((word ^ SWAP) - ABOVE_BLANKS | (word ^ SLASHES) - ONES | word) & HIGHS;
  }

  /** How many bytes of a word are plain. */
  private static int plain(long hits) {
    return Long.numberOfTrailingZeros(hits) >> 3;
  }

  /** The same of a word and what follows it, of which so many are plain. */
  private static int before(long hits, int behind) {
    int plain = plain(hits);
    // Eight, and only eight, has this bit.
    return plain + (behind & -(plain >> 3));
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
