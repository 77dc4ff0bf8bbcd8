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
}
