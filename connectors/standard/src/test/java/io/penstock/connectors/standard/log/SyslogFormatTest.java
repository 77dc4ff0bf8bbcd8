package io.penstock.connectors.standard.log;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.penstock.api.data.DataType;
import io.penstock.api.data.Field;
import io.penstock.api.data.Schema;
import io.penstock.api.format.FormatConfig;
import io.penstock.connectors.standard.Read;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The examples of RFC 5424 and RFC 3164 among others. */
final class SyslogFormatTest {
  private static final Schema OWN = SyslogText.FIELDS;

  private static SyslogConfig syslog(Layout layout, SyslogConfig.Standard standard) {
    return new SyslogConfig(layout, ZoneOffset.UTC, OptionalInt.of(2026), standard);
  }

  private static final FormatConfig LINES = syslog(Layout.LINES, SyslogConfig.Standard.RFC5424);
  private static final FormatConfig OLD = syslog(Layout.LINES, SyslogConfig.Standard.RFC3164);

  private static String row(String... values) {
    StringBuilder row = new StringBuilder("{");
    for (int i = 0; i < values.length; i++) {
      row.append(i == 0 ? "\"" : ",\"").append(OWN.names().get(i)).append("\":").append(values[i]);
    }
    return row.append('}').toString();
  }

  @Test
  void theNewFormIsRead() {
    assertEquals(
        List.of(
            row(
                "\"auth\"",
                "\"crit\"",
                "\"2003-10-11T22:14:15.003Z\"",
                "\"mymachine.example.com\"",
                "\"su\"",
                "null",
                "\"ID47\"",
                "{}",
                "\"'su root' failed for lonvick on /dev/pts/8\""),
            row(
                "\"local4\"",
                "\"notice\"",
                "\"2003-08-24T12:14:15.000003Z\"",
                "\"192.0.2.1\"",
                "\"myproc\"",
                "\"8710\"",
                "null",
                "{}",
                "\"%% It's time\""),
            row(
                "\"local4\"",
                "\"notice\"",
                "\"2003-10-11T22:14:15.003Z\"",
                "\"mymachine.example.com\"",
                "\"evntslog\"",
                "null",
                "\"ID47\"",
                "{\"exampleSDID@32473\":{\"iut\":\"3\",\"eventSource\":\"App \\\"x\\\" ]\\\\ \\\\n\"},\"priority@32473\":{\"class\":\"high\"}}",
                "\"An event é\""),
            row(
                "\"kern\"",
                "\"emerg\"",
                "null",
                "null",
                "null",
                "null",
                "null",
                "{\"a\":{}}",
                "\"\"")),
        Lines.good(
            LINES,
            OWN,
            """
            <34>1 2003-10-11T22:14:15.003Z mymachine.example.com su - ID47 - \uFEFF'su root' failed for lonvick on /dev/pts/8
            <165>1 2003-08-24T05:14:15.000003-07:00 192.0.2.1 myproc 8710 - - %% It's time
            <165>1 2003-10-11T22:14:15.003Z mymachine.example.com evntslog - ID47 [exampleSDID@32473 iut="3" eventSource="App \\"x\\" \\]\\\\ \\n"][priority@32473 class="high"] An event é
            <0>1 - - - - - [a]
            """));
  }

  @Test
  void theOldFormIsRead() {
    assertEquals(
        List.of(
            row(
                "\"auth\"",
                "\"crit\"",
                "\"2026-10-11T22:14:15Z\"",
                "\"mymachine\"",
                "\"su\"",
                "null",
                "null",
                "{}",
                "\"'su root' failed\""),
            row(
                "\"user\"",
                "\"notice\"",
                "\"2026-02-05T17:32:18Z\"",
                "\"10.0.0.99\"",
                "\"app\"",
                "\"7\"",
                "null",
                "{}",
                "\"Use  the\""),
            row(
                "null",
                "null",
                "\"2024-02-29T01:02:03.25Z\"",
                "null",
                "\"cron\"",
                "null",
                "null",
                "{}",
                "\"x\""),
            row(
                "\"kern\"",
                "\"emerg\"",
                "null",
                "null",
                "null",
                "null",
                "null",
                "{}",
                "\"only words\""),
            row(
                "\"kern\"",
                "\"emerg\"",
                "\"2026-01-02T03:04:05Z\"",
                "\"h\"",
                "null",
                "null",
                "null",
                "{}",
                "\"no tag here\"")),
        Lines.good(
            OLD,
            OWN,
            """
            <34>Oct 11 22:14:15 mymachine su: 'su root' failed
            <13>Feb  5 17:32:18 10.0.0.99 app[7]: Use  the
            Feb 29 2024 01:02:03.25 cron: x
            <0>only words
            <0>2026-01-02T03:04:05Z h no tag here
            """));
  }

