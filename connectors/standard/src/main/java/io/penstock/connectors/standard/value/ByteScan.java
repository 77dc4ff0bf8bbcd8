package io.penstock.connectors.standard.value;

import io.penstock.json.Utf8;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/** Looks through bytes eight at a time. */
public final class ByteScan {
  private static final VarHandle WORDS =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);
  private static final long ONES = 0x0101010101010101L;
  private static final long HIGHS = 0x8080808080808080L;

  private ByteScan() {}

  /** Where the byte, which is ASCII, stands first; the end where it does not. */
  public static int indexOf(byte[] bytes, int from, int to, byte wanted) {
    long pattern = ONES * wanted;
    int i = from;
    for (; i + 8 <= to; i += 8) {
      long word = (long) WORDS.get(bytes, i) ^ pattern;
      long zeros = word - ONES & ~word & HIGHS;
      if (zeros != 0) {
        return i + (Long.numberOfTrailingZeros(zeros) >> 3);
      }
    }
    while (i < to && bytes[i] != wanted) {
      i++;
    }
    return i;
  }

  /** Whether one of the bytes is this one, which is ASCII. */
  public static boolean contains(byte[] bytes, int from, int to, byte wanted) {
    return indexOf(bytes, from, to, wanted) < to;
  }

  /** Where the first byte stands that is malformed UTF-8 or a NUL, or -1. */
  public static int unclean(byte[] bytes, int from, int to) {
    int i = from;
    while (i < to) {
      if (i + 8 <= to) {
        long word = (long) WORDS.get(bytes, i);
        if (((word | word - ONES) & HIGHS) == 0) {
          i += 8;
          continue;
        }
      }
      if (bytes[i] == 0) {
        return i;
      }
      int length = bytes[i] > 0 ? 1 : Utf8.sequence(bytes, i, to);
      if (length == 0) {
        return i;
      }
      i += length;
    }
    return -1;
  }

  /** What is said about the byte that {@link #unclean} found. */
  public static String complaint(byte[] bytes, int at, int recordStart) {
    String what =
        bytes[at] == 0
            ? "a NUL byte"
            : "malformed UTF-8: byte 0x" + Integer.toHexString(bytes[at] & 0xff);
    return what + ", at byte " + (at - recordStart) + " of the record";
  }
}
