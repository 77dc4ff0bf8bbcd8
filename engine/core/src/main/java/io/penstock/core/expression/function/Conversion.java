package io.penstock.core.expression.function;

import io.penstock.api.data.DataType;
import io.penstock.api.data.ValueType;
import io.penstock.core.expression.Conversions;
import io.penstock.core.expression.Values;
import io.penstock.core.expression.function.Function.Family;
import io.penstock.json.Json;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.nio.charset.StandardCharsets;
import java.text.DecimalFormat;
import java.text.DecimalFormatSymbols;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** Functions that turn a value of one type into one of another. */
public final class Conversion {
  private static final int MAX_RADIX = 36;

  private Conversion() {}

  @Function(
      family = Family.CONVERSION,
      signature = "(value: any) -> string",
      summary = "The value as text: times as RFC 3339 in UTC, lists, maps and records as JSON.",
      examples = {
        "to_string(12) == '12'",
        "to_string(1.50) == '1.50'",
        "to_string(true) == 'true'",
        "to_string(90m) == 'PT1H30M'",
        "to_string([1, 2]) == '[1,2]'"
      })
  public static String toString_(Call call, Object value) {
    return Values.toText(call.argument(0).type(), value);
  }

  @Function(
      family = Family.CONVERSION,
      signature = "(value: any) -> int",
      summary =
          "The value as a whole number: texts of digits are read, fractions cut off, true is 1.",
      examples = {
        "to_int('-12') == -12",
        "to_int(2.9) == 2",
        "to_int(true) == 1",
        "to_int(null) === null"
      },
      fails = "the text is no whole number (blanks around it are refused too), or it does not fit",
      typing = FromScalar.class)
  public static long toInt(Call call, Object value) {
    if (value instanceof Double number && !Double.isFinite(number)) {
      throw Failure.tooLarge(number.toString());
    }
    return (Long) Conversions.cast(value, call.argument(0).type(), DataType.INT);
  }

  @Function(
      family = Family.CONVERSION,
      signature = "(value: any) -> double",
      summary = "The value as a floating-point number.",
      examples = {"to_double('1.5') == 1.5e0", "to_double(3) == 3e0"},
      fails = "the text is no number",
      typing = FromNumber.class)
  public static double toDouble(Call call, Object value) {
    return (Double) Conversions.cast(value, call.argument(0).type(), DataType.DOUBLE);
  }

  @Function(
      family = Family.CONVERSION,
      signature = "(value: any) -> decimal",
      summary =
          "The value as an exact number; a text or double as one of 38 digits, 9 of them after the point, half even.",
      examples = {"to_decimal('1.5') == 1.5", "to_decimal(3) == 3"},
      fails = "the text is no number, or it has too many digits",
      typing = ToDecimal.class)
  public static BigDecimal toDecimal(Call call, Object value) {
    return decimal(call, value);
  }

  @Function(
      family = Family.CONVERSION,
      signature = "(value: any, precision: int, scale: int) -> decimal",
      summary =
          "The value as an exact number of so many digits, so many of them after the point, half even.",
      examples = {"to_decimal('1.255', 10, 2) == 1.26", "to_decimal(2.5, 10, 0) == 2"},
      fails = "the text is no number, or it has too many digits",
      typing = ToDecimal.class)
  public static BigDecimal toDecimal(Call call, Object value, long precision, long scale) {
    return decimal(call, value);
  }

  @Function(
      family = Family.CONVERSION,
      signature = "(value: any) -> boolean",
      summary = "The value as true or false: the texts true and false, numbers other than 0.",
      examples = {"to_boolean('true')", "not to_boolean(0)"},
      fails = "the text is neither true nor false",
      typing = FromScalar.class)
  public static boolean toBoolean(Call call, Object value) {
    if (value instanceof Number number && !(value instanceof Long)) {
      return number.doubleValue() != 0;
    }
    return (Boolean) Conversions.cast(value, call.argument(0).type(), DataType.BOOLEAN);
  }

