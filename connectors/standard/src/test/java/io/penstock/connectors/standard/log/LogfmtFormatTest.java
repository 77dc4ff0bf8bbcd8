package io.penstock.connectors.standard.log;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.penstock.api.data.DataType;
import io.penstock.api.data.Field;
import io.penstock.api.data.Schema;
import io.penstock.api.data.ValueType;
import io.penstock.api.format.Format;
import io.penstock.api.format.FormatConfig;
import io.penstock.api.format.TextTypes;
import io.penstock.api.problem.PipelineException;
import io.penstock.connectors.standard.Read;
import io.penstock.connectors.standard.Written;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class LogfmtFormatTest {
  private static final Schema EVENT =
      Schema.of(
          Field.of("level", DataType.STRING),
          Field.optional("took", DataType.DOUBLE),
          Field.optional("at", DataType.TIMESTAMP),
          Field.optional("text", DataType.STRING),
          Field.optional("price", new DataType.Decimal(10, 2)),
          Field.optional("tags", new DataType.ListOf(ValueType.required(DataType.STRING))),
          Field.optional("user", new DataType.MapOf(ValueType.required(DataType.INT))));

  private static FormatConfig logfmt(LogfmtConfig.Repeated repeated) {
    return new LogfmtConfig(repeated, LogfmtConfig.Nulls.OMIT);
  }

  private static final FormatConfig LOGFMT = logfmt(LogfmtConfig.Repeated.FAIL);

  @Test
  void pairsAreFieldsOfAnOpenRecord() {
    Read read =
        Read.all(
            LOGFMT.format(),
            Schema.anything(),
            "level=info msg=\"a \\\"b\\\"\\n\\u00e9\\\\\"  cached n=1\tempty= q=\"\"\r\n\n  \na=b=c");

    assertEquals(List.of(), read.bad());
    assertEquals(
        List.of(
            "{\"level\":\"info\",\"msg\":\"a \\\"b\\\"\\né\\\\\",\"cached\":\"true\",\"n\":\"1\",\"empty\":\"\",\"q\":\"\"}",
            "{\"a\":\"b=c\"}"),
        read.rows());
    assertEquals(List.of(1L, 4L), read.lines());
    assertEquals(2, read.blankLines());
  }

  @Test
  void valuesAreReadIntoTheSchema() {
    assertEquals(
        List.of(
            "{\"level\":\"warn\",\"took\":1.5,\"at\":\"2026-01-02T03:04:05Z\",\"text\":null,\"price\":10.50,\"tags\":[\"a b\",\"c\"],\"user\":{\"id\":7}}",
            "{\"level\":\"\",\"took\":null,\"at\":null,\"text\":\"\",\"price\":null,\"tags\":[\"one\"],\"user\":null}"),
        Lines.good(
            LOGFMT,
            EVENT,
            """
            took=1.5 level=warn text= at=2026-01-02T03:04:05Z price=10.5 tags="[\\"a b\\",\\"c\\"]" user="{\\"id\\":7}" more=x
            level= took= text="" tags=one
            """));
  }

  @Test
  void timesAreReadByTheirPattern() {
    Schema schema = Schema.of(Field.of("ts", DataType.TIMESTAMP));
    Format.Decoding decoding =
        new Format.Decoding(
            schema,
            Set.of(),
            true,
            Format.UnknownFields.DROP,
            new TextTypes(
                java.util.Map.of(io.penstock.api.data.FieldPath.of("ts"), TextTypes.Epoch.EPOCH_S)),
            1 << 20);

    Read read = Read.all(LOGFMT.format(), decoding, "ts=1\n".getBytes(StandardCharsets.UTF_8));

    assertEquals(List.of("{\"ts\":\"1970-01-01T00:00:01Z\"}"), read.rows());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '#',
      quoteCharacter = '~',
      value = {
        "level=\"a# D101 line 1: a quote is not closed, at byte 8 of the record",
        "level=\"a\\# D101 line 1: a quote is not closed, at byte 9 of the record",
        "level=a\"b# D101 line 1: a quote stands in a value, at byte 7 of the record",
        "lev\"el=a# D101 line 1: a quote stands in a key, at byte 3 of the record",
        "=a# D101 line 1: a key is missing, at byte 0 of the record",
        "é=\"a\"b# D101 line 1: a blank is missing behind a quote, at byte 6 of the record",
        "level=\"\\u00g0\"# D101 line 1: a hexadecimal digit is missing, at byte 11 of the record",
        "level=\"\\ud83d\"# D101 line 1: half of a surrogate pair is escaped, at byte 14 of the record",
        "level=a b=1 level=c# D109 line 1: `level` stands there twice, at byte 12 of the record",
        "took=1# D103 line 1: `level` is missing",
        "level=a took=fast# D104 line 1: `took` must be a number such as 1.5 or 1e3, not `fast`",
        "level=a at=yesterday# D104 line 1: `at` must be a time of RFC 3339 with its zone such as 2026-01-31T12:00:00Z, not `yesterday`",
        "level=a user=7# D104 line 1: `user` must be JSON of type map<int>, not `7`",
      })
  void whatIsWrongIsSaidWithItsPlace(String line, String expected) {
    assertEquals(List.of(expected), Read.all(LOGFMT.format(), EVENT, line).bad());
  }

  @Test
  void bytesThatAreNoTextAreRefusedAndOthersReadOn() {
    byte[] bytes = "level=x\nlevel=y\nlevel=z".getBytes(StandardCharsets.ISO_8859_1);
    bytes[14] = (byte) 0xe9;

    Read read = Read.all(LOGFMT.format(), Format.Decoding.of(EVENT), bytes);

    assertEquals(
        List.of("D102 line 2: malformed UTF-8: byte 0xe9, at byte 6 of the record"), read.bad());
    assertEquals(2, read.rows().size());
  }

  @Test
  void whichOfEqualKeysCountsIsSaid() {
    String line = "a=1 b=2 a=3";

    assertEquals(
        List.of("{\"a\":\"1\",\"b\":\"2\"}"),
        Lines.good(logfmt(LogfmtConfig.Repeated.FIRST), Schema.anything(), line));
    assertEquals(
        List.of("{\"a\":\"3\",\"b\":\"2\"}"),
        Lines.good(logfmt(LogfmtConfig.Repeated.LAST), Schema.anything(), line));
  }

  @Test
  void fieldsThatTheSchemaLacksAreDroppedKeptOrRefused() {
    Schema open = new Schema(List.of(Field.of("a", DataType.INT)), true);
    assertEquals(List.of("{\"a\":1,\"b\":\"x\"}"), Lines.good(LOGFMT, open, "b=x a=1"));

    Format.Decoding strict =
        new Format.Decoding(
            Schema.of(Field.of("a", DataType.INT)),
            Set.of(),
            true,
            Format.UnknownFields.FAIL,
            TextTypes.standard(),
            1 << 20);
    assertEquals(
        List.of("D105 line 1: `b` is not in the schema"),
        Read.all(LOGFMT.format(), strict, "b=x a=1".getBytes(StandardCharsets.UTF_8)).bad());
  }

  @Test
  void aRecordPastTheLimitIsRefused() {
    Format.Decoding small =
        new Format.Decoding(
            Schema.anything(), Set.of(), true, Format.UnknownFields.KEEP, TextTypes.standard(), 10);

    Read read =
        Read.all(LOGFMT.format(), small, "a=1\nb=2345678901\n".getBytes(StandardCharsets.UTF_8));

    assertEquals(List.of("{\"a\":\"1\"}"), read.rows());
    assertEquals("D107", read.bad().get(0).substring(0, 4));
  }

  @Test
  void rowsAreWrittenAsPairs() {
    String row =
        "{\"level\":\"a b\",\"took\":1.5,\"at\":\"2026-01-02T03:04:05.5Z\",\"text\":\"\",\"price\":1.00,\"tags\":[\"x\"],\"user\":null}";

    assertEquals(
        "level=\"a b\" took=1.5 at=2026-01-02T03:04:05.5Z text=\"\" price=1.00 tags=\"[\\\"x\\\"]\"\n",
        Lines.thereAndBack(LOGFMT, EVENT, row));
  }

  @Test
  void nullsAreWrittenWhereTold() {
    FormatConfig nulls = new LogfmtConfig(LogfmtConfig.Repeated.FAIL, LogfmtConfig.Nulls.WRITE);
    Schema schema =
        Schema.of(Field.optional("a", DataType.INT), Field.optional("b", DataType.STRING));

    assertEquals("a= b=\n", Lines.thereAndBack(nulls, schema, "{\"a\":null,\"b\":null}"));

    Written omitted = Written.all(LOGFMT, Lines.rows(schema, "{\"a\":null,\"b\":null}\n{\"a\":1}"));
    assertEquals("a=1\n", omitted.text());
    assertEquals(
        "the row has no value, and so there is no line of it",
        omitted.rejects().rows().get(0).message());
  }

  @Test
  void openRecordsAreWrittenWithTheirMembers() {
    Written written =
        Written.all(
            LOGFMT,
            Lines.rows(
                Schema.anything(),
                "{\"a\":1,\"b\":\"x y\",\"c\":null,\"d\":{\"e\":[true]}}\n{\"a b\":1}"));

    assertEquals("a=1 b=\"x y\" d=\"{\\\"e\\\":[true]}\"\n", written.text());
    assertEquals(
        List.of("a key of logfmt has no blank, `=` or quote in it, unlike `a b`"),
        written.rejects().rows().stream().map(r -> r.message()).toList());
  }

  @Test
  void aFieldThatIsNoKeyStopsTheRun() {
    Schema schema = Schema.of(Field.of("a b", DataType.INT));

    var problem =
        assertThrows(PipelineException.class, () -> LOGFMT.format().encoder(schema)).problem();

    assertEquals("R306", problem.code().name());
  }

  @Test
  void anyRowsComeBackAndAnyBytesAreCutAnyhow() {
    Random random = new Random(17);
    for (int round = 0; round < 2000; round++) {
      String row =
          "{\"level\":"
              + Lines.quoted(Lines.text(random, true))
              + ",\"took\":"
              + (random.nextBoolean() ? "null" : String.valueOf(random.nextInt() / 8.0))
              + ",\"at\":null,\"text\":"
              + (random.nextInt(3) == 0 ? "null" : Lines.quoted(Lines.text(random, true)))
              + ",\"price\":null,\"tags\":["
              + Lines.quoted(Lines.text(random, true))
              + "],\"user\":{}}";
      String text = Lines.thereAndBack(LOGFMT, EVENT, row);

      Lines.cutAnyhow(LOGFMT, EVENT, text + broken(text, random) + "\n" + text, random);
    }
  }

  private static String broken(String text, Random random) {
    int at = random.nextInt(text.length());
    return text.substring(0, at) + Lines.text(random, true) + text.substring(at);
  }
}
