package io.penstock.connectors.avro;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.penstock.api.data.Schema;
import io.penstock.api.option.NamedFile;
import io.penstock.api.problem.ProblemCode;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Which fields a file with an Avro schema declares, and what it cannot be. */
final class AvroSchemaConfigTest {
  private static AvroSchemaConfig config(String text) {
    return new AvroSchemaConfig(new NamedFile("a.avsc", text.getBytes(StandardCharsets.UTF_8)));
  }

  private static List<String> problems(String text) {
    List<String> found = new ArrayList<>();
    config(text)
        .check(
            (code, option, message, hint) -> {
              assertEquals(ProblemCode.E118, code);
              assertEquals("file", option);
              assertTrue(!hint.isEmpty(), message);
              found.add(message);
            });
    return found;
  }

  private static Schema fields(String text) {
    assertEquals(List.of(), problems(text), text);
    return config(text).fields();
  }

  private static String record(String fields) {
    return "{'type': 'record', 'name': 'R', 'fields': [%s]}".formatted(fields).replace('\'', '"');
  }

  private static String type(String type) {
    return fields(record("{'name': 'x', 'type': " + type + "}")).fields().get(0).type().toString();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        Orders.SCHEMA,
        "{\"type\":\"record\",\"name\":\"N\",\"namespace\":\"a.b\",\"fields\":["
            + "{\"name\":\"left\",\"type\":{\"type\":\"record\",\"name\":\"P\",\"fields\":["
            + "{\"name\":\"e-mail\",\"type\":\"string\"}]}},"
            + "{\"name\":\"right\",\"type\":[\"null\",\"P\"],\"default\":null},"
            + "{\"name\":\"others\",\"type\":{\"type\":\"map\",\"values\":\"a.b.P\"}},"
            + "{\"name\":\"next\",\"type\":[\"null\",\"N\"]}]}",
      })
  void fieldsAreThoseThatTheFormatHasByTheSameSchema(String text) {
    Optional<Schema> own =
        AvroFileTest.by(text.replace("e-mail", "mail")).format().traits().ownSchema();

    assertEquals(own, Optional.of(fields(text.replace("e-mail", "mail"))));
    assertEquals(own.orElseThrow().fields().size(), fields("\uFEFF" + text).fields().size());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "'long' | int",
        "{'type': 'string'} | string",
        "['null', 'string'] | optional string",
        "['string', 'null'] | optional string",
        "['string', 'long'] | json",
        "['null', 'string', 'long'] | optional json",
        "['int', 'long'] | int",
        "'null' | optional json",
        "{'type': 'enum', 'name': 'E', 'symbols': ['A', 'B']} | string",
        "{'type': 'fixed', 'name': 'F', 'size': 4} | bytes",
        "{'type': 'array', 'items': ['null', 'int']} | [optional int]",
        "{'type': 'map', 'values': 'double'} | map<double>",
        "{'type': 'long', 'logicalType': 'timestamp-micros'} | timestamp",
        "{'type': 'long', 'logicalType': 'local-timestamp-millis'} | timestamp",
        "{'type': 'int', 'logicalType': 'date'} | date",
        "{'type': 'int', 'logicalType': 'time-millis'} | duration",
        "{'type': 'string', 'logicalType': 'uuid'} | string",
        "{'type': 'bytes', 'logicalType': 'decimal', 'precision': 9, 'scale': 2} | `decimal(9,2)`",
        "{'type': 'long', 'logicalType': 'of-our-own'} | int",
        "{'type': 'record', 'name': 'S', 'fields': [{'name': 'r', 'type': 'R'}]} | { r: json }",
        "['null', 'R'] | optional json",
      })
  void aFieldHasTheTypeThatItsSchemaSays(String avro, String type) {
    assertEquals(type, type(avro.replace('\'', '"')));
  }

  @Test
  void whatIsWrongIsToldAllAtOnceWithItsPlace() {
    String text =
        """
        {
          "type": "record", "name": "Order", "namespace": "shop",
          "fields": [
            {"name": "id", "type": "strng"},
            {"name": "id", "type": "long"},
            {"name": "lines", "type": {"type": "array", "item": "Line"}},
            {"name": "to", "type": "record", "fields": []},
            {"type": "int"},
            {"name": "state", "type": {"type": "enum", "name": "State", "symbols": "NEW"}},
            {"name": "old", "type": {"type": "fixed", "name": "State", "size": "4"}},
            {"name": "at", "type": 3},
            {"name": "to", "type": {"type": ["null", "string"]}},
            "note",
            {"name": "by", "type": ["null", "shop.State", "other.State"]}
          ]
        }
        """;

    assertEquals(
        List.of(
            "line 4, column 28 of `a.avsc`: unknown type `strng`",
            "line 5, column 14 of `a.avsc`: the field `id` stands there twice",
            "line 6, column 31 of `a.avsc`: the array has no `items`",
            "line 7, column 28 of `a.avsc`: unknown type `record`",
            "line 8, column 5 of `a.avsc`: the field has no `name`",
            "line 9, column 76 of `a.avsc`: `symbols` is no list",
            "line 10, column 55 of `a.avsc`: `shop.State` is defined twice",
            "line 10, column 72 of `a.avsc`: `size` is no number",
            "line 11, column 28 of `a.avsc`: a type is a name, a list or an object, not `3`",
            "line 12, column 14 of `a.avsc`: the field `to` stands there twice",
            "line 12, column 37 of `a.avsc`: the type of an object is a name, not a list of types",
            "line 13, column 5 of `a.avsc`: a field is an object, not `note`",
            "line 14, column 51 of `a.avsc`: unknown type `other.State`"),
        problems(text));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "record Order { | line 1, column 1 of `a.avsc`: no JSON: a value expected, not `record Order {`",
        "'string' | line 1, column 1 of `a.avsc`: the schema is `string`, and a row is a record",
        "['null', 'string'] | line 1, column 1 of `a.avsc`: the schema is a list of types, and a row is a record",
        "{'type': 'enum', 'name': 'E', 'symbols': []} | line 1, column 1 of `a.avsc`: the schema is `enum`, and a row is a record",
        "{'name': 'R'} | line 1, column 1 of `a.avsc`: the schema is an object without a type, and a row is a record",
        "{'type': 'record', 'name': 'R'} | line 1, column 1 of `a.avsc`: the record has no `fields`",
        "{'type': 'record', 'name': 'R', 'fields': []} | line 1, column 43 of `a.avsc`: `fields` is empty",
        "{'type': 'record', 'name': 'R', 'fields': {}} | line 1, column 43 of `a.avsc`: `fields` is no list",
        "{'type': 'record', 'fields': [{'name': 'a', 'type': 'int'}]} | line 1, column 1 of `a.avsc`: the type has no `name`",
      })
  void aFileThatDeclaresNoRowIsRefused(String text, String problem) {
    assertEquals(List.of(problem), problems(text.replace('\'', '"')));
  }

  @Test
  void whatOnlyAvroItselfRefusesIsToldToo() {
    List<String> problems = problems(record("{'name': 'x', 'type': ['int', 'int']}"));

    assertEquals(1, problems.size());
    assertTrue(problems.get(0).contains("Duplicate in union"), problems::toString);
  }

  @Test
  void aFileThatUsesItsTypesAgainAndAgainIsRefused() {
    StringBuilder fields = new StringBuilder();
    String before = "'int'";
    for (int i = 0; i < 40; i++) {
      String name = "T" + i;
      fields.append(
          "{'name': 'x%d', 'type': {'type': 'record', 'name': '%s', 'fields': [{'name': 'a', 'type': %s}, {'name': 'b', 'type': %s}]}},"
              .formatted(i, name, before, before));
      before = "'" + name + "'";
    }
    String text = record(fields + "{'name': 'z', 'type': 'int'}");

    List<String> problems = problems(text);

    assertEquals(1, problems.size(), problems::toString);
    assertTrue(problems.get(0).contains("more than 10000 fields"), problems::toString);
    assertTrue(Schemas.complaint(text).orElse("").contains("more than 10000 fields"));
  }
}
