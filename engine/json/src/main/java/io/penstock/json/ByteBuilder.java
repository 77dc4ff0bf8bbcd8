package io.penstock.json;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** Bytes that grow at their end. Single-threaded; the array is handed out as it is. */
public final class ByteBuilder {
  private byte[] bytes;
  private int length;

  public ByteBuilder(int capacity) {
    bytes = new byte[Math.max(16, capacity)];
  }

  /** The array that holds the bytes now; not to be kept over an append. */
  public byte[] array() {
    return bytes;
  }

  /** How many bytes there are. */
  public int length() {
    return length;
  }

  /** Forgets the bytes after the first {@code count}. */
  public void truncate(int count) {
    length = Math.min(length, count);
  }

  /** A copy of the bytes. */
  public byte[] toArray() {
    return Arrays.copyOf(bytes, length);
  }

  /**
   * Makes room for so many bytes, and gives the array; {@link #advance} then says how many came.
   */
  public byte[] room(int count) {
    int needed = Math.addExact(length, count);
    if (needed > bytes.length) {
      bytes =
          Arrays.copyOf(
              bytes, (int) Math.min(Integer.MAX_VALUE - 8, Math.max(needed, bytes.length * 2L)));
    }
    return bytes;
  }

  /** Counts bytes that were written into the room. */
  public void advance(int count) {
    length += count;
  }

  public void append(int value) {
    if (length == bytes.length) {
      room(1);
    }
    bytes[length++] = (byte) value;
  }

  public void append(byte[] from, int offset, int count) {
    room(count);
    System.arraycopy(from, offset, bytes, length, count);
    length += count;
  }

  public void append(byte[] from) {
    append(from, 0, from.length);
  }

  /** Appends a text as UTF-8. */
  public void append(String text) {
    append(text.getBytes(StandardCharsets.UTF_8));
  }

  /** Appends a whole number as decimal digits. */
  public void appendNumber(long value) {
    byte[] into = room(20);
    if (value == Long.MIN_VALUE) {
      append("-9223372036854775808");
      return;
    }
    long rest = value;
    if (rest < 0) {
      into[length++] = '-';
      rest = -rest;
    }
    int digits = digits(rest);
    int at = length + digits;
    length = at;
    while (rest > Integer.MAX_VALUE) {
      into[--at] = (byte) ('0' + rest % 10);
      rest /= 10;
    }
    int small = (int) rest;
    do {
      int next = small / 10;
      into[--at] = (byte) ('0' + small - next * 10);
      small = next;
    } while (small != 0);
  }

  private static int digits(long value) {
    int digits = 1;
    long bound = 10;
    while (digits < 19 && value >= bound) {
      digits++;
      bound *= 10;
    }
    return digits;
  }

  /** Appends a length in groups of seven bits. */
  void appendVarint(int value) {
    int rest = value;
    while (rest >= 0x80) {
      append(rest | 0x80);
      rest >>>= 7;
    }
    append(rest);
  }

  /** Overwrites four bytes with a number. */
  void setInt(int at, int value) {
    bytes[at] = (byte) (value >>> 24);
    bytes[at + 1] = (byte) (value >>> 16);
    bytes[at + 2] = (byte) (value >>> 8);
    bytes[at + 3] = (byte) value;
  }
}
