package io.penstock.connectors.standard.json;

import io.penstock.api.data.Times;
import io.penstock.json.PlainText;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;

/**
 * Reads times of RFC 3339. Records that follow each other mostly are of the same minute, whose text
 * is remembered. Single-threaded.
 */
final class MinuteMemory {
  private static final VarHandle WORDS =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);

  // "2026-01-31T12:00" in two words, and its microseconds.
  private static final int MINUTE = 16;
  private static final int MOST_DIGITS = 6;
  private static final long[] UNITS = {1_000_000, 100_000, 10_000, 1_000, 100, 10, 1};

  private static final byte[] FIRST = "1970-01-01T00:00".getBytes(StandardCharsets.US_ASCII);

  private long head = (long) WORDS.get(FIRST, 0);
  private long tail = (long) WORDS.get(FIRST, 8);
  private long minute;
  private int end;

  /**
   * Microseconds since 1970 of a text that a quote ends, or {@link Times#NONE}; then {@link #end}
   * says nothing.
   *
   * @param from behind the quote that begins the text
   * @param to where the bytes end
   */
  long timestamp(byte[] text, int from, int to) {
    // With seconds, a fraction not longer than microseconds, Z and the quote.
    if (from + MINUTE + 12 > to) {
      return slowly(text, from, to);
    }
    long first = (long) WORDS.get(text, from);
    long second = (long) WORDS.get(text, from + 8);
    int tens = text[from + MINUTE + 1] - '0';
    int ones = text[from + MINUTE + 2] - '0';
    boolean odd = text[from + MINUTE] != ':' || tens < 0 || tens > 5 || ones < 0 || ones > 9;
    if (odd || first != head || second != tail) {
      return slowly(text, from, to);
    }
    int i = from + MINUTE + 3;
    long fraction = 0;
    int digits = 0;
    if (text[i] == '.') {
      int digit = text[++i] - '0';
      while (digit >= 0 && digit <= 9 && digits < MOST_DIGITS) {
        fraction = fraction * 10 + digit;
        digits++;
        digit = text[++i] - '0';
      }
      if (digits == 0) {
        return slowly(text, from, to);
      }
    }
    if (text[i] != 'Z' || i + 1 >= to || text[i + 1] != '"') {
      return slowly(text, from, to);
    }
    end = i + 1;
    return minute + (tens * 10 + ones) * Times.MICROS_PER_SECOND + fraction * UNITS[digits];
  }

  /** Where the quote stands that ends the text read last. */
  int end() {
    return end;
  }

  private long slowly(byte[] text, int from, int to) {
    int quote = PlainText.end(text, from, to);
    if (quote >= to || text[quote] != '"') {
      return Times.NONE;
    }
    end = quote;
    long micros = Times.parseTimestamp(text, from, quote);
    if (micros != Times.NONE && quote - from >= MINUTE + 4 && text[quote - 1] == 'Z') {
      learn(text, from, micros);
    }
    return micros;
  }

  private void learn(byte[] text, int from, long micros) {
    // A leap second is of the next minute.
    if (text[from + MINUTE] == ':' && text[from + MINUTE + 1] != '6') {
      head = (long) WORDS.get(text, from);
      tail = (long) WORDS.get(text, from + 8);
      minute = Math.floorDiv(micros, 60 * Times.MICROS_PER_SECOND) * 60 * Times.MICROS_PER_SECOND;
    }
  }
}
