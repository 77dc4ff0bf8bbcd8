package io.penstock.core.expression.function;

import io.penstock.api.data.TimeFormat;
import io.penstock.api.data.Times;
import io.penstock.core.expression.EvaluationException;
import io.penstock.core.expression.function.Function.Family;
import java.time.DateTimeException;
import java.time.DayOfWeek;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.time.temporal.ChronoUnit;
import java.time.temporal.IsoFields;
import java.time.temporal.TemporalAdjusters;
import java.time.temporal.TemporalUnit;

/** Functions that count with calendars: parts of times, beginnings of units, steps. */
public final class Calendars {
  private Calendars() {}

  @Function(
      family = Family.TIME,
      signature = "(unit: string, time: timestamp, zone: string) -> timestamp",
      summary =
          "When the unit began in which the time lies: second, minute, hour, day, week (from Monday), month, quarter, year.",
      examples = {
        "date_trunc('hour', to_timestamp('2026-01-02T03:44:55Z'), 'UTC') == to_timestamp('2026-01-02T03:00:00Z')",
        "date_trunc('day', to_timestamp('2026-07-02T22:30:00Z'), 'Europe/Paris') == to_timestamp('2026-07-02T22:00:00Z')",
        "date_trunc('week', to_timestamp('1970-01-01T00:00:00Z'), 'UTC') == to_timestamp('1969-12-29T00:00:00Z')"
      },
      fails = "the unit or the zone is unknown",
      typing = Zones.UnitFirst.class)
  public static long dateTrunc(Call call, String unit, long time, String zone) {
    ZoneId there = Zones.zone(call, 0, zone);
    call.remember(1, unit, Zones::unit);
    ZonedDateTime local = local(time, there);
    if (Zones.CLOCK_UNITS.contains(unit)) {
      // Within the offset of that time, so that a repeated hour is not mixed up with the first.
      long offset = local.getOffset().getTotalSeconds() * Times.MICROS_PER_SECOND;
      return time - Math.floorMod(time + offset, micros(unit));
    }
    return micros(beginning(unit, local.toLocalDate()).atStartOfDay(there));
  }

  @Function(
      family = Family.TIME,
      signature = "(unit: string, date: date) -> date",
      summary = "The first day of the unit in which the date lies: week, month, quarter, year.",
      examples = "date_trunc('quarter', to_date('2026-05-20')) == to_date('2026-04-01')",
      fails = "the unit is unknown",
      typing = Zones.UnitFirst.class)
  public static long dateTrunc(Call call, String unit, long date) {
    String known = call.remember(1, unit, Zones::calendarUnit);
    return beginning(known, LocalDate.ofEpochDay(date)).toEpochDay();
  }

  @Function(
      family = Family.TIME,
      signature = "(unit: string, count: int, time: timestamp, zone: string) -> timestamp",
      summary = "The time so many units later, earlier where negative, by the zone's calendar.",
      examples = {
        "date_add('month', 1, to_timestamp('2026-01-31T10:00:00Z'), 'UTC') == to_timestamp('2026-02-28T10:00:00Z')",
        "date_add('day', 1, to_timestamp('2026-03-28T11:00:00Z'), 'Europe/Paris') == to_timestamp('2026-03-29T10:00:00Z')",
        "date_add('hour', -1, to_timestamp('2026-01-01T00:00:00Z'), 'UTC') == to_timestamp('2025-12-31T23:00:00Z')"
      },
      fails = "the unit or the zone is unknown, or there is no such time",
      typing = Zones.UnitFirst.class)
  public static long dateAdd(Call call, String unit, long count, long time, String zone) {
    ZoneId there = Zones.zone(call, 0, zone);
    call.remember(1, unit, Zones::unit);
    try {
      if (Zones.CLOCK_UNITS.contains(unit)) {
        return Math.addExact(time, Math.multiplyExact(count, micros(unit)));
      }
      return micros(local(time, there).plus(count, chronoUnit(unit)));
    } catch (DateTimeException | ArithmeticException outside) {
      throw outside(count, unit);
    }
  }

  @Function(
      family = Family.TIME,
      signature = "(unit: string, count: int, date: date) -> date",
      summary = "The date so many units later, earlier where negative.",
      examples = "date_add('month', 1, to_date('2028-01-31')) == to_date('2028-02-29')",
      fails = "the unit is unknown, or there is no such date",
      typing = Zones.UnitFirst.class)
  public static long dateAdd(Call call, String unit, long count, long date) {
    String known = call.remember(1, unit, Zones::calendarUnit);
    try {
      return LocalDate.ofEpochDay(date).plus(count, chronoUnit(known)).toEpochDay();
    } catch (DateTimeException | ArithmeticException outside) {
      throw outside(count, unit);
    }
  }

