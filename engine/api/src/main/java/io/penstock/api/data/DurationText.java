package io.penstock.api.data;

import java.nio.charset.StandardCharsets;

/**
 * Durations in ISO 8601: weeks, days, hours, minutes, seconds, in this order, each at most once.
 */
final class DurationText {
  private static final String UNITS = "WDHMS";
  private static final long[] SECONDS = {7 * 86_400L, 86_400L, 3600L, 60L, 1L};

  private DurationText() {}

  /** Microseconds, or {@link Times#NONE}. */
  static long parse(byte[] text) {
    int at = 0;
    boolean negative = text.length > 0 && text[0] == '-';
    if (text.length > 0 && (text[0] == '-' || text[0] == '+')) {
      at++;
    }
    if (at >= text.length || text[at] != 'P') {
      return Times.NONE;
    }
    try {
      long micros = parts(text, at + 1);
      return micros == Times.NONE || !negative ? micros : -micros;
    } catch (ArithmeticException tooLarge) {
      return Times.NONE;
    }
  }

  private static long parts(byte[] text, int from) {
    long micros = 0;
    int unit = -1;
    boolean time = false;
    int at = from;
    while (at < text.length) {
      if (text[at] == 'T') {
        if (time || at + 1 == text.length) {
          return Times.NONE;
        }
        time = true;
        at++;
        continue;
      }
      int end = Times.digitsEnd(text, at, text.length);
      if (end == at || end == text.length || end - at > 18) {
        return Times.NONE;
      }
      long count = Long.parseLong(new String(text, at, end - at, StandardCharsets.ISO_8859_1));
      long fraction = 0;
      boolean point = text[end] == '.' || text[end] == ',';
      if (point) {
        int last = Times.digitsEnd(text, end + 1, text.length);
        if (last == end + 1 || last == text.length || text[last] != 'S') {
          return Times.NONE;
        }
        fraction = Times.fraction(text, end + 1, last);
        end = last;
      }
      int next = UNITS.indexOf(text[end]);
      if (next <= unit || time != next >= 2) {
        return Times.NONE;
      }
      unit = next;
      long whole = Math.multiplyExact(count, SECONDS[unit] * Times.MICROS_PER_SECOND);
      micros = Math.addExact(micros, Math.addExact(whole, fraction));
      at = end + 1;
    }
    return unit < 0 ? Times.NONE : micros;
  }

  static int write(long micros, byte[] to, int at) {
    int end = at;
    if (micros < 0) {
      to[end++] = '-';
    }
    to[end++] = 'P';
    to[end++] = 'T';
    long seconds = Math.abs(micros / Times.MICROS_PER_SECOND);
    int fraction = (int) Math.abs(micros % Times.MICROS_PER_SECOND);
    end = part(seconds / 3600, 'H', to, end);
    end = part(seconds / 60 % 60, 'M', to, end);
    if (seconds % 60 != 0 || fraction != 0 || seconds == 0) {
      end = number(seconds % 60, to, end);
      end = Times.writeFraction(fraction, to, end);
      to[end++] = 'S';
    }
    return end;
  }

  private static int part(long count, char unit, byte[] to, int at) {
    if (count == 0) {
      return at;
    }
    int end = number(count, to, at);
    to[end++] = (byte) unit;
    return end;
  }

  private static int number(long value, byte[] to, int at) {
    String digits = Long.toString(value);
    for (int i = 0; i < digits.length(); i++) {
      to[at + i] = (byte) digits.charAt(i);
    }
    return at + digits.length();
  }
}
