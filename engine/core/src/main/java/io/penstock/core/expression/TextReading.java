package io.penstock.core.expression;

import io.penstock.api.data.DataType;
import io.penstock.api.data.Times;
import io.penstock.json.Json;
import io.penstock.json.JsonProblem;
import java.math.BigDecimal;
import java.util.Base64;
import org.jspecify.annotations.Nullable;

/** Texts as values: no blanks around, no group signs; null where the text is none of the type. */
final class TextReading {
  private static final int MAX_NUMBER = 400;

  private TextReading() {}

  static @Nullable Object read(String text, DataType wanted) {
    if (wanted instanceof DataType.Simple simple) {
      return switch (simple.kind()) {
        case STRING -> text;
        case BOOLEAN -> truth(text);
        case INT -> whole(text);
        case DOUBLE -> number(text);
        case TIMESTAMP -> time(Times.parseTimestamp(text));
        case DATE -> time(Times.parseDate(text));
        case DURATION -> duration(text);
        case BYTES -> bytes(text);
        case JSON -> json(text);
      };
    }
    if (wanted instanceof DataType.Decimal decimal) {
      BigDecimal number = decimal(text);
      return number == null ? null : Conversions.toDecimal(number, decimal);
    }
    Object json = json(text);
    return json == null ? null : Conversions.fromJson((Json) json, wanted);
  }

  private static @Nullable Object truth(String text) {
    return switch (text) {
      case "true" -> true;
      case "false" -> false;
      default -> null;
    };
  }

  private static @Nullable Object whole(String text) {
    int digits = text.startsWith("-") || text.startsWith("+") ? 1 : 0;
    if (!isNumber(text, digits, false)) {
      return null;
    }
    try {
      return Long.parseLong(text);
    } catch (NumberFormatException tooLarge) {
      return null;
    }
  }

  private static @Nullable Object number(String text) {
    switch (text) {
      case "NaN", "Infinity", "-Infinity" -> {
        return Double.parseDouble(text);
      }
      default -> {
        int digits = text.startsWith("-") || text.startsWith("+") ? 1 : 0;
        if (!isNumber(text, digits, true)) {
          return null;
        }
      }
    }
    try {
      double value = Double.parseDouble(text);
      return Double.isInfinite(value) ? null : value;
    } catch (NumberFormatException other) {
      return null;
    }
  }

  private static @Nullable BigDecimal decimal(String text) {
    int digits = text.startsWith("-") || text.startsWith("+") ? 1 : 0;
    if (!isNumber(text, digits, true)) {
      return null;
    }
    try {
      BigDecimal value = new BigDecimal(text);
      return Math.abs((long) value.scale()) > MAX_NUMBER ? null : value;
    } catch (NumberFormatException other) {
      return null;
    }
  }

  /** Only ASCII digits and, where allowed, point and exponent; the rest is the parser's. */
  private static boolean isNumber(String text, int from, boolean fraction) {
    if (from == text.length() || text.length() > MAX_NUMBER || text.charAt(from) == '.') {
      return false;
    }
    for (int i = from; i < text.length(); i++) {
      char c = text.charAt(i);
      boolean digit = c >= '0' && c <= '9';
      if (!digit && !(fraction && ".eE+-".indexOf(c) >= 0)) {
        return false;
      }
    }
    return text.charAt(text.length() - 1) != '.';
  }

  private static @Nullable Object time(long value) {
    return value == Times.NONE ? null : value;
  }

  /** ISO 8601 or the short form of the language: {@code 10s}. */
  private static @Nullable Object duration(String text) {
    long iso = Times.parseDuration(text);
    if (iso != Times.NONE) {
      return iso;
    }
    int digits = 0;
    while (digits < text.length() && Character.isDigit(text.charAt(digits))) {
      digits++;
    }
    long unit =
        switch (text.substring(digits)) {
          case "us" -> 1L;
          case "ms" -> 1_000L;
          case "s" -> Times.MICROS_PER_SECOND;
          case "m" -> 60 * Times.MICROS_PER_SECOND;
          case "h" -> 3_600 * Times.MICROS_PER_SECOND;
          case "d" -> Times.MICROS_PER_DAY;
          default -> 0L;
        };
    if (digits == 0 || digits > 18 || unit == 0) {
      return null;
    }
    try {
      return Math.multiplyExact(Long.parseLong(text.substring(0, digits)), unit);
    } catch (ArithmeticException tooLong) {
      return null;
    }
  }

  private static byte @Nullable [] bytes(String text) {
    try {
      return Base64.getDecoder().decode(text);
    } catch (IllegalArgumentException other) {
      return null;
    }
  }

  private static @Nullable Object json(String text) {
    try {
      return Json.parse(text);
    } catch (JsonProblem other) {
      return null;
    }
  }
}
