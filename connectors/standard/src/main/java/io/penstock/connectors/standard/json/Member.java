package io.penstock.connectors.standard.json;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * A member that records have: the bytes of its name as they stand there, and where its value goes.
 *
 * @param text the name in its quotes with the colon
 * @param head the first eight bytes of the text, or as many as there are
 * @param mask the bytes of the head that count
 * @param column the column of the value, or -1 where it is passed over
 */
record Member(byte[] text, long head, long mask, Kind kind, int column) {
  /** How values are taken. */
  enum Kind {
    INT,
    DOUBLE,
    TEXT,
    UNUSED_TEXT,
    TIMESTAMP,
    BOOLEAN,
    /** By the decoder of the type. */
    OTHER,
    /** Not at all: undeclared. */
    PASSED
  }

  private static final VarHandle WORDS =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);

  static Member of(String name, Kind kind, int column) {
    byte[] text = ('"' + name + "\":").getBytes(StandardCharsets.UTF_8);
    long head = (long) WORDS.get(Arrays.copyOf(text, Math.max(8, text.length)), 0);
    long mask = text.length >= 8 ? -1L : (1L << 8 * text.length) - 1;
    return new Member(text, head, mask, kind, column);
  }

  /** Whether the member's name stands here; at least eight bytes follow. */
  boolean stands(byte[] bytes, int at, int to) {
    if ((((long) WORDS.get(bytes, at) ^ head) & mask) != 0) {
      return false;
    }
    int length = text.length;
    if (length <= 8) {
      return true;
    }
    if (at + length > to) {
      return false;
    }
    if (length <= 16) {
      return (long) WORDS.get(bytes, at + length - 8) == (long) WORDS.get(text, length - 8);
    }
    return Arrays.equals(bytes, at + 8, at + length, text, 8, length);
  }
}