  @Test
  void aYearThatIsNotWrittenIsKnownByWhenTheMessageCame() {
    LogText text = new SyslogText(new LogTime(ZoneId.of("Europe/Paris"), OptionalInt.empty()));
    long newYear = io.penstock.api.data.Times.parseTimestamp("2026-01-01T00:00:10Z");

    assertEquals("2025-12-31T22:59:59Z", time(text, "Dec 31 23:59:59", newYear));
    assertEquals("2026-01-01T00:00:09Z", time(text, "Jan  1 01:00:09", newYear));
    assertEquals("2026-01-01T23:00:00Z", time(text, "Jan  2 00:00:00", newYear));
    assertEquals("2025-01-02T23:00:00Z", time(text, "Jan  3 00:00:00", newYear));
    assertEquals("2024-02-28T23:00:00Z", time(text, "Feb 29 00:00:00", newYear));
  }

  private static String time(LogText text, String written, long readAt) {
    Part.Group message = text.read("<1>" + written + " h a: m", Optional.of(readAt));
    Part.Time time = (Part.Time) Objects.requireNonNull(message.parts().get("time"));
    return io.penstock.api.data.Times.timestamp(time.reading().micros());
  }

  @Test
  void aTimeNobodyAsksForNeedsNoYear() {
    FormatConfig config =
        new SyslogConfig(
            Layout.LINES, ZoneOffset.UTC, OptionalInt.empty(), SyslogConfig.Standard.RFC5424);

    assertEquals(
        List.of("{\"time\":\"Oct 11 22:14:15\",\"message\":\"m\"}"),
        Lines.good(
            config,
            Schema.of(Field.of("time", DataType.STRING), Field.of("message", DataType.STRING)),
            "<34>Oct 11 22:14:15 h a: m"));
    assertEquals(
        List.of(
            "D104 line 1: `time` has no year, and nobody knows it: `Oct 11 22:14:15`; write `syslog:"
                + " { year: 2026 }`, or declare `time: string`"),
        Read.all(config.format(), OWN, "<34>Oct 11 22:14:15 h a: m").bad());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '#',
      quoteCharacter = '~',
      value = {
        "hello# D101 line 1: the record begins with neither a priority nor a time, at byte 0 of the record",
        "<192>1 - - - - - -# D101 line 1: the priority 192 is above 191, at byte 5 of the record",
        "<x>a# D101 line 1: a number is missing, at byte 1 of the record",
        "<1a# D101 line 1: `>` is missing, at byte 2 of the record",
        "<1>2 - - - - - -# D101 line 1: the version 2 of syslog is not known, at byte 4 of the record",
        "<1>1 - - - -# D101 line 1: ` ` is missing, at byte 12 of the record",
        "<1>1 -  - - - -# D101 line 1: a field is missing, at byte 7 of the record",
        "<1>1 now - - - - -# D104 line 1: `time` must be a time of RFC 3339 with its zone, not `now`",
        "<1>1 2026-01-01T00:00:00 - - - - -# D104 line 1: `time` must be a time of RFC 3339 with its zone, not `2026-01-01T00:00:00`",
        "<1>1 - é - - - x# D101 line 1: `[` is missing, at byte 16 of the record",
        "<1>1 - - - - - [# D101 line 1: a name is missing, at byte 16 of the record",
        "<1>1 - - - - - [a b=c]# D101 line 1: `=\"` is missing, at byte 19 of the record",
        "<1>1 - - - - - [a b=\"c]# D101 line 1: a quote is not closed, at byte 23 of the record",
        "<1>1 - - - - - [a b=\"c\"# D101 line 1: ` ` is missing, at byte 23 of the record",
        "<1>1 - - - - - [a][a]# D109 line 1: the element `a` stands there twice, at byte 21 of the record",
        "<1>1 - - - - - [a]x# D101 line 1: ` ` is missing, at byte 18 of the record",
        "<1>1 - - - - - [a b=\"1\" b=\"2\"]# D104 line 1: `data` stands there 2 times, and is no list; declare it as `json` or a list",
        "<1>Feb 30 00:00:00 h a: m# D101 line 1: there is no day 30 in that month, at byte 3 of the record",
        "<1>Feb 29 00:00:00 h a: m# D104 line 1: `time` is on a day that there is not: `Feb 29 00:00:00`",
        "<1>Feb  1 24:00:00 h a: m# D101 line 1: there is no such time of day, at byte 3 of the record",
        "<1>Feb  1 noon h a: m# D101 line 1: a time such as `03:04:05` is missing, at byte 10 of the record",
      })
  void whatIsWrongIsSaidWithItsPlace(String line, String expected) {
    assertEquals(List.of(expected), Read.all(LINES.format(), OWN, line).bad());
  }

