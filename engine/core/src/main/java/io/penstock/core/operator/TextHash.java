package io.penstock.core.operator;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/** Hashes texts by words. */
final class TextHash {
  private static final VarHandle LONGS =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);
  private static final long MIX = 0x9E3779B97F4A7C15L;
  private static final long OTHER_MIX = 0xD6E8FEB86659FD93L;
  private static final int WORD = 8;

  private TextHash() {}

  /** The hash of a text whose first and last eight bytes, or all, are at hand. */
  static int of(byte[] from, int start, int length, long head, long tail) {
    long hash = mixed(head ^ MIX, tail + length);
    for (int i = WORD; i < length - WORD; i += WORD) {
      hash = mixed(hash ^ MIX, (long) LONGS.get(from, start + i));
    }
    return (int) (hash ^ hash >>> 32);
  }

  /**
   * Each bit of the result depends on all bits of both: texts may differ in their last byte only.
   */
  private static long mixed(long a, long b) {
    return Math.multiplyHigh(a, b ^ OTHER_MIX) ^ a * (b ^ OTHER_MIX);
  }

  /** Whether two texts of this length are the same between their first and last eight bytes. */
  static boolean sameWithin(byte[] own, int at, byte[] from, int start, int length) {
    for (int i = WORD; i < length - WORD; i += WORD) {
      if ((long) LONGS.get(own, at + i) != (long) LONGS.get(from, start + i)) {
        return false;
      }
    }
    return true;
  }

  /** A text of less than eight bytes at the end of an array. */
  static long head(byte[] from, int start, int length) {
    long head = 0;
    for (int i = length - 1; i >= 0; i--) {
      head = head << 8 | from[start + i] & 0xff;
    }
    return head;
  }
}