  @Function(
      family = Family.CONVERSION,
      signature = "(text: string) -> bytes",
      summary = "The text as bytes of UTF-8.",
      examples = "encode_hex(to_bytes('aé')) == '61c3a9'")
  public static byte[] toBytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  @Function(
      family = Family.CONVERSION,
      signature = "(text: string) -> timestamp",
      summary = "The timestamp that an RFC 3339 text with a zone names.",
      examples =
          "to_timestamp('2026-01-02T04:04:05+01:00') == to_timestamp('2026-01-02T03:04:05Z')",
      fails = "the text is no timestamp")
  public static long toTimestamp(String text) {
    return Time.timestamp(text);
  }

  @Function(
      family = Family.CONVERSION,
      signature = "(date: date, zone: string) -> timestamp",
      summary = "When the date begins in a zone.",
      examples =
          "to_timestamp(to_date('2026-07-02'), 'Europe/Paris') == to_timestamp('2026-07-01T22:00:00Z')",
      fails = "the zone is unknown",
      typing = Zones.ZoneSecond.class)
  public static long toTimestamp(Call call, long date, String zone) {
    return Calendars.startOfDay(date, Zones.zone(call, 0, zone));
  }

  @Function(
      family = Family.CONVERSION,
      signature = "(text: string) -> date",
      summary = "The date that an ISO 8601 text names.",
      examples = "to_string(to_date('2026-01-02')) == '2026-01-02'",
      fails = "the text is no date")
  public static long toDate(String text) {
    return Time.date(text);
  }

  @Function(
      family = Family.CONVERSION,
      signature = "(time: timestamp, zone: string) -> date",
      summary = "The date of a timestamp in a zone.",
      examples =
          "to_date(to_timestamp('2026-07-01T22:00:00Z'), 'Europe/Paris') == to_date('2026-07-02')",
      fails = "the zone is unknown",
      typing = Zones.ZoneSecond.class)
  public static long toDate(Call call, long time, String zone) {
    return Calendars.local(time, Zones.zone(call, 0, zone)).toLocalDate().toEpochDay();
  }

  @Function(
      family = Family.CONVERSION,
      signature = "(text: string) -> duration",
      summary = "The duration that a text names, in ISO 8601 or as in expressions.",
      examples = "to_duration('PT90S') == 90s",
      fails = "the text is no duration")
  public static long toDuration(String text) {
    return Time.duration(text);
  }

  @Function(
      family = Family.CONVERSION,
      signature = "(value: any) -> json",
      summary = "The value as json.",
      examples = "to_json([1, 2])[1] == 2")
  public static Json toJson(Call call, Object value) {
    return Conversions.toJson(call.argument(0).type(), value);
  }

  @Function(
      family = Family.CONVERSION,
      signature = "(text: string) -> int",
      summary = "The whole number that a text of digits names.",
      examples = "parse_int('-12') == -12",
      fails = "the text is no whole number, or it does not fit")
  public static long parseInt(String text) {
    return (Long) Conversions.fromText(text, DataType.INT);
  }

  @Function(
      family = Family.CONVERSION,
      signature = "(text: string, base: int) -> int",
      summary = "The whole number that a text names in a base from 2 to 36.",
      examples = {"parse_int('ff', 16) == 255", "parse_int('-101', 2) == -5"},
      fails = "the text is no whole number of that base, or it does not fit")
  public static long parseInt(String text, long base) {
    if (base < Character.MIN_RADIX || base > MAX_RADIX) {
      throw Failure.domain("the base must lie between 2 and 36, not be `" + base + "`");
    }
    boolean ascii = text.chars().allMatch(c -> c < 0x80 && c != '+');
    if (!ascii) {
      throw Failure.text(text, "whole number of base " + base);
    }
    try {
      return Long.parseLong(text, (int) base);
    } catch (NumberFormatException none) {
      throw Failure.text(text, "whole number of base " + base);
    }
  }

  @Function(
      family = Family.CONVERSION,
      signature = "(number: number, pattern: string) -> string",
      summary = "The number as text by a pattern such as #,##0.00, halves rounded away from zero.",
      examples = {
        "format_number(1234567.891, '#,##0.00') == '1,234,567.89'",
        "format_number(7, '000') == '007'"
      },
      fails = "the pattern cannot be read",
      typing = NumberPattern.class)
  public static String formatNumber(Call call, Object number, String pattern) {
    // DecimalFormat is not for many threads, so each call keeps one of its own.
    return call.remember(0, pattern, Conversion::numberFormat).format(number);
  }