  @Function(
      family = Family.TIME,
      signature = "(unit: string, from: timestamp, to: timestamp, zone: string) -> int",
      summary = "How many whole units lie between two times; negative where the second is earlier.",
      examples = {
        "date_diff('hour', to_timestamp('2026-01-01T00:30:00Z'), to_timestamp('2026-01-01T02:00:00Z'), 'UTC') == 1",
        "date_diff('day', to_timestamp('2026-03-28T11:00:00Z'), to_timestamp('2026-03-29T10:00:00Z'), 'Europe/Paris') == 1"
      },
      fails = "the unit or the zone is unknown",
      typing = Zones.UnitFirst.class)
  public static long dateDiff(Call call, String unit, long from, long to, String zone) {
    ZoneId there = Zones.zone(call, 0, zone);
    call.remember(1, unit, Zones::unit);
    if (Zones.CLOCK_UNITS.contains(unit)) {
      long difference = to - from;
      if (((to ^ from) & (to ^ difference)) < 0) {
        throw Failure.domain("the times lie too far apart");
      }
      return difference / micros(unit);
    }
    return chronoUnit(unit).between(local(from, there), local(to, there));
  }

  @Function(
      family = Family.TIME,
      signature = "(unit: string, from: date, to: date) -> int",
      summary = "How many whole units lie between two dates; negative where the second is earlier.",
      examples = "date_diff('year', to_date('2004-02-29'), to_date('2026-02-28')) == 21",
      fails = "the unit is unknown",
      typing = Zones.UnitFirst.class)
  public static long dateDiff(Call call, String unit, long from, long to) {
    String known = call.remember(1, unit, Zones::calendarUnit);
    return chronoUnit(known).between(LocalDate.ofEpochDay(from), LocalDate.ofEpochDay(to));
  }

  @Function(
      family = Family.TIME,
      signature = "(date: date) -> date",
      summary = "The last day of the date's month.",
      examples = "last_day(to_date('2028-02-03')) == to_date('2028-02-29')")
  public static long lastDay(long date) {
    return LocalDate.ofEpochDay(date).with(TemporalAdjusters.lastDayOfMonth()).toEpochDay();
  }

  /** A time as clocks in a zone show it. */
  static ZonedDateTime local(long micros, ZoneId zone) {
    return TimeFormat.instant(micros).atZone(zone);
  }

  /** The first moment of a date in a zone. */
  static long startOfDay(long date, ZoneId zone) {
    try {
      return micros(LocalDate.ofEpochDay(date).atStartOfDay(zone));
    } catch (DateTimeException | ArithmeticException outside) {
      throw Failure.domain("the date lies outside of the times there are");
    }
  }

  private static long micros(ZonedDateTime time) {
    return TimeFormat.micros(time.toInstant());
  }

  private static long micros(String unit) {
    return switch (unit) {
      case "hour" -> 3600 * Times.MICROS_PER_SECOND;
      case "minute" -> 60 * Times.MICROS_PER_SECOND;
      case "second" -> Times.MICROS_PER_SECOND;
      case "millisecond" -> 1000;
      default -> 1;
    };
  }

  private static TemporalUnit chronoUnit(String unit) {
    return switch (unit) {
      case "day" -> ChronoUnit.DAYS;
      case "week" -> ChronoUnit.WEEKS;
      case "month" -> ChronoUnit.MONTHS;
      case "quarter" -> IsoFields.QUARTER_YEARS;
      default -> ChronoUnit.YEARS;
    };
  }

  private static LocalDate beginning(String unit, LocalDate date) {
    return switch (unit) {
      case "day" -> date;
      case "week" -> date.with(TemporalAdjusters.previousOrSame(DayOfWeek.MONDAY));
      case "month" -> date.withDayOfMonth(1);
      case "quarter" -> date.with(IsoFields.DAY_OF_QUARTER, 1);
      default -> date.withDayOfYear(1);
    };
  }

  private static EvaluationException outside(long count, String unit) {
    return Failure.domain(
        "`"
            + count
            + "` times "
            + Failure.quoted(unit)
            + " later lies outside of the times there are");
  }
}
