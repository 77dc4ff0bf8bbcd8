package io.penstock.core.compile;

/**
 * Parts of times in zones with a fixed distance to UTC, without calendar objects, for generated
 * loops.
 */
public final class ClockParts {
  private static final long MICROS_PER_DAY = 86_400_000_000L;
  private static final long MICROS_PER_HOUR = 3_600_000_000L;
  private static final long MICROS_PER_MINUTE = 60_000_000L;
  private static final long MICROS_PER_SECOND = 1_000_000L;
  private static final long DAYS_PER_ERA = 146_097;
  private static final long DAYS_TO_1970 = 719_468;

  private ClockParts() {}

  private static long ofDay(long time, long offset) {
    return Math.floorMod(Math.floorMod(time, MICROS_PER_DAY) + offset, MICROS_PER_DAY);
  }

  private static long days(long time, long offset) {
    return Math.floorDiv(time, MICROS_PER_DAY)
        + Math.floorDiv(Math.floorMod(time, MICROS_PER_DAY) + offset, MICROS_PER_DAY);
  }

  /** The hour from 0 to 23. */
  public static long hour(long time, long offset) {
    return ofDay(time, offset) / MICROS_PER_HOUR;
  }

  /** The minute from 0 to 59. */
  public static long minute(long time, long offset) {
    return ofDay(time, offset) / MICROS_PER_MINUTE % 60;
  }

  /** The second from 0 to 59. */
  public static long second(long time, long offset) {
    return ofDay(time, offset) / MICROS_PER_SECOND % 60;
  }

  /** Monday 1 to Sunday 7. */
  public static long dayOfWeek(long time, long offset) {
    return Math.floorMod(days(time, offset) + 3, 7L) + 1;
  }

  /** The year. */
  public static long year(long time, long offset) {
    long shifted = days(time, offset) + DAYS_TO_1970;
    long era = Math.floorDiv(shifted, DAYS_PER_ERA);
    long day = shifted - era * DAYS_PER_ERA;
    long yearOfEra = yearOfEra(day);
    return yearOfEra + era * 400 + (marchMonth(day, yearOfEra) >= 10 ? 1 : 0);
  }

  /** The month from 1 to 12. */
  public static long month(long time, long offset) {
    long day = Math.floorMod(days(time, offset) + DAYS_TO_1970, DAYS_PER_ERA);
    long month = marchMonth(day, yearOfEra(day));
    return month < 10 ? month + 3 : month - 9;
  }

  /** The day of the month from 1 on. */
  public static long day(long time, long offset) {
    long day = Math.floorMod(days(time, offset) + DAYS_TO_1970, DAYS_PER_ERA);
    long yearOfEra = yearOfEra(day);
    long month = marchMonth(day, yearOfEra);
    return marchDay(day, yearOfEra) - (153 * month + 2) / 5 + 1;
  }

  // Years begin in March here, so that the leap day is a year's last one.
  private static long yearOfEra(long day) {
    return (day - day / 1460 + day / 36_524 - day / 146_096) / 365;
  }

  private static long marchDay(long day, long yearOfEra) {
    return day - (365 * yearOfEra + yearOfEra / 4 - yearOfEra / 100);
  }

  private static long marchMonth(long day, long yearOfEra) {
    return (5 * marchDay(day, yearOfEra) + 2) / 153;
  }
}