  @Test
  void namesThatAreRepeatedAreAListOfJson() {
    Schema schema = Schema.of(Field.of("data", DataType.JSON));

    assertEquals(
        List.of("{\"data\":{\"origin\":{\"ip\":[\"192.0.2.1\",\"192.0.2.129\"],\"x\":\"1\"}}}"),
        Lines.good(
            LINES, schema, "<1>1 - - - - - [origin ip=\"192.0.2.1\" ip=\"192.0.2.129\" x=\"1\"]"));
  }

  @Test
  void structuredDataMayBeDeclaredAsRecords() {
    Schema ids =
        Schema.of(Field.optional("n", DataType.INT), Field.optional("f", DataType.BOOLEAN));
    Schema data = Schema.of(Field.optional("ids@1", new DataType.RecordOf(ids)));
    Schema schema = Schema.of(Field.of("data", new DataType.RecordOf(data)));

    assertEquals(
        List.of("{\"data\":{\"ids@1\":{\"n\":7,\"f\":true}}}", "{\"data\":{\"ids@1\":null}}"),
        Lines.good(LINES, schema, "<1>1 - - - - - [ids@1 n=\"7\" f=\"true\"]\n<1>1 - - - - - -\n"));
    assertEquals(
        List.of("D104 line 1: `data.ids@1.n` must be a whole number of 64 bits, not `x`"),
        Read.all(LINES.format(), schema, "<1>1 - - - - - [ids@1 n=\"x\"]").bad());
  }

  @Test
  void aSingleMessageMayHaveLineFeeds() {
    FormatConfig single = SyslogConfig.message();

    assertEquals(
        List.of(
            row(
                "\"kern\"",
                "\"emerg\"",
                "null",
                "null",
                "null",
                "null",
                "null",
                "{}",
                "\"a\\nb\"")),
        Lines.good(single, OWN, "<0>a\nb\r\n"));
    assertEquals(List.of(), Lines.good(single, OWN, ""));
  }

  @Test
  void anyRowsComeBackAndAnyBytesAreCutAnyhow() {
    Random random = new Random(19);
    Schema schema = OWN;
    for (int round = 0; round < 2000; round++) {
      String row =
          row(
              "\"local" + random.nextInt(8) + "\"",
              random.nextBoolean() ? "\"err\"" : "\"debug\"",
              random.nextBoolean()
                  ? "null"
                  : Lines.quoted(io.penstock.api.data.Times.timestamp(random.nextLong() >> 12)),
              random.nextBoolean() ? "null" : "\"h\"",
              random.nextBoolean() ? "null" : "\"[x]:\"",
              random.nextBoolean() ? "null" : "\"1\"",
              "null",
              random.nextBoolean()
                  ? "{}"
                  : "{\"a@1\":{\"k\":" + Lines.quoted(Lines.text(random, false)) + "},\"b\":{}}",
              Lines.quoted(Lines.text(random, false)));
      String text = Lines.thereAndBack(LINES, schema, row);
      int at = random.nextInt(text.length());
      String broken = text.substring(0, at) + Lines.text(random, true) + text.substring(at);

      Lines.cutAnyhow(LINES, schema, text + broken + "\n" + text, random);
    }
  }
}
