package io.penstock.connectors.standard.json;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.penstock.api.data.DataType;
import io.penstock.api.data.Field;
import io.penstock.api.data.Schema;
import io.penstock.api.data.ValueType;
import io.penstock.api.option.NamedFile;
import io.penstock.api.problem.ProblemCode;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Which fields a JSON Schema declares, and what it cannot be. */
final class JsonSchemaConfigTest {
  private static JsonSchemaConfig config(String text) {
    return new JsonSchemaConfig(new NamedFile("a.json", text.getBytes(StandardCharsets.UTF_8)));
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
    Schema fields = config(text).fields();
    assertEquals(Optional.empty(), JsonSchemaFit.of(text, fields), text);
    return fields;
  }

  /** The type of a property that must be there. */
  private static String type(String property, String beside) {
    String text =
        "{\"type\": \"object\", \"required\": [\"x\"], \"properties\": {\"x\": %s}%s}"
            .formatted(property, beside);
    return fields(text).fields().get(0).type().toString();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "{'type': 'string'} | string",
        "{'type': 'integer', 'minimum': 1} | int",
        "{'type': 'number', 'multipleOf': 0.01} | double",
        "{'type': ['number', 'integer']} | double",
        "{'type': 'boolean'} | boolean",
        "{'type': 'string', 'format': 'date-time'} | timestamp",
        "{'type': 'string', 'format': 'date'} | date",
        "{'type': 'string', 'format': 'uuid'} | string",
        "{'type': 'string', 'contentEncoding': 'base64'} | bytes",
        "{'type': ['string', 'null']} | optional string",
        "{'type': 'null'} | optional json",
        "{'enum': ['a', 'b']} | string",
        "{'enum': ['a', null]} | optional string",
        "{'enum': [1, 2.5]} | double",
        "{'enum': [1, 'a']} | json",
        "{'const': 3} | int",
        "{'type': 'array', 'items': {'type': 'integer'}} | [int]",
        "{'items': {'type': ['integer', 'null']}} | [optional int]",
        "{'type': 'array'} | [json]",
        "{'type': 'array', 'items': [{'type': 'integer'}]} | [json]",
        "{'type': 'array', 'prefixItems': [{'type': 'integer'}], 'items': {'type': 'string'}} | [json]",
        "{'type': 'object', 'additionalProperties': {'type': 'number'}} | map<double>",
        "{'additionalProperties': {'type': 'number'}} | map<double>",
        "{'type': 'object', 'additionalProperties': true} | json",
        "{'type': 'object', 'additionalProperties': {}} | json",
        "{'type': 'object', 'patternProperties': {'^a': {}}} | json",
        "{'properties': {'a': {'type': 'string'}}} | { a: optional string }",
        "{'type': 'object', 'properties': {'a': true}, 'required': ['a', 'b']} | { a: json, b: json }",
        "true | json",
        "{} | json",
        "{'type': ['string', 'integer']} | json",
        "{'anyOf': [{'type': 'string'}, {'type': 'null'}]} | optional string",
        "{'oneOf': [{'type': 'string', 'format': 'uuid'}, {'type': 'string'}]} | string",
        "{'oneOf': [{'type': 'string'}, {'type': 'integer'}]} | json",
        "{'oneOf': [{'type': 'string'}, {}]} | json",
        "{'allOf': [{'type': 'string'}, {'minLength': 1}]} | string",
        "{'allOf': [{'type': 'string'}, {'type': 'integer'}]} | json",
        "{'type': 'object', 'properties': {'a': true}, 'anyOf': [{'required': ['a']}]} | { a: optional json }",
        "{'type': 'object', 'properties': {'a': true}, 'allOf': [{'properties': {'b': true}}]} | json",
        "{'type': 'string', 'not': {'const': ''}, 'if': {'const': 'a'}, 'then': true} | string",
      })
  void aPropertyHasTheTypeThatItsSchemaSays(String property, String type) {
    assertEquals(type, type(property.replace('\'', '"'), ""));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "{'$ref': '#/$defs/a'} | '$defs': {'a': {'type': 'integer'}} | int",
        "{'$ref': '#/definitions/a~1b%20c'} | 'definitions': {'a/b c': {'type': 'integer'}} | int",
        "{'$ref': '#a'} | '$defs': {'x': {'$anchor': 'a', 'type': 'integer'}} | int",
        "{'$ref': 'urn:o#/$defs/a'} | '$id': 'urn:o', '$defs': {'a': {'type': 'integer'}} | int",
        "{'$ref': '#/$defs/a', 'description': 'one'} | '$defs': {'a': {'type': 'integer'}} | int",
        "{'$ref': '#/$defs/a', 'type': 'number'} | '$defs': {'a': {'type': 'integer'}} | json",
        "{'$ref': '#/$defs/a', 'type': 'number'} | '$schema': 'http://json-schema.org/draft-07/schema#', '$defs': {'a': {'type': 'integer'}} | int",
        "{'anyOf': [{'$ref': '#/$defs/a'}, {'type': 'null'}]} | '$defs': {'a': {'type': 'integer'}} | optional int",
        "{'items': {'$ref': '#/$defs/a'}} | '$defs': {'a': {'properties': {'a': {'$ref': '#/$defs/a'}}}} | [{ a: optional json }]",
        "{'$ref': '#'} | 'title': 'itself' | json",
        "{'$ref': '#/$defs/a'} | '$defs': {'a': {'$ref': '#/$defs/a'}} | json",
      })
  void referencesAreFollowedInsideTheFile(String property, String beside, String type) {
    assertEquals(type, type(property.replace('\'', '"'), ", " + beside.replace('\'', '"')));
  }

  @Test
  void whatIsWrongIsToldAllAtOnceWithItsPlace() {
    String text =
        """
        {
          "type": "object",
          "required": ["id", 3],
          "properties": {
            "id": {"type": "interger"},
            "to": {"$ref": "https://schemas.example/address.json"},
            "at": {"$ref": "#/$defs/tiem"},
            "no": false,
            "": {"type": "string"},
            "as": {"type": "string", "properties": 3},
            "my": {"type": "object", "properties": {"a": {"type": "string", "required": true}},
                   "required": true}
          },
          "$defs": {"time": {"type": "string"}}
        }
        """;

    assertEquals(
        List.of(
            "line 3, column 22 of `a.json`: `required` names no `3`",
            "line 5, column 20 of `a.json`: unknown type `interger`",
            "line 6, column 20 of `a.json`: `https://schemas.example/address.json` lies outside the"
                + " file, and nothing is fetched",
            "line 7, column 20 of `a.json`: `#/$defs/tiem` names nothing in the file",
            "line 8, column 11 of `a.json`: `false` allows no value",
            "line 9, column 9 of `a.json`: a property has no name",
            "line 12, column 24 of `a.json`: `required` is a list of names, not `true`"),
        problems(text));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "{'type': 'object' | line 1, column 18 of `a.json`: no JSON: the text ends where `,` or `}` is expected",
        "[] | line 1, column 1 of `a.json`: a schema is an object, not a list",
        "{'type': 'string'} | line 1, column 1 of `a.json`: the schema is no object with `properties`, and a row is one",
        "{'type': 'object'} | line 1, column 1 of `a.json`: the schema is no object with `properties`, and a row is one",
        "{'type': 'object', 'type': 'object'} | line 1, column 20 of `a.json`: no JSON: the name `type` stands there twice",
        "{'allOf': [{'properties': {'a': true}}, {'properties': {'b': true}}]} | line 1, column 1 of `a.json`: the schema is no object with `properties`, and a row is one; what stands in `allOf` is not put together",
      })
  void aFileThatDeclaresNoRowIsRefused(String text, String problem) {
    assertEquals(List.of(problem), problems(text.replace('\'', '"')));
  }

  @Test
  void aFileThatUsesItsTypesAgainAndAgainIsRefused() {
    StringBuilder definitions = new StringBuilder();
    for (int i = 0; i < 40; i++) {
      String next = i == 39 ? "true" : "{\"$ref\": \"#/$defs/d" + (i + 1) + "\"}";
      definitions.append(
          "\"d%d\": {\"properties\": {\"a\": %s, \"b\": %s}},".formatted(i, next, next));
    }
    String text = "{\"$defs\": {" + definitions + "\"e\": true}, \"$ref\": \"#/$defs/d0\"}";

    List<String> problems = problems(text);

    assertEquals(1, problems.size(), problems::toString);
    assertTrue(problems.get(0).contains("more than 10000 types"), problems::toString);
  }

  @Test
  void aFileWithTypesDeepInsideTypesIsRefused() {
    String text =
        "{\"properties\": {\"a\": " + "{\"items\": ".repeat(300) + "true" + "}".repeat(300) + "}}";

    List<String> problems = problems(text);

    assertEquals(1, problems.size(), problems::toString);
    assertTrue(problems.get(0).contains("deeper than 200"), problems::toString);
  }

  @Test
  void whatIsWrittenOfRowsDeclaresTheirFields() {
    Random random = new Random(7);
    for (int i = 0; i < 500; i++) {
      Schema rows = rows(random, 0);
      String text = WrittenJsonSchema.of(rows).toText();

      assertEquals(asJson(rows), fields(text), text);
    }
  }

  private static Schema rows(Random random, int depth) {
    List<Field> fields = new ArrayList<>();
    for (int i = 0; i <= random.nextInt(4); i++) {
      fields.add(new Field("f" + i, type(random, depth)));
    }
    return Schema.of(fields);
  }

  private static ValueType type(Random random, int depth) {
    DataType type =
        switch (random.nextInt(depth < 3 ? 5 : 2)) {
          case 2 -> new DataType.ListOf(type(random, depth + 1));
          case 3 -> new DataType.MapOf(type(random, depth + 1));
          case 4 -> new DataType.RecordOf(rows(random, depth + 1));
          case 1 -> new DataType.Decimal(12, 2);
          default -> {
            DataType.Simple.Kind[] kinds = DataType.Simple.Kind.values();
            yield new DataType.Simple(kinds[random.nextInt(kinds.length)]);
          }
        };
    return new ValueType(type, random.nextBoolean());
  }

  /** JSON Schema has no decimals and no durations, and any json may be null. */
  private static Schema asJson(Schema rows) {
    List<Field> fields = new ArrayList<>();
    for (Field field : rows.fields()) {
      ValueType type = asJson(field.type());
      fields.add(new Field(field.name(), field.type().optional() ? type.asOptional() : type));
    }
    return Schema.of(fields);
  }

  private static ValueType asJson(ValueType type) {
    DataType data = type.type();
    if (data instanceof DataType.Decimal) {
      return new ValueType(DataType.DOUBLE, type.optional());
    }
    if (data.equals(DataType.DURATION)) {
      return new ValueType(DataType.STRING, type.optional());
    }
    if (data.equals(DataType.JSON)) {
      return ValueType.required(DataType.JSON);
    }
    if (data instanceof DataType.ListOf list) {
      return new ValueType(new DataType.ListOf(asJson(list.element())), type.optional());
    }
    if (data instanceof DataType.MapOf map) {
      ValueType value = asJson(map.value());
      // A map to anything is no more than an object.
      boolean any = value.type().equals(DataType.JSON);
      return new ValueType(any ? DataType.JSON : new DataType.MapOf(value), type.optional());
    }
    return data instanceof DataType.RecordOf record
        ? new ValueType(new DataType.RecordOf(asJson(record.schema())), type.optional())
        : type;
  }
}
