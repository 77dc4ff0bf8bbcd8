package io.penstock.core.schedule;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.DayOfWeek;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** Times of cron expressions, through gaps and overlaps of zones. */
final class CronTimesTest {
  private static final String BERLIN = "Europe/Berlin";

  @Test
  void comesAtItsLocalTimeInSummerAndInWinter() {
    assertAfter("0 2 * * *", BERLIN, "2026-01-15T12:00:00Z", "2026-01-16T01:00:00Z");
    assertAfter("0 2 * * *", BERLIN, "2026-07-15T12:00:00Z", "2026-07-16T00:00:00Z");
  }

  @Test
  void isLaterThanTheInstantNeverEqualToIt() {
    assertAfter("0 2 * * *", "UTC", "2026-01-15T02:00:00Z", "2026-01-16T02:00:00Z");
    assertAfter("0 2 * * *", "UTC", "2026-01-15T01:59:59.999999999Z", "2026-01-15T02:00:00Z");
  }

  @Test
  void upToIsTheInstantItselfOrBefore() {
    assertUpTo("0 2 * * *", "UTC", "2026-01-15T02:00:00Z", "2026-01-15T02:00:00Z");
    assertUpTo("0 2 * * *", "UTC", "2026-01-15T01:59:59.999999999Z", "2026-01-14T02:00:00Z");
  }

  @Test
  void aTimeInAGapComesAsMuchLaterAsTheGapIsLong() {
    assertAfter(
        "30 2 * * *",
        BERLIN,
        "2026-03-28T12:00:00Z",
        "2026-03-29T01:30:00Z",
        "2026-03-30T00:30:00Z");
    assertAfter("30 2 * * *", "America/New_York", "2026-03-08T05:00:00Z", "2026-03-08T07:30:00Z");
  }

  @Test
  void twoTimesThatAGapBringsTogetherAreOne() {
    assertAfter(
        "30 2,3 * * *",
        BERLIN,
        "2026-03-28T12:00:00Z",
        "2026-03-29T01:30:00Z",
        "2026-03-30T00:30:00Z");
  }

  @Test
  void timesThatAGapPutsOutOfOrderAscend() {
    assertAfter(
        "15 2,3 * * *",
        BERLIN,
        "2026-03-29T00:30:00Z",
        "2026-03-29T01:15:00Z",
        "2026-03-30T00:15:00Z");
    assertAfter(
        "0,45 2-3 * * *",
        BERLIN,
        "2026-03-29T00:30:00Z",
        "2026-03-29T01:00:00Z",
        "2026-03-29T01:45:00Z",
        "2026-03-30T00:00:00Z");
  }

  @Test
  void aTimeInAnOverlapComesTheFirstTimeOnly() {
    assertAfter(
        "30 2 * * *",
        BERLIN,
        "2026-10-24T12:00:00Z",
        "2026-10-25T00:30:00Z",
        "2026-10-26T01:30:00Z");
    assertUpTo("30 2 * * *", BERLIN, "2026-10-25T02:00:00Z", "2026-10-25T00:30:00Z");
  }

  @Test
  void whatComesEveryHourComesInBothHoursOfAnOverlap() {
    assertAfter(
        "0 * * * *",
        BERLIN,
        "2026-10-24T23:30:00Z",
        "2026-10-25T00:00:00Z",
        "2026-10-25T01:00:00Z",
        "2026-10-25T02:00:00Z");
    assertAfter(
        "*/30 * * * *",
        BERLIN,
        "2026-10-25T00:10:00Z",
        "2026-10-25T00:30:00Z",
        "2026-10-25T01:00:00Z",
        "2026-10-25T01:30:00Z",
        "2026-10-25T02:00:00Z");
  }

  @Test
  void aDayThatAZoneLeavesOutComesOnTheNext() {
    assertAfter("0 9 30 12 *", "Pacific/Apia", "2011-12-29T00:00:00Z", "2011-12-30T19:00:00Z");
  }

  @Test
  void aShiftOfHalfAnHourIsOneToo() {
    assertAfter(
        "15 2 * * *", "Australia/Lord_Howe", "2026-10-03T00:00:00Z", "2026-10-03T15:45:00Z");
  }

  @Test
  void theTwentyNinthOfFebruaryLeavesOutTheYear1900() {
    assertAfter(
        "0 0 29 2 *",
        "UTC",
        "2096-01-01T00:00:00Z",
        "2096-02-29T00:00:00Z",
        "2104-02-29T00:00:00Z");
    assertUpTo("0 0 29 2 *", "UTC", "2103-01-01T00:00:00Z", "2096-02-29T00:00:00Z");
  }

  @Test
  void aDayOfEitherKindIsMeantWhereBothAreRestricted() {
    assertAfter(
        "0 0 13 * FRI",
        "UTC",
        "2026-01-08T00:00:00Z",
        "2026-01-09T00:00:00Z",
        "2026-01-13T00:00:00Z",
        "2026-01-16T00:00:00Z");
  }

