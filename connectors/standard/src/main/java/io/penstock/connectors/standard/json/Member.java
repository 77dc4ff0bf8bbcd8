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
 * @param length how many bytes the text has
 * @param head the first eight bytes of the text, or as many as there are
 * @param mask the bytes of the head that count
 * @param tail the last eight bytes of the text, where it has more
 * @param column the column of the value, or -1 where it is passed over
 */
record Member(byte[] text, int length, long head, long mask, long tail, Kind kind, int column) {
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
    int length = text.length;
    byte[] word = Arrays.copyOf(text, Math.max(8, length));
    long head = (long) WORDS.get(word, 0);
    long mask = length >= 8 ? -1L : (1L << 8 * length) - 1;
    long tail = (long) WORDS.get(word, Math.max(8, length) - 8);
    return new Member(text, length, head, mask, tail, kind, column);
  }

  /** Whether the member's name stands here; at least eight bytes follow. */
  boolean stands(byte[] bytes, int at, int to) {
    if ((((long) WORDS.get(bytes, at) ^ head) & mask) != 0) {
      return false;
    }
    if (length <= 8) {
      return true;
    }
    if (at + length > to || (long) WORDS.get(bytes, at + length - 8) != tail) {
      return false;
    }
    return length <= 16 || Arrays.equals(bytes, at + 8, at + length, text, 8, length);
  }
}
