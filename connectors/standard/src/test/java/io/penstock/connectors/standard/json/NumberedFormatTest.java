package io.penstock.connectors.standard.json;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.penstock.api.data.DataType;
import io.penstock.api.data.Field;
import io.penstock.api.data.FieldPath;
import io.penstock.api.data.Schema;
import io.penstock.api.data.ValueType;
import io.penstock.api.format.Encoder;
import io.penstock.api.format.Format;
import io.penstock.api.format.TextTypes;
import io.penstock.api.problem.PipelineException;
import io.penstock.connectors.registry.Registry;
import io.penstock.connectors.registry.RegistryServer;
import io.penstock.connectors.standard.Read;
import io.penstock.json.Json;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Objects whose JSON Schema a registry has, asked over loopback. */
final class NumberedFormatTest {
  private static final Schema ORDERS =
      Schema.of(
          new Field("id", ValueType.required(DataType.INT)),
          new Field("at", ValueType.optional(DataType.TIMESTAMP)),
          new Field("tags", ValueType.required(list(DataType.STRING))));

  private RegistryServer server;

  @BeforeEach
  void starts() throws IOException {
    server = new RegistryServer();
  }

  @AfterEach
  void ends() {
    server.close();
  }

  private static DataType list(DataType of) {
    return new DataType.ListOf(ValueType.required(of));
  }

  private JsonConfig config(Registry.OnWrite onWrite) {
    return new JsonConfig(
        JsonConfig.Layout.LINES,
        JsonConfig.Nulls.WRITE,
        JsonConfig.Changes.NONE,
        Optional.of(server.options("secret", Optional.empty(), onWrite)));
  }

  private static byte[] record(int number, String text) {
    byte[] utf8 = text.getBytes(StandardCharsets.UTF_8);
    byte[] record = new byte[utf8.length + 5];
    record[4] = (byte) number;
    System.arraycopy(utf8, 0, record, 5, utf8.length);
    return record;
  }

  private Read read(Schema schema, byte[] record) {
    return Read.all(config(Registry.OnWrite.REGISTER).format(), Format.Decoding.of(schema), record);
  }

  private List<String> each(Format format, Read rows) throws IOException {
    List<String> records = new ArrayList<>();
    Encoder encoder = format.encoder(rows.batches().get(0).schema());
    var unused =
        encoder.each(
            rows.batches().get(0),
            (row, bytes, offset, length) ->
                records.add(
                    bytes[offset + 4]
                        + new String(bytes, offset + 5, length - 5, StandardCharsets.UTF_8)));
    return records;
  }

  private static Read rows(Schema schema, String line) {
    Format lines = new JsonConfig(JsonConfig.Layout.LINES, JsonConfig.Nulls.WRITE).format();
    return Read.all(lines, schema, line);
  }

  @Test
  void anObjectIsReadBehindItsNumberWhateverBytesThatHas() {
    for (int i = 0; i < 11; i++) {
      server.keep("x", "JSON", "{\"title\":\"" + i + "\"}", List.of());
    }

    // The tenth number has the byte of a line feed.
    Read read = read(ORDERS, record(10, "{\"id\":1,\"tags\":[\"a\"]}"));

    assertEquals(List.of(), read.bad());
    assertEquals(List.of("{\"id\":1,\"at\":null,\"tags\":[\"a\"]}"), read.rows());
    assertEquals(List.of("GET /schemas/ids/10"), server.asked());
  }

  @Test
  void anythingIsReadWithoutASchemaOfThePipeline() {
    server.keep("x", "JSON", "{\"type\":\"array\"}", List.of());

    assertEquals(List.of("[1]"), read(Schema.anything(), record(1, "[1]")).rows());
  }

  @Test
  void recordsThatAreNoneAreBad() {
    server.keep("x", "AVRO", "\"string\"", List.of());
    server.keep("y", "JSON", "{}", List.of());

    assertEquals(
        List.of("D131 line 1: the schema 1 of the registry is AVRO, not JSON Schema"),
        read(ORDERS, record(1, "{}")).bad());
    assertEquals(
        List.of("D130 line 1: the registry has no schema 7"), read(ORDERS, record(7, "{}")).bad());
    assertEquals(
        List.of(
            "D101 line 1: the record does not begin with a zero and the number of its schema in the"
                + " registry"),
        read(ORDERS, "{\"id\":1}".getBytes(StandardCharsets.UTF_8)).bad());
    assertEquals(
        List.of("D103 line 1: `id` is missing"), read(ORDERS, record(2, "{\"tags\":[]}")).bad());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      quoteCharacter = '^',
      value = {
        "{\"type\":\"array\"};records are array there, and a row is an object",
        "{\"properties\":{\"id\":{\"type\":\"string\"}}};`id` is string there, and declared as int",
        "{\"properties\":{\"id\":{\"type\":[\"string\",\"null\"]}}};`id` is string or null there, and declared as int",
        "{\"properties\":{\"at\":{\"type\":\"integer\"}}};`at` is integer there, and declared as optional timestamp",
        "{\"properties\":{\"tags\":{\"type\":\"array\",\"items\":{\"type\":\"number\"}}}};`tags` is number there, and declared as string",
        "{\"additionalProperties\":false,\"properties\":{\"id\":{},\"at\":{}}};it has no `tags`",
        "nonsense;it is no JSON: `null` expected, not `nonsense`",
      })
  void aSchemaThatCannotBeTheDeclaredOneIsToldForEachRecord(String schema, String why) {
    server.keep("x", "JSON", schema, List.of());

    List<String> bad = read(ORDERS, record(1, "{\"id\":1,\"tags\":[]}")).bad();

    assertEquals(1, bad.size());
    String begin = "D132 line 1: the schema 1 of the registry does not fit the declared one: ";
    assertEquals(begin + why, bad.get(0));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      quoteCharacter = '^',
      value = {
        "{\"type\":\"object\",\"properties\":{\"id\":{\"type\":[\"integer\",\"string\"]},\"at\":{\"type\":\"null\"}}}",
        "{\"properties\":{\"id\":{\"type\":\"string\",\"$ref\":\"#/x\"}}}",
        "{\"additionalProperties\":false,\"patternProperties\":{\".*\":{}}}",
        "{\"anyOf\":[{\"type\":\"array\"}]}",
        "true",
      })
  void aSchemaThatMayBeTheDeclaredOneIsNoConcern(String schema) {
    server.keep("x", "JSON", schema, List.of());

    assertEquals(List.of(), read(ORDERS, record(1, "{\"id\":1,\"tags\":[]}")).bad());
  }