  private static DecimalFormat numberFormat(String pattern) {
    try {
      DecimalFormat format =
          new DecimalFormat(pattern, DecimalFormatSymbols.getInstance(Locale.ENGLISH));
      format.setRoundingMode(RoundingMode.HALF_UP);
      return format;
    } catch (IllegalArgumentException broken) {
      throw Failure.pattern(Failure.quoted(pattern) + " is no number pattern such as #,##0.00");
    }
  }

  private static BigDecimal decimal(Call call, Object value) {
    DataType wanted = call.result().type();
    return (BigDecimal) Conversions.cast(value, call.argument(0).type(), wanted);
  }

  private static void requireScalar(Typing.Arguments arguments) {
    DataType type = arguments.type(0).type();
    List<DataType> without =
        List.of(DataType.TIMESTAMP, DataType.DATE, DataType.DURATION, DataType.BYTES);
    boolean parts = !(type instanceof DataType.Simple) && !(type instanceof DataType.Decimal);
    if (parts || without.contains(type)) {
      throw new Typing.Mistake(
          0,
          "a value of the type " + type + " is no number and no text of one",
          type.equals(DataType.TIMESTAMP)
              ? "Count from 1970 with `to_unix(time, 's')`"
              : "Take a text, a number or a json value");
    }
  }

  private static void requireNumber(Typing.Arguments arguments) {
    requireScalar(arguments);
    if (arguments.type(0).type().equals(DataType.BOOLEAN)) {
      throw new Typing.Mistake(
          0, "A value of the type boolean is no number", "`to_int(...)` makes true 1 and false 0");
    }
  }

  /** From texts, numbers, truth values and json. */
  public static final class FromScalar implements Typing {
    @Override
    public ValueType result(Arguments arguments) {
      requireScalar(arguments);
      return arguments.declared();
    }
  }

  /** From texts, numbers and json. */
  public static final class FromNumber implements Typing {
    @Override
    public ValueType result(Arguments arguments) {
      requireNumber(arguments);
      return arguments.declared();
    }
  }

  /** The precision and scale asked for, else those that the value needs. */
  public static final class ToDecimal implements Typing {
    private static final DataType DEFAULT = new DataType.Decimal(38, 9);
    private static final DataType WHOLE = new DataType.Decimal(19, 0);

    @Override
    public ValueType result(Arguments arguments) {
      requireNumber(arguments);
      boolean optional = arguments.type(0).optional();
      if (arguments.count() > 1) {
        return new ValueType(asked(arguments.constant(1), arguments.constant(2)), optional);
      }
      DataType type = arguments.type(0).type();
      if (type instanceof DataType.Decimal) {
        return arguments.type(0);
      }
      return new ValueType(type.equals(DataType.INT) ? WHOLE : DEFAULT, optional);
    }

    private static DataType asked(Optional<Object> precision, Optional<Object> scale) {
      boolean fits =
          precision.isPresent()
              && scale.isPresent()
              && precision.get() instanceof Long digits
              && scale.get() instanceof Long places
              && digits >= 1
              && digits <= DataType.Decimal.MAX_PRECISION
              && places >= 0
              && places <= digits;
      if (!fits) {
        throw new Typing.Mistake(
            1,
            "a decimal has 1 to 38 digits, and at most as many after the point",
            "write both as numbers, such as `to_decimal(x, 12, 2)`");
      }
      return new DataType.Decimal(
          ((Long) precision.orElseThrow()).intValue(), ((Long) scale.orElseThrow()).intValue());
    }
  }

  /** A constant pattern is checked before the run. */
  public static final class NumberPattern implements Typing {
    @Override
    public ValueType result(Arguments arguments) {
      Optional<Object> pattern = arguments.constant(1);
      if (pattern.isPresent() && pattern.get() instanceof String text) {
        try {
          numberFormat(text);
        } catch (io.penstock.core.expression.EvaluationException broken) {
          throw new Typing.Mistake(1, broken.text(), "0 is a digit, # one that may be missing");
        }
      }
      return arguments.declared();
    }
  }
}
