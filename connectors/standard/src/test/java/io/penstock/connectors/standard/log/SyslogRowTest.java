package io.penstock.connectors.standard.log;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.penstock.api.data.DataType;
import io.penstock.api.data.Field;
import io.penstock.api.data.Schema;
import io.penstock.api.format.FormatConfig;
import io.penstock.api.problem.PipelineException;
import io.penstock.connectors.standard.Written;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.List;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What rows become messages. */
final class SyslogRowTest {
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
  void rowsAreWrittenInTheNewForm() {
    assertEquals(
        "<165>1 2003-10-11T22:14:15.003Z h app 1 ID [a@1 k=\"\\\"\\]\\\\\" l=\"\"] \uFEFFé\n",
        Lines.thereAndBack(
            LINES,
            OWN,
            row(
                "\"local4\"",
                "\"notice\"",
                "\"2003-10-11T22:14:15.003Z\"",
                "\"h\"",
                "\"app\"",
                "\"1\"",
                "\"ID\"",
                "{\"a@1\":{\"k\":\"\\\"]\\\\\",\"l\":\"\"}}",
                "\"é\"")));
    assertEquals(
        "<13>1 - - - - - - m\n",
        Written.all(
                LINES,
                Lines.rows(Schema.of(Field.of("message", DataType.STRING)), "{\"message\":\"m\"}"))
            .text());
  }

  @Test
  void rowsAreWrittenInTheOldForm() {
    FormatConfig paris =
        new SyslogConfig(
            Layout.LINES,
            ZoneId.of("Europe/Paris"),
            OptionalInt.of(2026),
            SyslogConfig.Standard.RFC3164);
    assertEquals(
        "<34>Oct  1 00:14:15 fe80::1 su[7]:  two\n",
        Lines.thereAndBack(
            paris,
            OWN,
            row(
                "\"auth\"",
                "\"crit\"",
                "\"2026-09-30T22:14:15Z\"",
                "\"fe80::1\"",
                "\"su\"",
                "\"7\"",
                "null",
                "{}",
                "\" two\"")));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '#',
      quoteCharacter = '~',
      value = {
        "{\"facility\":\"loud\"}# `facility` must be one of kern, user, mail, daemon, auth, syslog, lpr, news, uucp, cron, authpriv, ftp, ntp, audit, alert, clock, local0, local1, local2, local3, local4, local5, local6, local7, not `loud`",
        "{\"host\":\"a b\"}# `host` must have 1 to 255 characters of ASCII without blanks, and not be `-`: `a b`",
        "{\"app\":\"-\"}# `app` must have 1 to 48 characters of ASCII without blanks, and not be `-`: `-`",
        "{\"message\":\"a\\nb\"}# the row has a line feed in it, and a record is a line; use `layout: single`",
        "{\"data\":{\"a b\":{}}}# a name in `data` has 1 to 32 characters of ASCII, no blank, `=`, `]` or quote, unlike `a b`",
      })
  void whatAMessageCannotHoldIsRefused(String row, String expected) {
    Schema schema =
        Schema.of(
            OWN.fields().stream()
                .map(f -> new Field(f.name(), f.type().asOptional()))
                .toArray(Field[]::new));

    Written written = Written.all(LINES, Lines.rows(schema, row));

    assertEquals("", written.text());
    assertEquals(expected, written.rejects().rows().get(0).message());
  }

  @Test
  void theOldFormHoldsLess() {
    Written written =
        Written.all(
            OLD,
            Lines.rows(
                OWN,
                row(
                        "null",
                        "null",
                        "\"2026-09-30T22:14:15Z\"",
                        "\"h\"",
                        "\"a\"",
                        "null",
                        "\"ID\"",
                        "{}",
                        "\"m\"")
                    + "\n"
                    + row("null", "null", "null", "\"h\"", "\"a\"", "null", "null", "{}", "\"m\"")
                    + "\n"
                    + row(
                        "null",
                        "null",
                        "\"2026-09-30T22:14:15Z\"",
                        "null",
                        "\"a\"",
                        "null",
                        "null",
                        "{}",
                        "\"m\"")));

    assertEquals(
        List.of(
            "RFC 3164 has no place for `data` and `message_id`; write `standard: rfc5424`",
            "RFC 3164 wants a `time`, and it is null",
            "RFC 3164 wants a `host` of 1 to 255 characters of ASCII without blanks, brackets and colons, not ``"),
        written.rejects().rows().stream().map(r -> r.message()).toList());
  }

  @Test
  void otherFieldsStopTheRun() {
    Schema schema = Schema.of(Field.of("message", DataType.STRING), Field.of("x", DataType.INT));

    var problem =
        assertThrows(PipelineException.class, () -> LINES.format().encoder(schema)).problem();

    assertEquals("R306", problem.code().name());
    assertEquals(
        "a message of syslog has no field `x`, but facility, severity, time, host, app, process_id, message_id, data, message",
        problem.message());
  }

  @Test
  void numbersAndJsonAreWrittenToo() {
    Schema schema =
        Schema.of(
            Field.of("process_id", DataType.INT),
            Field.of("data", DataType.JSON),
            Field.optional("time", DataType.JSON));

    assertEquals(
        "<13>1 2026-01-01T00:00:00Z - - 7 - [a x=\"1\" x=\"2\" y=\"true\"]\n",
        Written.all(
                LINES,
                Lines.rows(
                    schema,
                    "{\"process_id\":7,\"data\":{\"a\":{\"x\":[1,\"2\"],\"y\":true,\"z\":null}},\"time\":\"2026-01-01T00:00:00Z\"}"))
            .text());
  }
}
