package io.penstock.core.expression.function;

import static io.penstock.core.expression.function.CallsForTests.call;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.penstock.api.data.Times;
import io.penstock.api.problem.ProblemCode;
import java.math.BigDecimal;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TimeEdgesTest {
  @ParameterizedTest
  @CsvSource({
    "second, 1969-12-31T23:59:59.5Z, UTC, 1969-12-31T23:59:59Z",
    "hour, 2026-01-02T03:44:55Z, Asia/Kolkata, 2026-01-02T03:30:00Z",
    // Paris shows 02:30 twice on this day; the second hour stays the second.
    "hour, 2026-10-25T01:30:00Z, Europe/Paris, 2026-10-25T01:00:00Z",
    "hour, 2026-10-25T00:30:00Z, Europe/Paris, 2026-10-25T00:00:00Z",
    "day, 2026-10-25T12:00:00Z, Europe/Paris, 2026-10-24T22:00:00Z",
    "day, 2026-03-29T12:00:00Z, Europe/Paris, 2026-03-28T23:00:00Z",
    "day, 1969-12-31T23:30:00Z, UTC, 1969-12-31T00:00:00Z",
    "week, 2026-01-01T00:00:00Z, UTC, 2025-12-29T00:00:00Z",
    "month, 2024-02-29T10:00:00Z, UTC, 2024-02-01T00:00:00Z",
    "quarter, 2026-12-31T10:00:00Z, UTC, 2026-10-01T00:00:00Z",
    "year, 2026-12-31T23:30:00Z, Europe/Paris, 2026-12-31T23:00:00Z",
    "millisecond, 2026-01-01T00:00:00.123456Z, UTC, 2026-01-01T00:00:00.123Z",
  })
  void findsWhereAUnitBegins(String unit, String time, String zone, String begin) {
    long micros = Calendars.dateTrunc(call(), unit, Times.parseTimestamp(time), zone);
    assertEquals(begin, Times.timestamp(micros));
  }

  @ParameterizedTest
  @CsvSource({
    "hour, 24, 2026-03-28T11:00:00Z, Europe/Paris, 2026-03-29T11:00:00Z",
    "day, 1, 2026-03-28T11:00:00Z, Europe/Paris, 2026-03-29T10:00:00Z",
    "day, 1, 2026-03-28T01:30:00Z, Europe/Paris, 2026-03-29T01:30:00Z",
    "month, 1, 2024-01-31T00:00:00Z, UTC, 2024-02-29T00:00:00Z",
    "month, -1, 1970-01-31T00:00:00Z, UTC, 1969-12-31T00:00:00Z",
    "quarter, 1, 2026-11-30T00:00:00Z, UTC, 2027-02-28T00:00:00Z",
    "year, 1, 2024-02-29T00:00:00Z, UTC, 2025-02-28T00:00:00Z",
    "microsecond, 1, 1969-12-31T23:59:59.999999Z, UTC, 1970-01-01T00:00:00Z",
  })
  void stepsByCalendarsAndClocks(String unit, long count, String time, String zone, String later) {
    long micros = Calendars.dateAdd(call(), unit, count, Times.parseTimestamp(time), zone);
    assertEquals(later, Times.timestamp(micros));
  }

  @Test
  void countsFrom1970WithFractions() {
    assertEquals(1_500_000, Time.fromUnix(call(), 1.5, "s"));
    assertEquals(-1, Time.fromUnix(call(), new BigDecimal("-0.0000001"), "s"));
    assertEquals(1, Time.fromUnix(call(), 1_999L, "ns"));
    assertEquals(-1, Time.fromUnix(call(), -1L, "ns"));
    assertEquals(-1, Time.toUnix(call(), -1, "s"));
    TextEdgesTest.assertCode(ProblemCode.D206, () -> Time.fromUnix(call(), Long.MAX_VALUE, "s"));
    TextEdgesTest.assertCode(ProblemCode.D206, () -> Time.fromUnix(call(), 1e300, "s"));
    TextEdgesTest.assertCode(ProblemCode.D206, () -> Time.fromUnix(call(), Double.NaN, "s"));
    TextEdgesTest.assertCode(ProblemCode.D206, () -> Time.fromUnix(call(), 1L, "minutes"));
  }

  @Test
  void namesZonesPatternsAndUnitsThatAreNone() {
    TextEdgesTest.assertCode(
        ProblemCode.D206, () -> Time.formatTimestamp(call(), 0, "yyyy", "Paris"));
    TextEdgesTest.assertCode(
        ProblemCode.D207, () -> Time.formatTimestamp(call(), 0, "yyyy-bb", "UTC"));
    TextEdgesTest.assertCode(ProblemCode.D207, () -> Time.formatDate(call(), 0, "HH:mm"));
    TextEdgesTest.assertCode(
        ProblemCode.D206, () -> Calendars.dateTrunc(call(), "hours", 0, "UTC"));
    TextEdgesTest.assertCode(ProblemCode.D206, () -> Calendars.dateTrunc(call(), "hour", 0));
    TextEdgesTest.assertCode(
        ProblemCode.D206, () -> Calendars.dateAdd(call(), "year", Long.MAX_VALUE, 0, "UTC"));
  }

  @ParameterizedTest
  @CsvSource({
    "10s, 10000000",
    "1h30m, 5400000000",
    "-250ms, -250000",
    "1d1us, 86400000001",
    "PT1H, 3600000000",
  })
  void readsDurationsInBothForms(String text, long micros) {
    assertEquals(micros, Time.parseDuration(text));
  }

  @ParameterizedTest
  @CsvSource({"30m1h", "1h1h", "10", "s", "-", "''", "1.5h", "99999999999999999d", "10 s", "1w"})
  void refusesOtherDurations(String text) {
    TextEdgesTest.assertCode(ProblemCode.D205, () -> Time.parseDuration(text));
  }

  @Test
  void showsTheOffsetOfAZone() {
    assertEquals("1969-12-31T19:00:00-05:00", Time.atZone(call(), 0, "America/New_York"));
    assertEquals("1970-01-01T00:00:00Z", Time.atZone(call(), 0, "UTC"));
    assertEquals("1970-01-01T05:45:00.5+05:45", Time.atZone(call(), 500_000, "+05:45"));
  }
}
