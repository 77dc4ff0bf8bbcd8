package io.penstock.core.operator;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.penstock.api.option.Span;
import io.penstock.api.option.Span.Unit;
import io.penstock.core.logical.Window;
import java.time.Instant;
import java.time.ZoneId;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class WindowGridTest {
  private static final long HOUR = 3_600_000_000L;
  private static final long DAY = 24 * HOUR;
  private static final Span NO_OFFSET = Span.ZERO;

  private static Span micros(long count) {
    return new Span(count, Unit.MICROS);
  }

  private static long at(String instant) {
    return ChronoUnit.MICROS.between(Instant.EPOCH, Instant.parse(instant));
  }

  private static String shown(long start, long end) {
    return Instant.EPOCH.plus(start, ChronoUnit.MICROS)
        + " "
        + Instant.EPOCH.plus(end, ChronoUnit.MICROS);
  }

  private static List<String> windows(Window window, long time) {
    List<String> found = new ArrayList<>();
    WindowFinder.of(window).find(time, (start, end) -> found.add(start + " " + end));
    return found;
  }

  private static Window tumbling(Span size, Span offset, String zone) {
    Optional<ZoneId> of = zone.isEmpty() ? Optional.empty() : Optional.of(ZoneId.of(zone));
    return new Window.Tumbling(size, offset, of);
  }

  private static String one(Window window, String time) {
    List<String> found = new ArrayList<>();
    WindowFinder.of(window).find(at(time), (start, end) -> found.add(shown(start, end)));
    assertEquals(1, found.size());
    return found.get(0);
  }

  @ParameterizedTest
  @CsvSource({
    "0, 0, 0 10",
    "9, 0, 0 10",
    "10, 0, 10 20",
    "-1, 0, -10 0",
    "-10, 0, -10 0",
    "-11, 0, -20 -10",
    "4, 5, -5 5",
    "5, 5, 5 15",
    "-6, 5, -15 -5",
    "4, -5, -5 5",
    "3, 25, -5 5"
  })
  void tumblingWindowsAreHalfOpenBeforeTheEpochToo(long time, long offset, String window) {
    assertEquals(List.of(window), windows(tumbling(micros(10), micros(offset), ""), time));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "0 | 10 | 5 | 0 10,-5 5",
        "7 | 10 | 3 | 6 16,3 13,0 10",
        "-1 | 10 | 5 | -5 5,-10 0",
        "9 | 10 | 10 | 0 10",
        "7 | 4 | 10 | ''",
        "3 | 4 | 10 | 0 4"
      })
  void hoppingWindowsAreAllThatHoldTheTime(long time, long size, long every, String wanted) {
    Window window = new Window.Hopping(micros(size), micros(every), NO_OFFSET, Optional.empty());

    assertEquals(wanted, String.join(",", windows(window, time)));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "0 | 10 | 5 | 0 5,0 10",
        "4 | 10 | 4 | 0 8,0 10",
        "9 | 10 | 4 | 0 10",
        "-1 | 10 | 3 | -10 0",
        "-10 | 10 | 3 | -10 -7,-10 -4,-10 -1,-10 0"
      })
  void cumulativeWindowsGrowToTheWholeSize(long time, long size, long every, String wanted) {
    Window window = new Window.Cumulative(micros(size), micros(every), NO_OFFSET, Optional.empty());

    assertEquals(wanted, String.join(",", windows(window, time)));
  }

  @ParameterizedTest
  @CsvSource({
    "Europe/Paris, 2026-03-29T12:00:00Z, 2026-03-28T23:00:00Z 2026-03-29T22:00:00Z",
    "Europe/Paris, 2026-10-25T01:30:00Z, 2026-10-24T22:00:00Z 2026-10-25T23:00:00Z",
    // Midnight comes twice; the first counts.
    "America/Havana, 2026-11-01T04:30:00Z, 2026-11-01T04:00:00Z 2026-11-02T05:00:00Z",
    "America/Havana, 2026-11-01T05:30:00Z, 2026-11-01T04:00:00Z 2026-11-02T05:00:00Z",
    "America/Havana, 2026-11-01T03:59:59Z, 2026-10-31T04:00:00Z 2026-11-01T04:00:00Z",
    // There is no midnight; the day begins at one o'clock.
    "Asia/Beirut, 2026-03-28T21:59:59Z, 2026-03-27T22:00:00Z 2026-03-28T22:00:00Z",
    "Asia/Beirut, 2026-03-28T22:00:00Z, 2026-03-28T22:00:00Z 2026-03-29T21:00:00Z",
    // There was no 30 December 2011.
    "Pacific/Apia, 2011-12-30T09:59:59Z, 2011-12-29T10:00:00Z 2011-12-30T10:00:00Z",
    "Pacific/Apia, 2011-12-30T10:00:00Z, 2011-12-30T10:00:00Z 2011-12-31T10:00:00Z"
  })
  void daysOfAZoneAreAsLongAsTheyAre(String zone, String time, String window) {
    assertEquals(window, one(tumbling(new Span(1, Unit.DAYS), NO_OFFSET, zone), time));
  }

  @ParameterizedTest
  @CsvSource({
    "1, MONTHS, 2026-01-31T23:59:59Z, 2026-01-01T00:00:00Z 2026-02-01T00:00:00Z",
    "1, MONTHS, 2028-02-29T00:00:00Z, 2028-02-01T00:00:00Z 2028-03-01T00:00:00Z",
    "1, MONTHS, 1969-12-31T23:59:59Z, 1969-12-01T00:00:00Z 1970-01-01T00:00:00Z",
    "3, MONTHS, 2026-05-31T00:00:00Z, 2026-04-01T00:00:00Z 2026-07-01T00:00:00Z",
    "5, MONTHS, 1969-12-31T00:00:00Z, 1969-08-01T00:00:00Z 1970-01-01T00:00:00Z",
    "1, YEARS, 2024-02-29T00:00:00Z, 2024-01-01T00:00:00Z 2025-01-01T00:00:00Z",
    "1, WEEKS, 2026-11-29T12:00:00Z, 2026-11-23T00:00:00Z 2026-11-30T00:00:00Z",
    "1, WEEKS, 1970-01-01T00:00:00Z, 1969-12-29T00:00:00Z 1970-01-05T00:00:00Z",
    "2, WEEKS, 1970-01-04T00:00:00Z, 1969-12-22T00:00:00Z 1970-01-05T00:00:00Z",
    "2, DAYS, 1969-12-31T00:00:00Z, 1969-12-30T00:00:00Z 1970-01-01T00:00:00Z"
  })
  void calendarUnitsBeginWhereTheCalendarSays(long count, Unit unit, String time, String window) {
    assertEquals(window, one(tumbling(new Span(count, unit), NO_OFFSET, ""), time));
    assertEquals(window, one(tumbling(new Span(count, unit), NO_OFFSET, "UTC"), time));
  }

  @Test
  void anOffsetIsOfLocalTime() {
    Window days = tumbling(new Span(1, Unit.DAYS), micros(5 * HOUR / 2), "Europe/Paris");

    // Half past two does not exist on 29 March, so that this day begins an hour later.
    String second = "2026-03-29T01:30:00Z 2026-03-30T00:30:00Z";
    assertEquals("2026-03-28T01:30:00Z 2026-03-29T01:30:00Z", one(days, "2026-03-29T01:29:59Z"));
    assertEquals(second, one(days, "2026-03-29T01:30:00Z"));
  }

  /** Every moment is in exactly one window of a grid, and windows leave nothing out. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "Europe/Paris",
        "America/Havana",
        "Asia/Beirut",
        "Australia/Lord_Howe",
        "Pacific/Apia",
        "America/Sao_Paulo",
        "Asia/Kathmandu",
        "UTC"
      })
  void windowsFollowEachOtherWithoutGapsInEveryZone(String zone) {
    for (Span size :
        List.of(new Span(1, Unit.DAYS), new Span(1, Unit.WEEKS), new Span(1, Unit.MONTHS))) {
      for (long offset : new long[] {0, HOUR, 5 * HOUR / 2, -HOUR}) {
        WindowGrid grid = WindowGrid.of(size, micros(offset), Optional.of(ZoneId.of(zone)));
        long start = grid.floor(at("2009-12-31T00:00:00Z"));
        for (int i = 0; start < at("2013-02-01T00:00:00Z"); i++) {
          long end = grid.after(start, 1);
          assertEquals(start, grid.floor(start), zone + size + offset);
          long last = grid.floor(end - 1);
          if (last > start) {
            // Two began at one moment: the first of them is empty.
            assertEquals(end, grid.after(last, 1), zone + size + offset + shown(start, end));
          }
          assertEquals(end, grid.floor(end), zone + size + offset + shown(start, end));
          start = end;
        }
      }
    }
  }

  /** All windows that hold a time, found by looking at each one that begins. */
  private static List<String> looked(WindowGrid begins, WindowGrid sizes, long time, long back) {
    List<String> found = new ArrayList<>();
    long start = begins.floor(time);
    while (start > time - back) {
      if (sizes.after(start, 1) > time) {
        found.add(start + " " + sizes.after(start, 1));
      }
      start = begins.floor(start - 1);
    }
    return found;
  }

  @ParameterizedTest
  @ValueSource(strings = {"Europe/Paris", "America/Havana", "Asia/Beirut", "Pacific/Apia"})
  void hoppingOverAChangeOfClocksMissesNoWindow(String zone) {
    Optional<ZoneId> id = Optional.of(ZoneId.of(zone));
    Span day = new Span(1, Unit.DAYS);
    for (Span every : List.of(micros(HOUR / 2), day)) {
      Window window = new Window.Hopping(new Span(2, Unit.DAYS), every, NO_OFFSET, id);
      WindowGrid begins = WindowGrid.of(every, NO_OFFSET, id);
      WindowGrid sizes = WindowGrid.of(new Span(2, Unit.DAYS), NO_OFFSET, id);
      for (String from : List.of("2011-12-29T00:10:00Z", "2026-03-28T00:10:00Z")) {
        for (long time = at(from); time < at(from) + 3 * DAY; time += HOUR / 3) {
          assertEquals(looked(begins, sizes, time, 5 * DAY), windows(window, time), zone);
        }
      }
    }
  }

  @Test
  void aDayThatBeginsInTheMiddleOfADayIsAsLongAsTheCalendarSays() {
    ZoneId paris = ZoneId.of("Europe/Paris");
    WindowGrid days = WindowGrid.of(new Span(1, Unit.DAYS), NO_OFFSET, Optional.of(paris));

    assertEquals(at("2026-03-29T10:00:00Z"), days.after(at("2026-03-28T11:00:00Z"), 1));
    assertEquals(at("2026-10-25T11:00:00Z"), days.after(at("2026-10-24T10:00:00Z"), 1));
    WindowGrid months = WindowGrid.of(new Span(1, Unit.MONTHS), NO_OFFSET, Optional.empty());
    assertEquals(at("2026-02-28T06:00:00Z"), months.after(at("2026-01-31T06:00:00Z"), 1));
    assertEquals(at("2028-02-29T06:00:00Z"), months.after(at("2028-01-31T06:00:00Z"), 1));
  }

  @Test
  void theEndsOfTheRangeAreRefusedAndDoNotTurnRound() {
    Window hours = tumbling(micros(HOUR), NO_OFFSET, "");
    Window days = tumbling(new Span(1, Unit.DAYS), NO_OFFSET, "Europe/Paris");
    Window months = tumbling(new Span(1, Unit.MONTHS), NO_OFFSET, "");
    Window hopping =
        new Window.Hopping(micros(HOUR), micros(HOUR / 7), NO_OFFSET, Optional.empty());
    for (Window window : List.of(hours, days, months, hopping)) {
      for (long time : new long[] {Long.MIN_VALUE, Long.MAX_VALUE}) {
        assertThrows(ArithmeticException.class, () -> windows(window, time), window + " " + time);
      }
      assertFalse(windows(window, Long.MAX_VALUE - 800 * DAY).isEmpty());
      assertFalse(windows(window, Long.MIN_VALUE + 800 * DAY).isEmpty());
    }
  }
}
