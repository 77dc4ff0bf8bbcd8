package io.penstock.connectors.standard.csv;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.penstock.api.data.DataType;
import io.penstock.api.data.Field;
import io.penstock.api.data.FieldPath;
import io.penstock.api.data.Schema;
import io.penstock.api.format.Format;
import io.penstock.api.format.TextTypes;
import io.penstock.api.problem.PipelineException;
import io.penstock.connectors.standard.Read;
import io.penstock.json.Json;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class CsvFormatTest {
  private static final Schema SALES =
      Schema.of(
          Field.of("city", DataType.STRING),
          Field.of("count", DataType.INT),
          Field.optional("price", new DataType.Decimal(6, 2)));

  @ParameterizedTest
  @ValueSource(
      strings = {
        "comma_in_quotes", "empty", "empty_crlf", "escaped_quotes", "json", "location_coordinates",
        "newlines", "newlines_crlf", "quotes_and_newlines", "simple", "simple_crlf", "utf8"
      })
  void readsCsvSpectrum(String name) throws IOException {
    byte[] csv = resource("/csv-spectrum/" + name + ".csv");
    List<Json> expected =
        json(
            new String(resource("/csv-spectrum/" + name + ".jsonl"), StandardCharsets.UTF_8)
                .lines()
                .toList());

    Read read = Read.all(format(), Format.Decoding.of(Schema.anything()), csv);

    assertEquals(List.of(), read.bad());
    assertEquals(expected, json(read.rows()));
  }

  @Test
  void bringsColumnsToTheSchemaByName() {
    Read read = Read.all(format(), SALES, "price,extra,count,city\n1.5,x,3,Oslo\n,y,-4,\"\"\n");

    assertEquals(
        List.of(
            "{\"city\":\"Oslo\",\"count\":3,\"price\":1.50}",
            "{\"city\":\"\",\"count\":-4,\"price\":null}"),
        read.rows());
  }

  @Test
  void keepsUnknownColumnsInTheRestOfAnOpenRow() {
    Schema open = new Schema(List.of(Field.of("count", DataType.INT)), true);

    Read read = Read.all(format(), open, "a,count,b\nx,1,\n");

    assertEquals(List.of("{\"count\":1,\"a\":\"x\",\"b\":\"\"}"), read.rows());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '~',
      textBlock =
          """
          Oslo,1            | D106 line 2: expected 3 cells, got 2
          Oslo,1,2,3        | D106 line 2: expected 3 cells, got 4
          Oslo,1.0,         | D104 line 2: `count` must be a whole number of 64 bits, not `1.0`
          Oslo, 7 ,         | D104 line 2: `count` must be a whole number of 64 bits, not ` 7 `
          Oslo,0x10,        | D104 line 2: `count` must be a whole number of 64 bits, not `0x10`
          Oslo,,            | D104 line 2: `count` must be a whole number of 64 bits, not ``
          Oslo,9223372036854775808, | D104 line 2: `count` must be a whole number of 64 bits, not `9223372036854775808`
          Oslo,1,1.234      | D104 line 2: `price` must be a number of at most 6 digits, at most 2 of them after the point, not `1.234`
          Oslo,1,12345.1    | D104 line 2: `price` must be a number of at most 6 digits, at most 2 of them after the point, not `12345.1`
          Oslo,1,"x"y       | D101 line 2: text follows a closing quote: `y`
          Oslo,1,"x         | D101 line 2: a quote is opened and never closed: `"x`
          """)
  void namesWhatIsWrongWithARecord(String line, String complaint) {
    Read read = Read.all(format(), SALES, "city,count,price\n" + line);

    assertEquals(List.of(complaint), read.bad());
    assertEquals(List.of(), read.rows());
  }

  @Test
  void readsOnBehindABadRecord() {
    Read read = Read.all(format(), SALES, "city,count,price\nOslo,x,\n\r\nRom,2,\rBern,3,1");

    assertEquals(
        List.of(
            "{\"city\":\"Rom\",\"count\":2,\"price\":null}",
            "{\"city\":\"Bern\",\"count\":3,\"price\":1.00}"),
        read.rows());
    assertEquals(1, read.bad().size());
    assertEquals(1, read.blankLines());
  }

  @Test
  void namesMalformedUtf8AndNulByTheirByte() {
    byte[] csv = "city,count,price\nM?nchen,1,\na?b,2,\nOslo,3,\n".getBytes(StandardCharsets.UTF_8);
    csv[18] = (byte) 0xfc;
    csv[29] = 0;

    Read read = Read.all(format(), Format.Decoding.of(SALES), csv);

    assertEquals(
        List.of(
            "D102 line 2: malformed UTF-8: byte 0xfc, at byte 1 of the record",
            "D102 line 3: a NUL byte, at byte 1 of the record"),
        read.bad());
    assertEquals(List.of("{\"city\":\"Oslo\",\"count\":3,\"price\":null}"), read.rows());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '~',
      textBlock =
          """
          city,count,city | the header has `city` twice
          city,,count     | the header's name number 2 is empty: `city, , count`
          """)
  void refusesAHeaderThatIsWrong(String csv, String message) {
    PipelineException wrong =
        assertThrows(PipelineException.class, () -> Read.all(format(), SALES, csv + "\n"));

    assertEquals(message, wrong.problem().message());
  }

  @Test
  void namesThatDoNotFitTheSchemaAreAMistakeOfEachRecordBelowThem() {
    Read missing = Read.all(format(), SALES, "city,price\nOslo,1\nRom,2,3\n\nBern,x\n");
    Read unknown =
        Read.all(
            format(),
            new Format.Decoding(
                SALES,
                Set.of(),
                true,
                Format.UnknownFields.FAIL,
                Format.Decoding.of(SALES).types(),
                1000),
            "city,count,shop\nOslo,1,a\n".getBytes(StandardCharsets.UTF_8));

    String why = "`count` is missing: the header of the file has `city, price`";
    assertEquals(
        List.of(
            "D103 line 2: " + why, "D106 line 3: expected 2 cells, got 3", "D103 line 5: " + why),
        missing.bad());
    assertEquals(List.of(), missing.rows());
    assertEquals(
        List.of("D105 line 2: `shop` is unknown: the header of the file has `city, count, shop`"),
        unknown.bad());
  }

  @Test
  void readsDialects() {
    CsvConfig config =
        new CsvConfig(
            ";", Header.FALSE, "'", Optional.of("NA"), CsvConfig.QuotedEmpty.EMPTY, false);
    Schema schema =
        Schema.of(Field.optional("a", DataType.STRING), Field.optional("b", DataType.DOUBLE));

    Read read = Read.all(config.format(), schema, "\uFEFFNA;-12.3\n'NA';1e3\n;NA\n");

    assertEquals(
        List.of(
            "{\"a\":null,\"b\":-12.3}", "{\"a\":\"NA\",\"b\":1000.0}", "{\"a\":\"\",\"b\":null}"),
        read.rows());
  }

  @Test
  void readsEveryType() {
    Schema schema =
        Schema.of(
            Field.of("b", DataType.BOOLEAN),
            Field.of("t", DataType.TIMESTAMP),
            Field.of("d", DataType.DATE),
            Field.of(
                "l", new DataType.ListOf(io.penstock.api.data.ValueType.required(DataType.INT))),
            Field.of("j", DataType.JSON),
            Field.of("local", DataType.TIMESTAMP),
            Field.of("ms", DataType.TIMESTAMP));
    TextTypes types =
        new TextTypes(
            Map.of(
                FieldPath.of("local"),
                new TextTypes.Text(
                    "dd/MM/yyyy HH:mm", Optional.of(java.time.ZoneId.of("Europe/Paris")), false),
                FieldPath.of("ms"),
                TextTypes.Epoch.EPOCH_MS));
    Format.Decoding decoding =
        new Format.Decoding(schema, Set.of(), true, Format.UnknownFields.DROP, types, 1 << 20);

    Read read =
        Read.all(
            format(),
            decoding,
            "b,t,d,l,j,local,ms\nTrue,2026-01-02T03:04:05.5+01:00,2026-02-28,\"[1,2]\",x,22/11/2026 12:30,1500\n"
                .getBytes(StandardCharsets.UTF_8));

    assertEquals(List.of(), read.bad());
    assertEquals(
        List.of(
            "{\"b\":true,\"t\":\"2026-01-02T02:04:05.5Z\",\"d\":\"2026-02-28\",\"l\":[1,2],\"j\":\"x\","
                + "\"local\":\"2026-11-22T11:30:00Z\",\"ms\":\"1970-01-01T00:00:01.5Z\"}"),
        read.rows());
  }

  @Test
  void givesTheSameRowsHoweverTheFileIsCut() {
    Random random = new Random(7);
    for (int round = 0; round < 300; round++) {
      String csv = randomCsv(random);
      byte[] bytes = csv.getBytes(StandardCharsets.UTF_8);
      Format.Decoding decoding = Format.Decoding.of(Schema.anything());
      Read whole = Read.all(format(), decoding, bytes);

      Read cut =
          Read.blocks(format(), decoding, bytes, 1 + random.nextInt(20), 1 + random.nextInt(3));

      assertEquals(whole.rows(), cut.rows(), csv);
      assertEquals(whole.bad(), cut.bad(), csv);
      assertEquals(whole.lines(), cut.lines(), csv);
    }
  }

  private static String randomCsv(Random random) {
    String[] pieces = {"a", "é", "\"", "\"\"", ",", "\n", "\r\n", "\r", "\"x,\n\"", " "};
    StringBuilder csv = new StringBuilder("p,q\n");
    int count = random.nextInt(40);
    for (int i = 0; i < count; i++) {
      csv.append(pieces[random.nextInt(pieces.length)]);
    }
    return csv.toString();
  }

  private static Format format() {
    return new CsvFormat(CsvDialect.STANDARD);
  }

  private static List<Json> json(List<String> lines) {
    List<Json> values = new ArrayList<>();
    lines.stream().filter(line -> !line.isBlank()).forEach(line -> values.add(Json.parse(line)));
    return values;
  }

  private static byte[] resource(String name) throws IOException {
    try (InputStream stream = CsvFormatTest.class.getResourceAsStream(name)) {
      return stream.readAllBytes();
    }
  }
}
