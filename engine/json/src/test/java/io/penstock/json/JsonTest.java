package io.penstock.json;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.math.BigDecimal;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class JsonTest {
  @ParameterizedTest
  @ValueSource(
      strings = {
        "null",
        "true",
        "-0.10",
        "1e5",
        "\"\"",
        "\"a\\\"\\\\\\n\\u0001é𝄞\"",
        "[]",
        "[1,[2,{}],\"x\"]",
        "{\"a\":{\"b\":[null]},\"\":false}"
      })
  void writesWhatItRead(String text) {
    assertEquals(text, Json.parse(text).toText());
  }

  @Test
  void walksToMembersAndElements() {
    Json value = Json.parse("{\"a\": [10, {\"b\": \"x\"}], \"c\": null}");

    assertEquals(
        Optional.of("x"),
        value
            .member("a")
            .flatMap(a -> a.element(1))
            .flatMap(e -> e.member("b"))
            .flatMap(Json::asText));
    assertEquals(Optional.empty(), value.member("b"));
    assertEquals(2, value.size());
    assertEquals(List.of("a", "c"), List.copyOf(value.members().keySet()));
    assertEquals("{\"c\":null}", value.without(Set.of("a")).toText());
  }

  @Test
  void comparesNumbersByValueAndObjectsRegardlessOfOrder() {
    Json one = Json.parse("{\"a\": 1.0, \"b\": [1e2]}");
    Json other = Json.parse("{\"b\": [100], \"a\": 1}");

    assertEquals(one, other);
    assertEquals(one.hashCode(), other.hashCode());
    assertNotEquals(one, Json.parse("{\"a\": 1, \"b\": [100], \"c\": null}"));
  }

  @Test
  void buildsValuesFromJava() {
    Json value =
        Json.object(
            new java.util.TreeMap<>(
                Map.of(
                    "l",
                    Json.list(List.of(Json.ofNumber(1L), Json.ofNumber(2.5))),
                    "t",
                    Json.ofText("é"))));

    assertEquals("{\"l\":[1,2.5],\"t\":\"é\"}", value.toText());
    assertEquals("12.50", Json.ofNumber(new BigDecimal("12.50")).toText());
    assertEquals(Json.ofNull(), Json.ofNumber(Double.NaN));
  }

  @Test
  void givesWholeNumbersOnlyWhereTheyFit() {
    assertEquals(OptionalLong.of(100), Json.parse("1e2").asLong());
    assertEquals(OptionalLong.of(Long.MIN_VALUE), Json.parse("-9223372036854775808").asLong());
    assertEquals(OptionalLong.empty(), Json.parse("9223372036854775808").asLong());
    assertEquals(OptionalLong.empty(), Json.parse("1.5").asLong());
    assertEquals(OptionalLong.empty(), Json.parse("1e10000").asLong());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '~',
      textBlock =
          """
          {"a":1,"a":2}          | 7  | the name `a` stands there twice
          {"a":{"b":1,"b":1}}    | 12 | the name `b` stands there twice
          1 2                    | 2  | something follows the value: `2`
          [1,]                   | 3  | a value after `,` expected, not `]`
          {"a":1,}               | 7  | a name after `,` expected, not `}`
          [1                     | 2  | the text ends where `,` or `]` is expected
          01                     | 0  | a number must not begin with 0: `01`
          1.                     | 2  | the text ends where a digit is expected
          NaN                    | 0  | a value expected, not `NaN`
          'a'                    | 0  | a value expected, not `'a'`
          "\\ud800"              | 1  | a lone surrogate: \\ud800
          "\\ud800\\u0041"       | 1  | a lone surrogate: \\ud800
          "\\x"                  | 1  | an unknown escape: `\\x"`
          "a                     | 2  | the text ends where `"` at the end of the text is expected
          1e1000000000           | 0  | a number with an exponent past 10000
          """)
  void namesWhatIsNoJson(String text, long offset, String message) {
    JsonProblem problem = assertThrows(JsonProblem.class, () -> Json.parse(text));

    assertEquals(message, problem.text());
    assertEquals(offset, problem.offset());
  }

  @Test
  void refusesMalformedUtf8() {
    byte[] overlong = {'"', (byte) 0xc0, (byte) 0x80, '"'};

    JsonProblem problem = assertThrows(JsonProblem.class, () -> Json.parse(overlong, 0, 4));

    assertEquals("malformed UTF-8: byte 0xc0", problem.text());
    assertEquals(1, problem.offset());
  }

  @Test
  void findsANameTwiceInALargeObject() {
    StringBuilder text = new StringBuilder("{");
    for (int i = 0; i < 100; i++) {
      text.append("\"n").append(i).append("\":{\"x\":1},");
    }
    text.append("\"n").append(7).append("\":1}");

    JsonProblem problem = assertThrows(JsonProblem.class, () -> Json.parse(text.toString()));

    assertEquals("the name `n7` stands there twice", problem.text());
  }

  @Test
  void limitsTheDepth() {
    assertEquals(1, Json.parse("[".repeat(1000) + "]".repeat(1000)).size());

    JsonProblem problem = assertThrows(JsonProblem.class, () -> Json.parse("[".repeat(100_000)));

    assertEquals("nested deeper than 1000", problem.text());
    assertEquals(1000, problem.offset());
  }

  @ParameterizedTest
  @CsvSource({
    "5, 5.0", "0.1, 0.1", "-12.3, -12.3", "1816.0000000000002, 1816.0000000000002",
    "1e10, 1.0E10", "2e-3, 0.002", "0, 0.0", "5.684341886080802E-14, 5.684341886080802E-14",
    "2.0E-3, 0.002", "1e23, 1.0E23", "2e23, 2.0E23",
        "1.7976931348623157E308, 1.7976931348623157E308",
    "4.9E-324, 4.9E-324", "123456789.125, 1.23456789125E8"
  })
  void writesTheShortestDouble(double value, String text) {
    ByteBuilder bytes = new ByteBuilder(0);

    DoubleText.append(value, bytes);

    assertEquals(text, new String(bytes.toArray(), java.nio.charset.StandardCharsets.US_ASCII));
  }
}
