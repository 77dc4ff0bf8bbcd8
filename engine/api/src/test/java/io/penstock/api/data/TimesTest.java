package io.penstock.api.data;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class TimesTest {
  @ParameterizedTest
  @CsvSource({
    "1970-01-01T00:00:00Z, 0",
    "1970-01-01T00:00:00.000001Z, 1",
    "1969-12-31T23:59:59.999999Z, -1",
    "1969-12-31T23:59:59.9999999Z, -1",
    "2000-02-29T00:00:00Z, 951782400000000",
    "2026-01-02t03:04:05z, 1767323045000000",
    "2026-01-02 03:04:05Z, 1767323045000000",
    "2026-01-02T03:04:05+01:00, 1767319445000000",
    "2026-01-02T03:04:05-00:30, 1767324845000000",
    "'2026-01-02T03:04:05,5Z', 1767323045500000",
    "2026-01-02T03:04:05.123456789Z, 1767323045123456",
    "2016-12-31T23:59:60Z, 1483228800000000",
    "0000-01-01T00:00:00Z, -62167219200000000",
  })
  void readsTimestamps(String text, long micros) {
    assertEquals(micros, Times.parseTimestamp(text));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "2026-01-02",
        "2026-01-02T03:04:05",
        "2026-01-02T03:04Z",
        "2026-13-02T03:04:05Z",
        "2026-02-29T03:04:05Z",
        "1900-02-29T00:00:00Z",
        "2026-01-00T03:04:05Z",
        "2026-01-02T24:00:00Z",
        "2026-01-02T03:60:05Z",
        "2026-01-02T03:04:61Z",
        "2026-01-02T03:04:05.Z",
        "2026-01-02T03:04:05ZZ",
        "2026-01-02T03:04:05+0100",
        "2026-01-02T03:04:05+25:00",
        "2026-01-02T03:04:05*01:00",
        "2026/01/02T03:04:05Z",
        " 2026-01-02T03:04:05Z",
        "2026-01-02T03:04:05Z ",
        "２026-01-02T03:04:05Z"
      })
  void refusesOtherTexts(String text) {
    assertEquals(Times.NONE, Times.parseTimestamp(text));
  }

  @Test
  void writesOnlyAsManyDigitsAsTheFractionNeeds() {
    assertEquals("1970-01-01T00:00:00Z", Times.timestamp(0));
    assertEquals("1970-01-01T00:00:00.5Z", Times.timestamp(500_000));
    assertEquals("1970-01-01T00:00:00.000001Z", Times.timestamp(1));
    assertEquals("1969-12-31T23:59:59.999999Z", Times.timestamp(-1));
    assertEquals("+10000-01-01", Times.date(LocalDate.of(10000, 1, 1).toEpochDay()));
    assertEquals("-0001-12-31", Times.date(LocalDate.of(-1, 12, 31).toEpochDay()));
  }

  @Test
  void agreesWithJavaTimeOnAnyTime() {
    Random random = new Random(7);
    for (int i = 0; i < 20_000; i++) {
      long micros = random.nextLong(-62_167_219_200_000_000L, 253_402_300_800_000_000L);
      String text = Times.timestamp(micros);
      assertEquals(micros, TimeFormat.micros(Instant.parse(text)), text);
      assertEquals(micros, Times.parseTimestamp(text), text);
      long days = Math.floorDiv(micros, Times.MICROS_PER_DAY);
      assertEquals(LocalDate.ofEpochDay(days).toString(), Times.date(days));
      assertEquals(days, Times.parseDate(Times.date(days)));
    }
  }

  @Test
  void writesTheLeastAndTheGreatestTime() {
    assertEquals(
        Instant.parse(Times.timestamp(Long.MAX_VALUE)), TimeFormat.instant(Long.MAX_VALUE));
    assertEquals(
        Instant.parse(Times.timestamp(Long.MIN_VALUE + 1)), TimeFormat.instant(Long.MIN_VALUE + 1));
  }

  @ParameterizedTest
  @CsvSource({
    "PT0S, 0",
    "PT1.5S, 1500000",
    "'PT1,5S', 1500000",
    "-PT1M, -60000000",
    "P1DT2H3M4S, 93784000000",
    "P1W, 604800000000",
    "P2D, 172800000000",
    "P, -9223372036854775808",
    "PT, -9223372036854775808",
    "P1DT, -9223372036854775808",
    "PT1D, -9223372036854775808",
    "P1H, -9223372036854775808",
    "PT1M1H, -9223372036854775808",
    "PT1S1S, -9223372036854775808",
    "PT1.5M, -9223372036854775808",
    "1h, -9223372036854775808",
    "P1Y, -9223372036854775808",
    "P999999999999W, -9223372036854775808"
  })
  void readsDurations(String text, long micros) {
    assertEquals(micros, Times.parseDuration(text));
  }

  @Test
  void writesDurationsThatReadBack() {
    assertEquals("PT0S", Times.duration(0));
    assertEquals("PT36H", Times.duration(36 * 3_600_000_000L));
    assertEquals("-PT0.5S", Times.duration(-500_000));
    assertEquals("PT1H1S", Times.duration(3_601_000_000L));
    Random random = new Random(7);
    for (int i = 0; i < 5_000; i++) {
      long micros = random.nextLong() >> random.nextInt(60);
      String text = Times.duration(micros);
      assertEquals(micros, Times.parseDuration(text), text);
      assertEquals(Duration.parse(text), Duration.ofNanos(0).plusNanos(0).plus(micros(micros)));
    }
  }

  private static Duration micros(long micros) {
    return Duration.ofSeconds(
        Math.floorDiv(micros, 1_000_000L), Math.floorMod(micros, 1_000_000L) * 1000);
  }

  @ParameterizedTest
  @CsvSource({
    "yyyy/MM/dd HH:mm, America/New_York, 2026/01/02 03:04, 2026-01-02T08:04:00Z",
    "yyyy/MM/dd HH:mm, America/New_York, 2026/07/02 03:04, 2026-07-02T07:04:00Z",
    "uuuu-MM-dd, UTC, 2024-02-29, 2024-02-29T00:00:00Z",
    "yyyy-MM-dd, UTC, 1969-12-31, 1969-12-31T00:00:00Z",
    "dd/MMM/yyyy:HH:mm:ss Z, UTC, 10/oct/2000:13:55:36 -0700, 2000-10-10T20:55:36Z",
    "yyyy-MM-dd'T'HH:mm:ssXXX, Europe/Paris, 2026-01-02T03:04:05Z, 2026-01-02T03:04:05Z",
    "MM/dd/yyyy hh:mm a, UTC, 03/04/2026 12:30 am, 2026-03-04T00:30:00Z",
    "MM/dd/yyyy h:mm a, UTC, 03/04/2026 1:30 PM, 2026-03-04T13:30:00Z",
    "yyyy-MM, UTC, 2026-05, 2026-05-01T00:00:00Z",
    "yyyy, UTC, 2026, 2026-01-01T00:00:00Z",
    "yyyy-MM-dd HH, UTC, 2026-05-01 07, 2026-05-01T07:00:00Z",
    "yyyy-MM-dd HH:mm:ss.SSSSSSSSS, UTC, 2026-05-01 07:00:00.123456789, 2026-05-01T07:00:00.123456Z",
    "yyyy-DDD, UTC, 2026-032, 2026-02-01T00:00:00Z",
    // The clocks of Paris skip 02:00 to 03:00 on 29 March and repeat it on 25 October.
    "yyyy-MM-dd HH:mm, Europe/Paris, 2026-03-29 02:30, 2026-03-29T01:30:00Z",
    "yyyy-MM-dd HH:mm, Europe/Paris, 2026-10-25 02:30, 2026-10-25T00:30:00Z",
  })
  void readsByPattern(String pattern, String zone, String text, String timestamp) {
    long read = TimeFormat.of(pattern).parseTimestamp(text, ZoneId.of(zone), false);
    assertEquals(timestamp, read == Times.NONE ? "none" : Times.timestamp(read));
  }

  @ParameterizedTest
  @CsvSource({
    "yyyy-MM-dd, 2026-02-29",
    "yyyy-MM-dd, 2026-02-30",
    "yyyy-MM-dd, 2026-1-2",
    "yyyy-MM-dd, 2026-01-02x",
    "yyyy-MM-dd HH:mm, 2026-01-02 24:00",
    "yyyy-MM-dd hh:mm, 2026-01-02 03:00",
    "MM-dd, 01-02",
  })
  void refusesWhatThePatternDoesNotSay(String pattern, String text) {
    assertEquals(Times.NONE, TimeFormat.of(pattern).parseTimestamp(text, ZoneId.of("UTC"), false));
  }

  @Test
  void refusesSkippedAndRepeatedLocalTimesWhereStrict() {
    TimeFormat format = TimeFormat.of("yyyy-MM-dd HH:mm");
    ZoneId paris = ZoneId.of("Europe/Paris");
    assertEquals(Times.NONE, format.parseTimestamp("2026-03-29 02:30", paris, true));
    assertEquals(Times.NONE, format.parseTimestamp("2026-10-25 02:30", paris, true));
    assertEquals(
        "2026-03-29T01:30:00Z",
        Times.timestamp(format.parseTimestamp("2026-03-29 03:30", paris, true)));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "yyyy-MM-dd HH:mm:ss.SSS",
        "yyyyMMddHHmmss",
        "dd.MM.uuuu HH:mm",
        "yyyy/MM/dd",
        "yyyy-MM-dd HH:mm:ss.SSSSSSSSS"
      })
  void readsFixedDigitsAsJavaTimeDoes(String pattern) {
    Random random = new Random(11);
    TimeFormat format = TimeFormat.of(pattern);
    for (String zone : new String[] {"UTC", "Europe/Paris", "America/New_York", "+05:30"}) {
      for (int i = 0; i < 3_000; i++) {
        // Half of the times lie in the hours where clocks change.
        long base =
            random.nextBoolean()
                ? 1_774_746_000L
                : random.nextLong(-4_000_000_000L, 5_000_000_000L);
        long seconds = base + random.nextLong(0, 7_200);
        LocalDateTime local =
            LocalDateTime.ofEpochSecond(seconds, random.nextInt(1_000_000_000), ZoneOffset.UTC);
        String text = local.format(DateTimeFormatter.ofPattern(pattern, Locale.ENGLISH));
        LocalDateTime written =
            LocalDateTime.from(
                pattern.contains("H")
                    ? LocalDateTime.parse(text, DateTimeFormatter.ofPattern(pattern))
                    : LocalDate.parse(text, DateTimeFormatter.ofPattern(pattern)).atStartOfDay());
        long wanted = TimeFormat.micros(written.atZone(ZoneId.of(zone)).toInstant());
        assertEquals(wanted, format.parseTimestamp(text, ZoneId.of(zone), false), text);
        assertEquals(written.toLocalDate().toEpochDay(), format.parseDate(text), text);
      }
    }
  }

  @Test
  void writesByPattern() {
    long micros = Times.parseTimestamp("2026-07-02T22:04:05.5Z");
    assertEquals(
        "2026-07-03 00:04",
        TimeFormat.of("yyyy-MM-dd HH:mm").formatTimestamp(micros, ZoneId.of("Europe/Paris")));
    assertEquals(
        "03 Jul 2026", TimeFormat.of("dd MMM yyyy").formatDate(Times.parseDate("2026-07-03")));
  }
}
