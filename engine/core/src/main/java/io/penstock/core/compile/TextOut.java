package io.penstock.core.compile;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** Bytes of texts one behind the other. Generated loops cut it back by setting the length. */
public final class TextOut {
  private static final int MOST = Integer.MAX_VALUE - 8;

  public byte[] bytes = new byte[256];
  public int length;

  /** Makes sure that so many bytes can be put behind. */
  public void room(int count) {
    if (count > bytes.length - length) {
      int needed = Math.addExact(length, count);
      bytes = Arrays.copyOf(bytes, (int) Math.min(MOST, Math.max(needed, bytes.length * 2L)));
    }
  }

  /** Appends a byte. */
  public void append(byte one) {
    room(1);
    bytes[length++] = one;
  }

  /** Appends a part of an array. */
  public void append(byte[] from, int start, int end) {
    int count = end - start;
    room(count);
    System.arraycopy(from, start, bytes, length, count);
    length += count;
  }

  /** Appends a text as UTF-8. */
  public void append(String text) {
    byte[] utf = text.getBytes(StandardCharsets.UTF_8);
    append(utf, 0, utf.length);
  }

  /** Appends a whole number in digits. */
  public void append(long value) {
    if (value == Long.MIN_VALUE) {
      append(Long.toString(value));
      return;
    }
    room(20);
    long rest = value;
    if (value < 0) {
      bytes[length++] = '-';
      rest = -value;
    }
    int start = length;
    int end = start + digits(rest);
    length = end;
    while (rest > Integer.MAX_VALUE) {
      long tenth = rest / 10;
      bytes[--end] = (byte) ('0' + (rest - tenth * 10));
      rest = tenth;
    }
    // Divisions of 32 bits cost a third of those of 64.
    int small = (int) rest;
    while (small >= 10) {
      int hundredth = small / 100;
      int two = small - hundredth * 100;
      int tens = two * 103 >>> 10;
      bytes[--end] = (byte) ('0' + (two - tens * 10));
      bytes[--end] = (byte) ('0' + tens);
      small = hundredth;
    }
    if (end > start) {
      bytes[--end] = (byte) ('0' + small);
    }
  }

  private static int digits(long value) {
    int digits = 1;
    for (long ten = 10; digits < 19 && value >= ten; ten *= 10) {
      digits++;
    }
    return digits;
  }
}
