package io.penstock.core.expression.function;

import io.penstock.api.data.TimeFormat;
import io.penstock.api.data.Times;
import io.penstock.core.expression.function.Function.Family;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.RoundingMode;
import java.time.DateTimeException;
import java.time.ZoneId;
import java.time.ZonedDateTime;

/** Functions that read and write times. */
public final class Time {
  private Time() {}

  @Function(
      family = Family.TIME,
      signature = "() -> timestamp",
      summary = "When the row's batch was read; in micro-batches the time of the batch's plan.",
      examples = "now() == now()",
      deterministic = false)
  public static long now(RowContext row) {
    return row.now();
  }

  @Function(
      family = Family.TIME,
      signature = "() -> timestamp",
      summary =
          "The time of the schedule for which the row's batch was planned; without a schedule as now().",
      examples = "slot() == slot()",
      deterministic = false)
  public static long slot(RowContext row) {
    return row.slot();
  }

  @Function(
      family = Family.TIME,
      signature = "(zone: string) -> date",
      summary = "The date of now() in a zone.",
      examples = "today('UTC') == to_date(now(), 'UTC')",
      fails = "the zone is unknown",
      deterministic = false,
      typing = Zones.ZoneFirst.class)
  public static long today(RowContext row, Call call, String zone) {
    return Calendars.local(row.now(), Zones.zone(call, 0, zone)).toLocalDate().toEpochDay();
  }

  @Function(
      family = Family.TIME,
      signature = "(text: string) -> timestamp",
      summary = "The timestamp that an RFC 3339 text with a zone names.",
      examples =
          "format_timestamp(parse_timestamp('2026-01-02T03:04:05+01:00'), 'HH:mm', 'UTC') == '02:04'",
      fails = "the text is no timestamp")
  public static long parseTimestamp(String text) {
    return timestamp(text);
  }

  @Function(
      family = Family.TIME,
      signature = "(text: string, pattern: string, zone: string) -> timestamp",
      summary =
          "The timestamp that a text names by a pattern; a zone in the text counts, else the given one.",
      examples = {
        "to_string(parse_timestamp('02/01/2026 03:04', 'dd/MM/yyyy HH:mm', 'Europe/Paris')) == '2026-01-02T02:04:00Z'",
        "to_string(parse_timestamp('2026-03-29 02:30', 'yyyy-MM-dd HH:mm', 'Europe/Paris')) == '2026-03-29T01:30:00Z'",
        "to_string(parse_timestamp('2026-10-25 02:30', 'yyyy-MM-dd HH:mm', 'Europe/Paris')) == '2026-10-25T00:30:00Z'"
      },
      fails = "the text does not fit the pattern, or the zone is unknown",
      typing = Zones.PatternAndZone.class)
  public static long parseTimestamp(Call call, String text, String pattern, String zone) {
    TimeFormat format = Zones.format(call, 0, pattern);
    long micros = format.parseTimestamp(text, Zones.zone(call, 1, zone), false);
    if (micros == Times.NONE) {
      throw Failure.text(text, "time of the pattern " + Failure.quoted(pattern));
    }
    return micros;
  }

  @Function(
      family = Family.TIME,
      signature = "(text: string) -> date",
      summary = "The date that an ISO 8601 text names.",
      examples = "year(parse_date('2026-01-02')) == 2026",
      fails = "the text is no date")
  public static long parseDate(String text) {
    return date(text);
  }

  @Function(
      family = Family.TIME,
      signature = "(text: string, pattern: string) -> date",
      summary = "The date that a text names by a pattern.",
      examples = "parse_date('2.1.2026', 'd.M.yyyy') == to_date('2026-01-02')",
      fails = "the text does not fit the pattern",
      typing = Zones.PatternAndZone.class)
  public static long parseDate(Call call, String text, String pattern) {
    long days = Zones.format(call, 0, pattern).parseDate(text);
    if (days == Times.NONE) {
      throw Failure.text(text, "date of the pattern " + Failure.quoted(pattern));
    }
    return days;
  }

  @Function(
      family = Family.TIME,
      signature = "(text: string) -> duration",
      summary = "The duration that a text names, in ISO 8601 or as in expressions.",
      examples = {
        "parse_duration('PT1H30M') == 90m",
        "parse_duration('1h30m') == 90m",
        "parse_duration('250ms') * 4 == 1s"
      },
      fails = "the text is no duration")
  public static long parseDuration(String text) {
    return duration(text);
  }

  @Function(
      family = Family.TIME,
      signature = "(time: timestamp, pattern: string, zone: string) -> string",
      summary = "The timestamp as text by a pattern, as clocks in the zone show it.",
      examples =
          "format_timestamp(from_unix(0, 's'), 'yyyy-MM-dd HH:mm', 'America/New_York') == '1969-12-31 19:00'",
      fails = "the pattern or the zone is unknown",
      typing = Zones.PatternAndZone.class)
  public static String formatTimestamp(Call call, long time, String pattern, String zone) {
    TimeFormat format = Zones.format(call, 0, pattern);
    try {
      return format.formatTimestamp(time, Zones.zone(call, 1, zone));
    } catch (DateTimeException impossible) {
      throw Failure.pattern(
          Failure.quoted(Times.timestamp(time))
              + " cannot be written as "
              + Failure.quoted(pattern));
    }
  }

