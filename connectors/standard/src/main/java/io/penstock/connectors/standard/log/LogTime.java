package io.penstock.connectors.standard.log;

import io.penstock.api.data.TimeFormat;
import io.penstock.api.data.Times;
import io.penstock.api.problem.ProblemCode;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.Year;
import java.time.ZoneId;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Times as RFC 3164 has them: {@code Jan 2 03:04:05}, without year and zone. Some write a year or a
 * fraction too.
 *
 * @param zone of the times
 * @param year of those that name none; left out, it is known by when the record came in
 */
record LogTime(ZoneId zone, OptionalInt year) {
  static final List<String> MONTHS =
      List.of("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec");

  private static final Pattern TIME =
      Pattern.compile(
          "([A-Z][a-z]{2}) {1,2}([0-9]{1,2}) (?:([0-9]{4}) )?"
              + "([0-9]{1,2}):([0-9]{1,2}):([0-9]{1,2})(?:[.,]([0-9]{1,9})[0-9]*)?");

  private static final Pattern DAY = Pattern.compile("([A-Z][a-z]{2}) {1,2}[0-9]{1,2} ");

  /** A leap day is at most eight years back, but for years such as 1900. */
  private static final int YEARS = 8;

  /**
   * The time that begins here, which is stepped over; empty where none does.
   *
   * @param text of the whole record
   * @param readAt when it came in, micros since 1970
   */
  Optional<Part.Time> take(String text, TextPlace place, Optional<Long> readAt) {
    Matcher begins = DAY.matcher(text).region(place.at(), text.length());
    if (!begins.lookingAt() || month(begins.group(1)) == 0) {
      return Optional.empty();
    }
    Matcher found = TIME.matcher(text).region(place.at(), text.length());
    if (!found.lookingAt()) {
      place.goTo(begins.end());
      throw place.wrong("a time such as `03:04:05` is missing");
    }
    int month = month(found.group(1));
    int day = Integer.parseInt(found.group(2));
    LocalTime time = timeOfDay(found, place);
    if (day < 1 || day > LocalDate.of(2000, month, 1).lengthOfMonth()) {
      throw place.wrong("there is no day " + day + " in that month");
    }
    place.goTo(found.end());
    String written = found.group();
    String named = found.group(3);
    if (named != null) {
      return Optional.of(
          new Part.Time(written, () -> micros(Integer.parseInt(named), month, day, time, written)));
    }
    return Optional.of(new Part.Time(written, () -> guessed(month, day, time, written, readAt)));
  }

  private static int month(String letters) {
    return MONTHS.indexOf(letters) + 1;
  }

  private static LocalTime timeOfDay(Matcher found, TextPlace place) {
    int second = Integer.parseInt(found.group(6));
    String fraction = found.group(7) == null ? "" : found.group(7);
    int nanos = Integer.parseInt(fraction + "0".repeat(9 - fraction.length()));
    try {
      // A leap second is told as the one before.
      return LocalTime.of(
          Integer.parseInt(found.group(4)),
          Integer.parseInt(found.group(5)),
          second == 60 ? 59 : second,
          nanos);
    } catch (DateTimeException wrong) {
      throw place.wrong("there is no such time of day");
    }
  }

  /** The year that is given, or the latest that lies at most a day behind the time of reading. */
  private long guessed(int month, int day, LocalTime time, String written, Optional<Long> readAt) {
    if (year.isPresent()) {
      return micros(year.getAsInt(), month, day, time, written);
    }
    if (readAt.isEmpty()) {
      throw new BadRecord(
          ProblemCode.D104,
          "`time` has no year, and nobody knows it: `"
              + written
              + "`; write `syslog: { year: 2026 }`, or declare `time: string`");
    }
    int now =
        Instant.ofEpochSecond(Math.floorDiv(readAt.get(), Times.MICROS_PER_SECOND))
            .atZone(zone)
            .getYear();
    for (int i = 1; i >= -YEARS; i--) {
      if (exists(now + i, month, day)) {
        long micros = micros(now + i, month, day, time, written);
        if (micros - Times.MICROS_PER_DAY <= readAt.get()) {
          return micros;
        }
      }
    }
    throw noDay(written);
  }

  private long micros(int inYear, int month, int day, LocalTime time, String written) {
    if (!exists(inYear, month, day)) {
      throw noDay(written);
    }
    return TimeFormat.micros(
        LocalDate.of(inYear, month, day).atTime(time).atZone(zone).toInstant());
  }

  private static boolean exists(int inYear, int month, int day) {
    return Math.abs(inYear) < Year.MAX_VALUE / 2
        && day <= LocalDate.of(inYear, month, 1).lengthOfMonth();
  }

  private static BadRecord noDay(String written) {
    return new BadRecord(
        ProblemCode.D104, "`time` is on a day that there is not: `" + written + "`");
  }
}
