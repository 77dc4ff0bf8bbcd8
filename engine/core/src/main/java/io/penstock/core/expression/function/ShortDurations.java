package io.penstock.core.expression.function;

import io.penstock.api.data.Times;

/** Durations as expressions write them: {@code 10s}, {@code 1h30m}, {@code -250ms}. */
final class ShortDurations {
  private ShortDurations() {}

  /** Microseconds, or {@link Times#NONE}. */
  static long parse(String text) {
    int at = text.startsWith("-") ? 1 : 0;
    boolean negative = at == 1;
    long micros = 0;
    long lastUnit = Long.MAX_VALUE;
    if (at == text.length()) {
      return Times.NONE;
    }
    while (at < text.length()) {
      int digits = at;
      while (at < text.length() && text.charAt(at) >= '0' && text.charAt(at) <= '9') {
        at++;
      }
      int letters = at;
      while (at < text.length() && text.charAt(at) >= 'a' && text.charAt(at) <= 'z') {
        at++;
      }
      long unit = unit(text.substring(letters, at));
      if (letters == digits || letters - digits > 15 || unit >= lastUnit || unit == 0) {
        return Times.NONE;
      }
      long count = Long.parseLong(text.substring(digits, letters));
      if (count > (Long.MAX_VALUE - micros) / unit) {
        return Times.NONE;
      }
      micros += count * unit;
      lastUnit = unit;
    }
    return negative ? -micros : micros;
  }

  private static long unit(String letters) {
    return switch (letters) {
      case "us" -> 1L;
      case "ms" -> 1_000L;
      case "s" -> Times.MICROS_PER_SECOND;
      case "m" -> 60 * Times.MICROS_PER_SECOND;
      case "h" -> 3600 * Times.MICROS_PER_SECOND;
      case "d" -> Times.MICROS_PER_DAY;
      default -> 0L;
    };
  }
}
