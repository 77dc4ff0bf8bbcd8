package io.penstock.core.expression.script;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.penstock.api.data.DataType;
import io.penstock.api.data.Field;
import io.penstock.api.data.Schema;
import io.penstock.api.data.ValueType;
import io.penstock.api.problem.Problems;
import java.time.Duration;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** Limits of scripts, and what fits a declared schema. */
final class ScriptRunTest {
  private static ScriptLimits limits(long steps, long bytes, long rows, long nanosPerLook) {
    return new ScriptLimits(steps, bytes, rows, Duration.ofSeconds(1), Scripts.clock(nanosPerLook));
  }

  private static String fitted(String type, String value) {
    Schema schema = Schema.of(new Field("x", type(type)));
    return Scripts.outcome("emit({'x': " + value + "})", schema, Scripts.LIMITS);
  }

  private static ValueType type(String text) {
    return switch (text) {
      case "int" -> ValueType.required(DataType.INT);
      case "optional int" -> ValueType.optional(DataType.INT);
      case "double" -> ValueType.required(DataType.DOUBLE);
      case "decimal(5,2)" -> ValueType.required(new DataType.Decimal(5, 2));
      case "timestamp" -> ValueType.required(DataType.TIMESTAMP);
      case "[int]" -> ValueType.required(new DataType.ListOf(ValueType.required(DataType.INT)));
      case "map<int>" -> ValueType.required(new DataType.MapOf(ValueType.required(DataType.INT)));
      case "{ a: int }" ->
          ValueType.required(new DataType.RecordOf(Schema.of(Field.of("a", DataType.INT))));
      default -> throw new IllegalArgumentException(text);
    };
  }

  @Test
  void theTimeLimitGoesByTheClockThatIsGiven() {
    String loop = "while (true) {}";

    String slow =
        Scripts.outcome(loop, Schema.anything(), limits(1_000_000, 1 << 20, 9, 400_000_000));
    String quick = Scripts.outcome(loop, Schema.anything(), limits(1_000_000, 1 << 20, 9, 1));

    assertEquals("error D230 1:1 the script takes longer than 1000 ms for this row", slow);
    assertEquals("error D230 1:1 the script takes more than 1000000 steps for this row", quick);
  }

  @Test
  void aLoopOfSoManyStepsPassesOrFailsByOneStep() {
    String script = "for (var i : 1..10) {} emit({})";
    int least = 1;
    while (Scripts.outcome(script, Schema.anything(), limits(least, 1 << 20, 9, 1))
        .startsWith("error")) {
      least++;
    }

    assertEquals("{}", Scripts.outcome(script, Schema.anything(), limits(least, 1 << 20, 9, 1)));
    assertTrue(least > 10 && least < 40, () -> "steps of ten empty turns");
  }

  @Test
  void whatWasEmittedBeforeAFailureIsGone() {
    assertEquals(
        "error D202 1:19 Division by zero", Scripts.outcome("emit({}); var x = 1 / (id - id)"));
  }

  @Test
  void onlyWhatLosesNothingFitsWithoutBeingAsked() {
    assertEquals("{\"x\":7}", fitted("int", "7"));
    assertEquals("{\"x\":7}", fitted("int", "7.0"));
    assertEquals("{\"x\":null}", fitted("optional int", "null"));
    assertEquals("{\"x\":7.0}", fitted("double", "7"));
    assertEquals("{\"x\":0.1}", fitted("double", "0.1"));
    assertEquals("{\"x\":7.00}", fitted("decimal(5,2)", "7"));
    assertEquals("{\"x\":7.10}", fitted("decimal(5,2)", "7.100"));
    assertEquals("{\"x\":\"2026-01-01T00:00:00Z\"}", fitted("timestamp", "at"));
    assertEquals("{\"x\":\"2026-01-02T00:00:00Z\"}", fitted("timestamp", "'2026-01-02T00:00:00Z'"));
    assertEquals("{\"x\":[1,2]}", fitted("[int]", "[1, 2]"));
    assertEquals("{\"x\":{\"k\":1}}", fitted("map<int>", "{'k': 1}"));
    assertEquals("{\"x\":{\"a\":1}}", fitted("{ a: int }", "{'a': 1}"));
  }

  @Test
  void whatDoesNotFitIsNamedWithFieldValueAndType() {
    String error = "error D231 1:1 ";
    assertEquals(error + "`x` is `7.5`, a decimal, and int is wanted", fitted("int", "7.5"));
    assertEquals(error + "`x` is `7`, a string, and int is wanted", fitted("int", "'7'"));
    assertEquals(error + "`x` is null or missing, and int is wanted", fitted("int", "null"));
    assertEquals(
        error + "`x` is `0.5`, a double, and decimal(5,2) is wanted",
        fitted("decimal(5,2)", "ratio"));
    assertEquals(
        error + "`x` is `7.123`, which has more places than decimal(5,2); round it",
        fitted("decimal(5,2)", "7.123"));
    assertEquals(
        error + "`x` is `1000`, an int, and decimal(5,2) is wanted",
        fitted("decimal(5,2)", "1000"));
    assertEquals(
        error + "`x` is `soon`, a string, and timestamp is wanted", fitted("timestamp", "'soon'"));
    assertEquals(error + "`x[1]` is `b`, a string, and int is wanted", fitted("[int]", "[1, 'b']"));
    assertEquals(
        error + "`x.k` is null or missing, and int is wanted", fitted("map<int>", "{'k': null}"));
    assertEquals(error + "`x.b` is no declared field", fitted("{ a: int }", "{'a': 1, 'b': 2}"));
    assertEquals(
        error + "the emitted row has a field `y`, and the declared fields are x",
        Scripts.outcome(
            "emit({'x': 1, 'y': 2})", Schema.of(Field.of("x", DataType.INT)), Scripts.LIMITS));
  }

  @Test
  void noTextMakesTheReaderFailOrHang() {
    String[] pieces = {
      "{",
      "}",
      "(",
      ")",
      "[",
      "]",
      "x",
      "row",
      ".",
      ",",
      ";",
      ":",
      "1",
      "'a'",
      "if",
      "else",
      "for",
      "while",
      "var",
      "function",
      "->",
      "=>",
      "=",
      "+",
      "!",
      "?",
      "??",
      "=~",
      "emit",
      "return",
      "\n",
      " ",
      "..",
      "do",
      "const",
      "new",
      "import",
      "#pragma",
      "@a",
      "`",
      "~/",
      "/*",
      "//",
      "\\",
      "\"",
      "size",
      "empty",
      "null",
      "true",
      "not",
      "and",
      "lines",
      "tags",
      "upper"
    };
    Random random = new Random(7);
    assertTimeoutPreemptively(
        Duration.ofSeconds(60),
        () -> {
          for (int i = 0; i < 3000; i++) {
            StringBuilder script = new StringBuilder();
            for (int j = random.nextInt(40); j >= 0; j--) {
              script.append(pieces[random.nextInt(pieces.length)]).append(' ');
            }
            ScriptProgram.read(Scripts.text(script.toString()), new Problems());
          }
        });
  }
}
