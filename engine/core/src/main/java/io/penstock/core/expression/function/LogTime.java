package io.penstock.core.expression.function;

import io.penstock.api.data.TimeFormat;
import io.penstock.api.data.Times;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.Year;
import java.time.ZoneId;
import java.util.List;
import java.util.Locale;

/** Times of logs that name no year or no zone. */
final class LogTime {
  /** A leap day is at most eight years back, but for years such as 1900. */
  private static final int YEARS = 8;

  private static final List<String> MONTHS =
      List.of("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec");

  private LogTime() {}

  /** The number of a month by its three letters; 0 where they are none. */
  static int month(String letters) {
    return MONTHS.indexOf(letters.toLowerCase(Locale.ROOT)) + 1;
  }

  /** Where a text has the time of a day: {@code 03:04:05}, perhaps with a fraction. */
  static LocalTime timeOfDay(TextCursor text) {
    int hour = text.number(2);
    text.expect(":");
    int minute = text.number(2);
    text.expect(":");
    int second = text.number(2);
    int nanos = text.take(".") || text.take(",") ? fraction(text) : 0;
    try {
      // A leap second is told as the one before.
      return LocalTime.of(hour, minute, second == 60 ? 59 : second, nanos);
    } catch (DateTimeException wrong) {
      throw text.wrong("there is no such time of day");
    }
  }

  private static int fraction(TextCursor text) {
    int from = text.at();
    int digits = text.number(9);
    for (int i = text.at() - from; i < 9; i++) {
      digits *= 10;
    }
    while (text.here() >= '0' && text.here() <= '9') {
      text.goTo(text.at() + 1);
    }
    return digits;
  }

  /**
   * The time of a day without a year: the latest that lies at most a day behind the time at which
   * it was read, since clocks differ.
   */
  static long latest(
      TextCursor text, int month, int day, LocalTime time, ZoneId zone, long readAt) {
    int year = Calendars.local(readAt, zone).getYear();
    for (int i = 1; i >= -YEARS; i--) {
      if (exists(year + i, month, day)) {
        long micros = of(text, year + i, month, day, time, zone);
        if (micros - Times.MICROS_PER_DAY <= readAt) {
          return micros;
        }
      }
    }
    throw text.wrong("there is no day " + day + " in month " + month);
  }

  private static boolean exists(int year, int month, int day) {
    return Math.abs(year) < Year.MAX_VALUE / 2
        && month >= 1
        && month <= 12
        && day >= 1
        && day <= LocalDate.of(year, month, 1).lengthOfMonth();
  }

  /** A time with all its parts. */
  static long of(TextCursor text, int year, int month, int day, LocalTime time, ZoneId zone) {
    if (!exists(year, month, day)) {
      throw text.wrong("there is no such day");
    }
    try {
      return TimeFormat.micros(
          LocalDate.of(year, month, day).atTime(time).atZone(zone).toInstant());
    } catch (ArithmeticException outside) {
      throw text.wrong("its time lies outside of the times there are");
    }
  }
}
