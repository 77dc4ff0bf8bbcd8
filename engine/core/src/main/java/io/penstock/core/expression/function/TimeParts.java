package io.penstock.core.expression.function;

import io.penstock.core.expression.function.Function.Family;
import java.time.LocalDate;
import java.time.temporal.IsoFields;

/** Functions that give a part of a time: its year, its hour. */
public final class TimeParts {
  private TimeParts() {}

  @Function(
      family = Family.TIME,
      signature = "(time: timestamp, zone: string) -> int",
      summary = "The year, as clocks and calendars in the zone show it.",
      examples = "year(to_timestamp('2026-12-31T23:30:15.5Z'), 'Europe/Paris') == 2027",
      fails = "the zone is unknown",
      typing = Zones.ZoneSecond.class)
  public static long year(Call call, long time, String zone) {
    return Calendars.local(time, Zones.zone(call, 0, zone)).getYear();
  }

  @Function(
      family = Family.TIME,
      signature = "(date: date) -> int",
      summary = "The year.",
      examples = "year(to_date('2026-12-31')) == 2026")
  public static long year(long date) {
    return LocalDate.ofEpochDay(date).getYear();
  }

  @Function(
      family = Family.TIME,
      signature = "(time: timestamp, zone: string) -> int",
      summary = "The month from 1 to 12, as clocks and calendars in the zone show it.",
      examples = "month(to_timestamp('2026-12-31T23:30:15.5Z'), 'UTC') == 12",
      fails = "the zone is unknown",
      typing = Zones.ZoneSecond.class)
  public static long month(Call call, long time, String zone) {
    return Calendars.local(time, Zones.zone(call, 0, zone)).getMonthValue();
  }

  @Function(
      family = Family.TIME,
      signature = "(date: date) -> int",
      summary = "The month from 1 to 12.",
      examples = "month(to_date('2026-12-31')) == 12")
  public static long month(long date) {
    return LocalDate.ofEpochDay(date).getMonthValue();
  }

  @Function(
      family = Family.TIME,
      signature = "(time: timestamp, zone: string) -> int",
      summary = "The day of the month from 1 on, as clocks and calendars in the zone show it.",
      examples = "day(to_timestamp('2026-12-31T23:30:15.5Z'), 'Europe/Paris') == 1",
      fails = "the zone is unknown",
      typing = Zones.ZoneSecond.class)
  public static long day(Call call, long time, String zone) {
    return Calendars.local(time, Zones.zone(call, 0, zone)).getDayOfMonth();
  }

  @Function(
      family = Family.TIME,
      signature = "(date: date) -> int",
      summary = "The day of the month from 1 on.",
      examples = "day(to_date('2026-12-31')) == 31")
  public static long day(long date) {
    return LocalDate.ofEpochDay(date).getDayOfMonth();
  }

  @Function(
      family = Family.TIME,
      signature = "(time: timestamp, zone: string) -> int",
      summary = "The hour from 0 to 23, as clocks and calendars in the zone show it.",
      examples = "hour(to_timestamp('2026-12-31T23:30:15.5Z'), 'Asia/Kolkata') == 5",
      fails = "the zone is unknown",
      typing = Zones.ZoneSecond.class)
  public static long hour(Call call, long time, String zone) {
    return Calendars.local(time, Zones.zone(call, 0, zone)).getHour();
  }

  @Function(
      family = Family.TIME,
      signature = "(time: timestamp, zone: string) -> int",
      summary = "The minute from 0 to 59, as clocks and calendars in the zone show it.",
      examples = "minute(to_timestamp('2026-12-31T23:30:15.5Z'), 'Asia/Kolkata') == 0",
      fails = "the zone is unknown",
      typing = Zones.ZoneSecond.class)
  public static long minute(Call call, long time, String zone) {
    return Calendars.local(time, Zones.zone(call, 0, zone)).getMinute();
  }

  @Function(
      family = Family.TIME,
      signature = "(time: timestamp, zone: string) -> int",
      summary =
          "The second from 0 to 59, without its fraction, as clocks and calendars in the zone show it.",
      examples = "second(to_timestamp('2026-12-31T23:30:15.5Z'), 'UTC') == 15",
      fails = "the zone is unknown",
      typing = Zones.ZoneSecond.class)
  public static long second(Call call, long time, String zone) {
    return Calendars.local(time, Zones.zone(call, 0, zone)).getSecond();
  }

  @Function(
      family = Family.TIME,
      signature = "(time: timestamp, zone: string) -> int",
      summary =
          "The day of the week, Monday 1 to Sunday 7, as clocks and calendars in the zone show it.",
      examples = "day_of_week(to_timestamp('2026-12-31T23:30:15.5Z'), 'UTC') == 4",
      fails = "the zone is unknown",
      typing = Zones.ZoneSecond.class)
  public static long dayOfWeek(Call call, long time, String zone) {
    return Calendars.local(time, Zones.zone(call, 0, zone)).getDayOfWeek().getValue();
  }

  @Function(
      family = Family.TIME,
      signature = "(date: date) -> int",
      summary = "The day of the week, Monday 1 to Sunday 7.",
      examples = "day_of_week(to_date('2026-12-31')) == 4")
  public static long dayOfWeek(long date) {
    return LocalDate.ofEpochDay(date).getDayOfWeek().getValue();
  }

  @Function(
      family = Family.TIME,
      signature = "(time: timestamp, zone: string) -> int",
      summary = "The day of the year from 1 on, as clocks and calendars in the zone show it.",
      examples = "day_of_year(to_timestamp('2026-12-31T23:30:15.5Z'), 'UTC') == 365",
      fails = "the zone is unknown",
      typing = Zones.ZoneSecond.class)
  public static long dayOfYear(Call call, long time, String zone) {
    return Calendars.local(time, Zones.zone(call, 0, zone)).getDayOfYear();
  }

  @Function(
      family = Family.TIME,
      signature = "(date: date) -> int",
      summary = "The day of the year from 1 on.",
      examples = "day_of_year(to_date('2026-12-31')) == 365")
  public static long dayOfYear(long date) {
    return LocalDate.ofEpochDay(date).getDayOfYear();
  }

  @Function(
      family = Family.TIME,
      signature = "(time: timestamp, zone: string) -> int",
      summary = "The ISO week from 1 to 53, as clocks and calendars in the zone show it.",
      examples = "week(to_timestamp('2026-12-31T23:30:15.5Z'), 'UTC') == 53",
      fails = "the zone is unknown",
      typing = Zones.ZoneSecond.class)
  public static long week(Call call, long time, String zone) {
    return Calendars.local(time, Zones.zone(call, 0, zone)).get(IsoFields.WEEK_OF_WEEK_BASED_YEAR);
  }

  @Function(
      family = Family.TIME,
      signature = "(date: date) -> int",
      summary = "The ISO week from 1 to 53.",
      examples = "week(to_date('2026-12-31')) == 53")
  public static long week(long date) {
    return LocalDate.ofEpochDay(date).get(IsoFields.WEEK_OF_WEEK_BASED_YEAR);
  }
}
