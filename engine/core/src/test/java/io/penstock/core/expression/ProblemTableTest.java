package io.penstock.core.expression;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.penstock.api.data.DataType;
import io.penstock.api.data.Field;
import io.penstock.api.data.Schema;
import io.penstock.api.data.ValueType;
import io.penstock.api.problem.Problem;
import io.penstock.api.problem.Problems;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** Runs the table of mistakes: each line an expression and the problems found, with their spans. */
final class ProblemTableTest {
  private static final Scope SCOPE =
      new Scope(
          Schema.of(
              Field.of("amount", DataType.INT),
              Field.optional("coupon", DataType.STRING),
              Field.of("name", DataType.STRING),
              Field.of("price", new DataType.Decimal(12, 2)),
              Field.of("list", new DataType.ListOf(ValueType.required(DataType.INT)))),
          Map.of(),
          Map.of(),
          Map.of("min", new Parameter(ValueType.required(DataType.INT), Optional.of(5L), false)),
          Map.of("path", ValueType.required(DataType.STRING)),
          Map.of(
              "twice",
              new UserFunction(
                  "twice",
                  List.of(
                      new UserFunction.Taken("x", Optional.of(ValueType.required(DataType.INT)))),
                  TableCase.at("x * 2")),
              "loop",
              new UserFunction(
                  "loop",
                  List.of(
                      new UserFunction.Taken("x", Optional.of(ValueType.required(DataType.INT)))),
                  TableCase.at("loop(x)"))));

  @Test
  void everyMistakeIsFoundAtItsPlace() throws IOException {
    List<String> wrong = new ArrayList<>();
    int cases = 0;
    for (String line : lines()) {
      cases++;
      int arrow = line.lastIndexOf(" => ");
      String expression = line.substring(0, arrow);
      String found = problems(expression);
      String expected = line.substring(arrow + 4);
      if (!found.equals(expected)) {
        wrong.add(expression + " => " + found);
      }
    }
    assertEquals("", String.join("\n", wrong));
    assertTrue(cases > 60, "only " + cases + " cases");
  }

  private static String problems(String expression) {
    Problems problems = new Problems();
    boolean valid =
        new ExpressionChecker(problems).check(TableCase.at(expression), SCOPE).isPresent();
    assertEquals(valid, !problems.hasErrors());
    return problems.inFileOrder().stream()
        .map(ProblemTableTest::spanned)
        .collect(Collectors.joining(", "));
  }

  private static String spanned(Problem problem) {
    return problem.code()
        + " "
        + problem.origin().column()
        + "+"
        + problem.origin().length()
        + (problem.hint().isPresent() ? "" : " without hint");
  }

  private static List<String> lines() throws IOException {
    try (InputStream in = ProblemTableTest.class.getResourceAsStream("problems.txt")) {
      if (in == null) {
        throw new IOException("no table");
      }
      return new String(in.readAllBytes(), StandardCharsets.UTF_8)
          .lines()
          .filter(l -> !l.isBlank() && !l.startsWith("##"))
          .toList();
    }
  }
}
