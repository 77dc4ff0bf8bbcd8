package io.penstock.connectors.standard.json;

import io.penstock.api.data.Times;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/**
 * Reads times of RFC 3339. Records that follow each other mostly are of the same minute, whose text
 * is remembered. Single-threaded.
 */
final class MinuteMemory {
  private static final VarHandle WORDS =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);

  // "2026-01-31T12:00" in two words, and its microseconds.
  private static final int MINUTE = 16;
  private static final long[] UNITS = {1_000_000, 100_000, 10_000, 1_000, 100, 10, 1};

  private long head;
  private long tail;
  private long minute;

  /** Microseconds since 1970, or {@link Times#NONE}. */
  long timestamp(byte[] text, int from, int to) {
    // With seconds and Z, without a fraction longer than microseconds.
    int length = to - from;
    if (length < MINUTE + 4 || length > MINUTE + 11 || text[to - 1] != 'Z') {
      return Times.parseTimestamp(text, from, to);
    }
    long first = (long) WORDS.get(text, from);
    long second = (long) WORDS.get(text, from + 8);
    if (first != head || second != tail) {
      return learn(text, from, to, first, second);
    }
    int tens = text[from + MINUTE + 1] - '0';
    int ones = text[from + MINUTE + 2] - '0';
    boolean odd = text[from + MINUTE] != ':' || tens < 0 || tens > 5 || ones < 0 || ones > 9;
    if (odd) {
      return Times.parseTimestamp(text, from, to);
    }
    long micros = minute + (tens * 10 + ones) * Times.MICROS_PER_SECOND;
    int point = from + MINUTE + 3;
    if (point == to - 1) {
      return micros;
    }
    int digits = to - point - 2;
    if (text[point] != '.' || digits == 0) {
      return Times.parseTimestamp(text, from, to);
    }
    long fraction = 0;
    for (int i = point + 1; i < to - 1; i++) {
      int digit = text[i] - '0';
      if (digit < 0 || digit > 9) {
        return Times.NONE;
      }
      fraction = fraction * 10 + digit;
    }
    return micros + fraction * UNITS[digits];
  }

  private long learn(byte[] text, int from, int to, long first, long second) {
    long micros = Times.parseTimestamp(text, from, to);
    // A leap second is of the next minute.
    if (micros != Times.NONE && text[from + MINUTE + 1] != '6') {
      head = first;
      tail = second;
      minute = Math.floorDiv(micros, 60 * Times.MICROS_PER_SECOND) * 60 * Times.MICROS_PER_SECOND;
    }
    return micros;
  }
}
