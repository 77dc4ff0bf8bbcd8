package io.penstock.connectors.standard.json;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/**
 * Eight bytes at once, the first of them lowest. Numbers in them are read without a question for
 * each digit: how many there are differs from number to number, so that the processor would guess
 * wrong every other time where they end.
 */
final class EightBytes {
  private static final VarHandle WORDS =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);
  private static final long ZEROS = 0x3030303030303030L;
  private static final long ABOVE_NINE = 0x7676767676767676L;
  private static final long HIGHS = 0x8080808080808080L;

  private EightBytes() {}

  /** Those that stand here. */
  static long at(byte[] bytes, int index) {
    return (long) WORDS.get(bytes, index);
  }

  /** How many digits there are before the first byte that is none. */
  static int digits(long word) {
    long values = word ^ ZEROS;
    // What one byte carries into the next comes behind a byte that is no digit.
    return Long.numberOfTrailingZeros((values + ABOVE_NINE | values) & HIGHS) >> 3;
  }

  /** The number that the first of the bytes make, one to eight digits. */
  static long number(long word, int count) {
    long ones = (word ^ ZEROS) << 8 * (8 - count);
    long pairs = ones * 10 + (ones >>> 8) & 0x00ff00ff00ff00ffL;
    long fours = pairs * 100 + (pairs >>> 16) & 0x0000ffff0000ffffL;
    return fours * 10_000 + (fours >>> 32) & 0xffffffffL;
  }
}
