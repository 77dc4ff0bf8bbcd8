package io.penstock.core.compile;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/**
 * Bytes of short texts, eight or four at a time; the last ones overlap those before. Most texts
 * that are compared or changed have some ten bytes, where calling the JDK's methods for any length
 * costs more than the work.
 */
final class Lanes {
  private static final VarHandle LONGS =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);
  private static final VarHandle INTS =
      MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.LITTLE_ENDIAN);
  private static final long EACH = 0x0101_0101_0101_0101L;
  private static final long TOPS = 0x8080_8080_8080_8080L;
  private static final int SHORT = Integer.BYTES;
  private static final int LONG = Long.BYTES;

  private Lanes() {}

  private static long eight(byte[] bytes, int at) {
    return (long) LONGS.get(bytes, at);
  }

  private static int four(byte[] bytes, int at) {
    return (int) INTS.get(bytes, at);
  }

  /** Whether so many bytes are equal, at most sixteen. */
  static boolean equal(byte[] a, int from, byte[] b, int start, int length) {
    if (length >= LONG) {
      int last = length - LONG;
      return eight(a, from) == eight(b, start) && eight(a, from + last) == eight(b, start + last);
    }
    if (length >= SHORT) {
      int last = length - SHORT;
      return four(a, from) == four(b, start) && four(a, from + last) == four(b, start + last);
    }
    for (int i = 0; i < length; i++) {
      if (a[from + i] != b[start + i]) {
        return false;
      }
    }
    return true;
  }

  /**
   * Copies letters between two, with 32 taken away or added.
   *
   * @param first the first letter that is changed, ASCII
   * @return whether all bytes were ASCII; else what was copied is of no use
   */
  static boolean changed(byte[] from, int start, int end, byte[] to, int at, char first) {
    int length = end - start;
    if (length >= LONG) {
      return longs(from, start, length, to, at, first);
    }
    if (length >= SHORT) {
      int last = length - SHORT;
      int one = four(from, start);
      int other = four(from, start + last);
      INTS.set(to, at, (int) changed(one, first));
      INTS.set(to, at + last, (int) changed(other, first));
      return ((one | other) & (int) TOPS) == 0;
    }
    int all = 0;
    for (int i = 0; i < length; i++) {
      int b = from[start + i];
      all |= b;
      to[at + i] = (byte) changed(b, first);
    }
    return all >= 0;
  }

  private static boolean longs(byte[] from, int start, int length, byte[] to, int at, char first) {
    int last = length - LONG;
    long end = eight(from, start + last);
    long all = end;
    for (int i = 0; i < last; i += LONG) {
      long word = eight(from, start + i);
      all |= word;
      LONGS.set(to, at + i, changed(word, first));
    }
    LONGS.set(to, at + last, changed(end, first));
    return (all & TOPS) == 0;
  }

  /** Of ASCII bytes: the top bit of each lane says whether it is one of 26 letters. */
  private static long changed(long word, char first) {
    long low = word & ~TOPS;
    long atLeast = low + (0x80 - first) * EACH;
    long beyond = low + (0x80 - first - 26) * EACH;
    return word ^ (atLeast & ~beyond & TOPS) >>> 2;
  }
}