  @Function(
      family = Family.TIME,
      signature = "(date: date, pattern: string) -> string",
      summary = "The date as text by a pattern.",
      examples = "format_date(to_date('2026-01-02'), 'd MMM yyyy') == '2 Jan 2026'",
      fails = "the pattern is unknown or asks for a time",
      typing = Zones.PatternAndZone.class)
  public static String formatDate(Call call, long date, String pattern) {
    try {
      return Zones.format(call, 0, pattern).formatDate(date);
    } catch (DateTimeException impossible) {
      throw Failure.pattern("a date cannot be written as " + Failure.quoted(pattern));
    }
  }

  @Function(
      family = Family.TIME,
      signature = "(number: number, unit: string) -> timestamp",
      summary = "The timestamp that lies so many seconds (s, ms, us, ns) after 1970.",
      examples = {
        "to_string(from_unix(1767323045, 's')) == '2026-01-02T03:04:05Z'",
        "to_string(from_unix(1767323045678, 'ms')) == '2026-01-02T03:04:05.678Z'",
        "to_string(from_unix(-1, 's')) == '1969-12-31T23:59:59Z'"
      },
      fails = "the unit is unknown, or the number too large",
      typing = Zones.EpochUnit.class)
  public static long fromUnix(Call call, Object number, String unit) {
    call.remember(0, unit, Zones::epochUnit);
    if (number instanceof Long whole) {
      return wholeFromUnix(whole, unit);
    }
    if (number instanceof Double value && !Double.isFinite(value)) {
      throw Failure.domain("`" + number + "` is no time");
    }
    BigDecimal exact =
        number instanceof BigDecimal decimal ? decimal : BigDecimal.valueOf((Double) number);
    BigInteger micros =
        exact
            .movePointRight(
                unit.equals("s") ? 6 : unit.equals("ms") ? 3 : unit.equals("us") ? 0 : -3)
            .setScale(0, RoundingMode.FLOOR)
            .toBigInteger();
    if (micros.bitLength() > 63) {
      throw Failure.domain("`" + number + "` lies outside of the times there are");
    }
    return micros.longValue();
  }

  @Function(
      family = Family.TIME,
      signature = "(time: timestamp, unit: string) -> int",
      summary = "How many whole seconds (s, ms, us, ns) after 1970 the timestamp lies.",
      examples = {
        "to_unix(to_timestamp('2026-01-02T03:04:05Z'), 's') == 1767323045",
        "to_unix(to_timestamp('1969-12-31T23:59:59.5Z'), 's') == -1"
      },
      fails = "the unit is unknown, or the number does not fit",
      typing = Zones.EpochUnit.class)
  public static long toUnix(Call call, long time, String unit) {
    switch (call.remember(0, unit, Zones::epochUnit)) {
      case "s":
        return Math.floorDiv(time, 1_000_000L);
      case "ms":
        return Math.floorDiv(time, 1_000L);
      case "us":
        return time;
      default:
        if (Math.abs(time) > Long.MAX_VALUE / 1000) {
          throw Failure.tooLarge(time + "000");
        }
        return time * 1000;
    }
  }

  @Function(
      family = Family.TIME,
      signature = "(time: timestamp, zone: string) -> string",
      summary = "The timestamp as RFC 3339 text with the offset that the zone has at that time.",
      examples =
          "at_zone(to_timestamp('2026-07-02T22:04:05Z'), 'Europe/Paris') == '2026-07-03T00:04:05+02:00'",
      fails = "the zone is unknown",
      typing = Zones.ZoneSecond.class)
  public static String atZone(Call call, long time, String zone) {
    ZoneId there = Zones.zone(call, 0, zone);
    ZonedDateTime local = Calendars.local(time, there);
    long offset = local.getOffset().getTotalSeconds() * Times.MICROS_PER_SECOND;
    String canonical = Times.timestamp(time + offset);
    String sign = local.getOffset().getTotalSeconds() == 0 ? "Z" : local.getOffset().getId();
    return canonical.substring(0, canonical.length() - 1) + sign;
  }

  /** Reads a timestamp. */
  static long timestamp(String text) {
    long micros = Times.parseTimestamp(text);
    if (micros == Times.NONE) {
      throw Failure.text(text, "timestamp such as 2026-01-02T03:04:05Z");
    }
    return micros;
  }

  /** Reads a date. */
  static long date(String text) {
    long days = Times.parseDate(text);
    if (days == Times.NONE) {
      throw Failure.text(text, "date such as 2026-01-02");
    }
    return days;
  }

  /** Reads a duration. */
  static long duration(String text) {
    long micros = Times.parseDuration(text);
    if (micros == Times.NONE) {
      micros = ShortDurations.parse(text);
    }
    if (micros == Times.NONE) {
      throw Failure.text(text, "duration such as PT1H30M, 10s or 1h30m");
    }
    return micros;
  }

  private static long wholeFromUnix(long number, String unit) {
    long micros =
        switch (unit) {
          case "s" -> number * 1_000_000L;
          case "ms" -> number * 1_000L;
          case "us" -> number;
          default -> Math.floorDiv(number, 1_000L);
        };
    boolean overflow =
        unit.equals("s") && micros / 1_000_000L != number
            || unit.equals("ms") && micros / 1_000L != number;
    if (overflow) {
      throw Failure.domain("`" + number + "` lies outside of the times there are");
    }
    return micros;
  }
}