  @Test
  void timesThatAreDeclaredAsNumbersAreNumbersInTheSchema() {
    Schema times = Schema.of(new Field("at", ValueType.required(DataType.TIMESTAMP)));
    Format.Decoding decoding =
        new Format.Decoding(
            times,
            Set.of(),
            true,
            Format.UnknownFields.DROP,
            new TextTypes(Map.of(FieldPath.of("at"), TextTypes.Epoch.EPOCH_S)),
            1 << 20);

    assertEquals(
        Optional.empty(),
        JsonSchemaFit.of("{\"properties\":{\"at\":{\"type\":\"integer\"}}}", decoding));
    assertEquals(
        Optional.of("`at` is string there, and declared as timestamp"),
        JsonSchemaFit.of("{\"properties\":{\"at\":{\"type\":\"string\"}}}", decoding));
  }

  @Test
  void rowsAreWrittenBehindTheNumberOfTheirSchema() throws IOException {
    Read rows = rows(ORDERS, "{\"id\":1,\"tags\":[]}\n{\"id\":2,\"tags\":[\"b\"]}");

    List<String> records =
        each(config(Registry.OnWrite.REGISTER).written(Optional.of("orders")), rows);

    assertEquals(
        List.of("1{\"id\":1,\"at\":null,\"tags\":[]}", "1{\"id\":2,\"at\":null,\"tags\":[\"b\"]}"),
        records);
    assertEquals(List.of("POST /subjects/orders-value/versions"), server.asked());
  }

  @Test
  void theSchemaOfRowsSaysTheirTypes() {
    Schema inner = Schema.of(new Field("n", ValueType.optional(new DataType.Decimal(9, 2))));
    Schema rows =
        Schema.of(
            new Field("a", ValueType.required(DataType.BOOLEAN)),
            new Field("b", ValueType.optional(DataType.DOUBLE)),
            new Field("c", ValueType.required(DataType.BYTES)),
            new Field("d", ValueType.required(DataType.DATE)),
            new Field("e", ValueType.optional(DataType.JSON)),
            new Field("f", ValueType.optional(list(new DataType.RecordOf(inner)))),
            new Field(
                "g", ValueType.required(new DataType.MapOf(ValueType.required(DataType.INT)))));

    assertEquals(
        Json.parse(
            """
            {"$schema":"http://json-schema.org/draft-07/schema#","type":"object","properties":{
              "a":{"type":"boolean"},"b":{"type":["number","null"]},
              "c":{"type":"string","contentEncoding":"base64"},
              "d":{"type":"string","format":"date"},"e":{},
              "f":{"type":["array","null"],"items":{"type":"object",
                "properties":{"n":{"type":["number","null"]}},"additionalProperties":false}},
              "g":{"type":"object","additionalProperties":{"type":"integer"}}},
            "required":["a","c","d","g"],"additionalProperties":false}
            """),
        WrittenJsonSchema.of(rows));
    assertEquals(Optional.empty(), JsonSchemaFit.of(WrittenJsonSchema.of(rows).toText(), rows));
  }

  @Test
  void rowsOfTheNewestSchemaMustBeAbleToBeIt() throws IOException {
    server.keep("t-value", "JSON", "{\"properties\":{\"id\":{\"type\":\"string\"}}}", List.of());
    Format format = config(Registry.OnWrite.LATEST).written(Optional.of("t"));
    Read numbers = rows(ORDERS, "{\"id\":1,\"tags\":[]}");
    Read texts =
        rows(Schema.of(new Field("id", ValueType.required(DataType.STRING))), "{\"id\":\"a\"}");

    assertEquals(List.of("1{\"id\":\"a\"}"), each(format, texts));
    var problem = assertThrows(PipelineException.class, () -> each(format, numbers)).problem();
    assertEquals(
        "R306 the rows do not fit the newest schema of `t-value`: `id` is string there, and"
            + " declared as int",
        problem.code() + " " + problem.message());
  }
}