  /** Against every minute of the days around, told by the fields alone. */
  @Test
  void randomExpressionsComeWhereEachMinuteSaysSo() {
    Random random = new Random(7);
    List<String> zones =
        List.of("UTC", BERLIN, "America/New_York", "Australia/Lord_Howe", "Asia/Kolkata");
    for (int i = 0; i < 60; i++) {
      Fields fields = Fields.random(random);
      ZoneId zone = ZoneId.of(zones.get(random.nextInt(zones.size())));
      String near = random.nextBoolean() ? "2026-03-27T13:07:00Z" : "2026-10-23T13:07:00Z";
      Instant from = Instant.parse(near).plus(random.nextInt(14) - 7, ChronoUnit.DAYS);
      CronTimes times = new CronTimes(CronCalendar.of(fields.toString()), zone);
      TreeSet<Instant> wanted = fields.instants(zone, from, from.plus(4, ChronoUnit.DAYS));
      TreeSet<Instant> found = new TreeSet<>();
      Optional<Instant> next = times.after(from);
      while (next.isPresent()
          && next.get().isBefore(from.plus(4, ChronoUnit.DAYS))
          && found.size() < 40) {
        assertTrue(found.add(next.get()), fields + " twice at " + next);
        assertEquals(next, times.upTo(next.get().plusNanos(1)), fields + " " + zone);
        next = times.after(next.get());
      }
      assertEquals(
          wanted.stream().limit(40).collect(Collectors.toList()),
          new ArrayList<>(found),
          fields + " in " + zone);
    }
  }

  /** The oracle: which minutes the fields of an expression name. */
  private record Fields(List<String> written) {
    static Fields random(Random random) {
      return new Fields(
          List.of(
              field(random, 0, 59),
              field(random, 0, 23),
              random.nextInt(3) > 0 ? "*" : field(random, 1, 31),
              random.nextInt(3) > 0 ? "*" : field(random, 1, 12),
              random.nextInt(3) > 0 ? "*" : field(random, 0, 6)));
    }

    private static String field(Random random, int least, int most) {
      int a = least + random.nextInt(most - least + 1);
      int b = least + random.nextInt(most - least + 1);
      return switch (random.nextInt(5)) {
        case 0 -> "*";
        case 1 -> String.valueOf(a);
        case 2 -> Math.min(a, b) + "-" + Math.max(a, b);
        case 3 -> "*/" + (1 + random.nextInt(Math.max(1, (most - least) / 2)));
        default -> a + "," + b;
      };
    }

    TreeSet<Instant> instants(ZoneId zone, Instant from, Instant to) {
      TreeSet<Instant> all = new TreeSet<>();
      LocalDateTime time =
          LocalDateTime.ofInstant(from, ZoneOffset.UTC).minusDays(1).truncatedTo(ChronoUnit.HOURS);
      LocalDateTime end = LocalDateTime.ofInstant(to, ZoneOffset.UTC).plusDays(1);
      for (; time.isBefore(end); time = time.plusMinutes(1)) {
        if (names(time)) {
          ZonedDateTime first = time.atZone(zone);
          all.add(first.withEarlierOffsetAtOverlap().toInstant());
          if (written.get(1).equals("*")) {
            all.add(first.withLaterOffsetAtOverlap().toInstant());
          }
        }
      }
      return new TreeSet<>(all.tailSet(from.plusNanos(1)).headSet(to));
    }

    private boolean names(LocalDateTime time) {
      boolean day = names(2, time.getDayOfMonth(), 1);
      boolean weekday = names(4, time.getDayOfWeek().getValue() % DayOfWeek.values().length, 0);
      boolean either = !written.get(2).equals("*") && !written.get(4).equals("*");
      return names(0, time.getMinute(), 0)
          && names(1, time.getHour(), 0)
          && names(3, time.getMonthValue(), 1)
          && (either ? day || weekday : day && weekday);
    }

    private boolean names(int field, int value, int least) {
      String text = written.get(field);
      if (text.equals("*")) {
        return true;
      }
      if (text.startsWith("*/")) {
        return (value - least) % Integer.parseInt(text.substring(2)) == 0;
      }
      int dash = text.indexOf('-');
      if (dash > 0) {
        return value >= Integer.parseInt(text.substring(0, dash))
            && value <= Integer.parseInt(text.substring(dash + 1));
      }
      return List.of(text.split(",")).contains(String.valueOf(value));
    }

    @Override
    public String toString() {
      return String.join(" ", written);
    }
  }

  private static void assertAfter(String at, String zone, String from, String... wanted) {
    CronTimes times = new CronTimes(CronCalendar.of(at), ZoneId.of(zone));
    Instant instant = Instant.parse(from);
    for (String slot : wanted) {
      instant = times.after(instant).orElseThrow();
      assertEquals(Instant.parse(slot), instant);
    }
  }

  private static void assertUpTo(String at, String zone, String from, String wanted) {
    CronTimes times = new CronTimes(CronCalendar.of(at), ZoneId.of(zone));
    assertEquals(Optional.of(Instant.parse(wanted)), times.upTo(Instant.parse(from)));
  }
}
