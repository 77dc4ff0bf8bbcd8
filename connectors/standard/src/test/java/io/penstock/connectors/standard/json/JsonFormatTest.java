package io.penstock.connectors.standard.json;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.penstock.api.data.DataType;
import io.penstock.api.data.Field;
import io.penstock.api.data.FieldPath;
import io.penstock.api.data.Schema;
import io.penstock.api.data.ValueType;
import io.penstock.api.format.Format;
import io.penstock.api.format.TextTypes;
import io.penstock.connectors.standard.Read;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class JsonFormatTest {
  private static final Schema ORDER =
      Schema.of(
          Field.of("id", DataType.INT),
          Field.optional("amount", new DataType.Decimal(30, 25)),
          Field.optional("at", DataType.TIMESTAMP),
          Field.optional(
              "lines",
              new DataType.ListOf(
                  ValueType.required(
                      new DataType.RecordOf(
                          Schema.of(
                              Field.of("sku", DataType.STRING),
                              Field.optional("n", DataType.INT)))))),
          Field.optional("tags", new DataType.MapOf(ValueType.optional(DataType.STRING))),
          Field.optional("any", DataType.JSON));

  @Test
  void decodesNestedRecordsInAnyOrder() {
    Read read =
        Read.all(
            lines(),
            ORDER,
            "{\"lines\":[{\"n\":2,\"sku\":\"é\\n\"},{\"sku\":\"b\",\"x\":[1]}],\"id\":7,"
                + "\"tags\":{\"a\":\"1\",\"b\":null},\"any\":{\"z\":[1.50,null]},"
                + "\"amount\":0.1234567890123456789012345,\"at\":\"2026-01-02T03:04:05.123456Z\"}\n\n"
                + "{ \"id\": 8.0 }\r\n");

    assertEquals(List.of(), read.bad());
    assertEquals(
        List.of(
            "{\"id\":7,\"amount\":0.1234567890123456789012345,\"at\":\"2026-01-02T03:04:05.123456Z\","
                + "\"lines\":[{\"sku\":\"é\\n\",\"n\":2},{\"sku\":\"b\",\"n\":null}],"
                + "\"tags\":{\"a\":\"1\",\"b\":null},\"any\":{\"z\":[1.50,null]}}",
            "{\"id\":8,\"amount\":null,\"at\":null,\"lines\":null,\"tags\":null,\"any\":null}"),
        read.rows());
    assertEquals(List.of(1L, 3L), read.lines());
    assertEquals(1, read.blankLines());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '~',
      textBlock =
          """
          {}                       | D103 line 1: `id` is missing
          {"id":null}              | D104 line 1: `id` must be a value of type int, not null
          {"id":"7"}               | D104 line 1: `id` must be a whole number of 64 bits, not `"7"`
          {"id":1.5}               | D104 line 1: `id` must be a whole number of 64 bits, not `1.5`
          {"id":1e30}              | D104 line 1: `id` must be a whole number of 64 bits, not `1e30`
          {"id":1,"id":2}          | D109 line 1: the name `id` stands there twice, at byte 8 of the record
          {"id":1,"at":"soon"}     | D104 line 1: `at` must be a time of RFC 3339 with its zone such as 2026-01-31T12:00:00Z, not `soon`
          {"id":1,"lines":[{"n":1}]} | D103 line 1: `lines.sku` is missing
          {"id":1,"lines":{}}      | D104 line 1: `lines` must be a list, not `{}`
          {"id":1,"any":{"a":1,"a":2}} | D109 line 1: the name `a` stands there twice, at byte 21 of the record
          {"id":1} x               | D101 line 1: something follows the value: `x`, at byte 9 of the record
          {"id":1}{"id":2}         | D101 line 1: something follows the value: `{"id":2}`, at byte 8 of the record
          {"id":"x"} x             | D101 line 1: something follows the value: `x`, at byte 11 of the record
          {"id":1,"u":01}          | D101 line 1: a number must not begin with 0: `01}`, at byte 12 of the record
          {"id":1,"u":1e1000000000} | D107 line 1: a number with an exponent past 10000, at byte 12 of the record
          {"id":NaN}               | D101 line 1: a value expected, not `NaN}`, at byte 6 of the record
          {"id":1                  | D101 line 1: the text ends where `,` or `}` is expected, at byte 7 of the record
          [1]                      | D104 line 1: a record must be an object, not `[1]`
          null                     | D104 line 1: a record must be an object, not `null`
          """)
  void namesWhatIsWrongWithARecord(String line, String complaint) {
    Read read = Read.all(lines(), ORDER, line + "\n{\"id\":9}");

    assertEquals(List.of(complaint), read.bad());
    assertEquals(1, read.rows().size());
  }

  @Test
  void refusesRepeatedNamesWithoutASchema() {
    Read read = Read.all(lines(), Schema.anything(), "{\"a\":{\"b\":1,\"b\":2}}\n{\"a\":1}\n");

    assertEquals(
        List.of("D109 line 1: the name `b` stands there twice, at byte 12 of the record"),
        read.bad());
    assertEquals(List.of("{\"a\":1}"), read.rows());
  }

  @Test
  void keepsOrRefusesUnknownFields() {
    Schema declared = Schema.of(Field.of("id", DataType.INT));
    Schema open = new Schema(declared.fields(), true);
    String text = "{\"b\":[1],\"id\":1,\"c\":null}\n";

    assertEquals(List.of("{\"id\":1,\"b\":[1],\"c\":null}"), Read.all(lines(), open, text).rows());
    assertEquals(
        List.of("D105 line 1: `b` is not in the schema"),
        Read.all(
                lines(),
                new Format.Decoding(
                    declared,
                    Set.of(),
                    true,
                    Format.UnknownFields.FAIL,
                    TextTypes.standard(),
                    1 << 20),
                text.getBytes(StandardCharsets.UTF_8))
            .bad());
  }

  @Test
  void refusesTheSameRecordsWhateverIsUsed() {
    Format.Decoding little =
        new Format.Decoding(
            Schema.of(Field.of("a", DataType.STRING), Field.of("b", DataType.STRING)),
            Set.of(FieldPath.of("a")),
            false,
            Format.UnknownFields.DROP,
            TextTypes.standard(),
            1 << 20);
    String text = "{\"a\":\"x\",\"b\":1}\n{\"a\":\"x\"}\n{\"a\":\"x\",\"b\":\"y\"}\n";

    Read read = Read.all(lines(), little, text.getBytes(StandardCharsets.UTF_8));

    assertEquals(
        List.of("D104 line 1: `b` must be a text, not `1`", "D103 line 2: `b` is missing"),
        read.bad());
    assertEquals(List.of("{\"a\":\"x\",\"b\":\"\"}"), read.rows());
  }

  @Test
  void readsTheElementsOfAnArray() {
    Format array = new JsonFormat(JsonConfig.Layout.ARRAY, JsonConfig.Nulls.WRITE);

    Read read =
        Read.blocks(
            array,
            Format.Decoding.of(Schema.anything()),
            "\uFEFF [ {\"a\":\"],[\\\"\"},\n{\"a\":tru}, {\"a\":[{}]}\n]\n"
                .getBytes(StandardCharsets.UTF_8),
            5,
            1);

    assertEquals(List.of("{\"a\":\"],[\\\"\"}", "{\"a\":[{}]}"), read.rows());
    assertEquals(
        List.of("D101 line 2: `true` expected, not ..."),
        read.bad().stream().map(bad -> bad.replaceAll("not `.*", "not ...")).toList());
    assertEquals(List.of(), Read.all(array, Schema.anything(), "[ ]").bad());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '~',
      textBlock =
          """
          {"a":1}       | D101 line 1: `[` expected at the beginning of the file, not `{"a":1}`
          [{"a":1}      | D101 line 1: `,` or `]` expected after an element, not the end of the file
          [{"a":1},     | D101 line 1: the file ends where an element is expected
          [{"a":1}] 1   | D101 line 1: something follows the array: `1`
          [{"a":1} {}]  | D101 line 1: `,` or `]` expected after an element, not `{}]`
          """)
  void namesWhatIsNoArray(String text, String complaint) {
    Format array = new JsonFormat(JsonConfig.Layout.ARRAY, JsonConfig.Nulls.WRITE);

    assertEquals(List.of(complaint), Read.all(array, Schema.anything(), text).bad());
  }

  @ParameterizedTest
  @EnumSource(
      value = JsonConfig.Layout.class,
      names = {"LINES", "ARRAY"})
  void givesTheSameRowsHoweverTheFileIsCut(JsonConfig.Layout layout) {
    Random random = new Random(11);
    Format format = new JsonFormat(layout, JsonConfig.Nulls.WRITE);
    for (int round = 0; round < 200; round++) {
      byte[] bytes = randomJson(random, layout).getBytes(StandardCharsets.UTF_8);
      Format.Decoding decoding = Format.Decoding.of(Schema.anything());
      Read whole = Read.all(format, decoding, bytes);

      Read cut =
          Read.blocks(format, decoding, bytes, 1 + random.nextInt(30), 1 + random.nextInt(3));

      assertEquals(whole.rows(), cut.rows());
      assertEquals(whole.lines(), cut.lines());
      assertEquals(List.of(), whole.bad());
      assertEquals(List.of(), cut.bad());
    }
  }

  private static String randomJson(Random random, JsonConfig.Layout layout) {
    String[] values = {"1", "\"é,\\\"]\"", "[1,[2]]", "{\"x\":{}}", "null", "\"\\\\\""};
    StringBuilder text = new StringBuilder();
    boolean array = layout == JsonConfig.Layout.ARRAY;
    text.append(array ? "[\n" : "");
    int count = random.nextInt(12);
    for (int i = 0; i < count; i++) {
      text.append("{\"a\": ").append(values[random.nextInt(values.length)]).append("}");
      text.append(array ? i + 1 < count ? ",\n " : "\n" : random.nextBoolean() ? "\n" : "\r\n\n");
    }
    return text.append(array ? "]" : "").toString();
  }

  @Test
  void limitsTheLengthOfARecord() {
    Format.Decoding decoding =
        new Format.Decoding(
            Schema.anything(), Set.of(), true, Format.UnknownFields.DROP, TextTypes.standard(), 20);
    String text = "{\"a\":1}\n{\"a\":\"" + "x".repeat(500) + "\"}\n{\"a\":2}\n";

    Read read = Read.blocks(lines(), decoding, text.getBytes(StandardCharsets.UTF_8), 16, 10);

    assertEquals(List.of("{\"a\":1}", "{\"a\":2}"), read.rows());
    assertEquals(List.of(1L, 3L), read.lines());
    assertTrue(read.bad().get(0).contains("line 2: the record is longer than 20 bytes"));
    assertEquals(1, read.bad().size());
  }

  private static Format lines() {
    return new JsonFormat(JsonConfig.Layout.LINES, JsonConfig.Nulls.WRITE);
  }
}
