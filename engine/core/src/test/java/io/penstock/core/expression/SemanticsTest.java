package io.penstock.core.expression;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.penstock.api.data.Batch;
import io.penstock.api.data.Column;
import io.penstock.api.problem.Problems;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Runs the semantics table on closures and on compiled loops, in batches of several sizes. */
final class SemanticsTest {
  private static final int[] SIZES = {1, 63, 64, 65, 4096};
  private static final Execution COMPILED = Compiled.execution();

  @Test
  void everyLineOfTheTableHolds() throws IOException {
    List<String> wrong = new ArrayList<>();
    int cases = 0;
    for (TableCase one : table("semantics.txt")) {
      cases++;
      String outcome;
      try {
        outcome = run(one);
      } catch (RuntimeException broken) {
        outcome = broken + " at " + broken.getStackTrace()[0];
      }
      if (!outcome.equals(one.expected())) {
        wrong.add(
            one.line() + ": " + one.expression() + " gives " + outcome + ", not " + one.expected());
      }
    }
    assertEquals("", String.join("\n", wrong));
    assertTrue(cases > 200, "only " + cases + " cases");
  }

  private static String run(TableCase one) {
    Problems problems = new Problems();
    Optional<Expression> expression = one.checked(problems);
    if (expression.isEmpty()) {
      return TableCase.outcome(problems);
    }
    String first = "";
    for (Execution execution : List.of(Evaluators.closures(), COMPILED)) {
      Evaluator evaluator = execution.evaluator(expression.get(), TableCase.RUN);
      first = run(one, expression.get(), evaluator, first);
    }
    return first;
  }

  private static String run(
      TableCase one, Expression expression, Evaluator evaluator, String before) {
    String first = before;
    for (int size : SIZES) {
      for (boolean nulls : new boolean[] {false, true}) {
        Batch batch = one.batch(size, nulls);
        RowErrors errors = new RowErrors();
        Column column = evaluator.evaluate(batch, Selection.all(size), errors);
        assertEquals(size, column.size());
        for (int row = 0; row < size; row += nulls ? 3 : 1) {
          String outcome = TableCase.outcome(expression, column, row, row, errors);
          first = first.isEmpty() ? outcome : first;
          if (!outcome.equals(first)) {
            return first + " and in row " + row + " of " + size + " " + outcome;
          }
        }
      }
    }
    return first;
  }

  static List<TableCase> table(String name) throws IOException {
    List<TableCase> cases = new ArrayList<>();
    try (InputStream in = SemanticsTest.class.getResourceAsStream(name)) {
      if (in == null) {
        throw new IOException("no table " + name);
      }
      int line = 0;
      for (String text : new String(in.readAllBytes(), StandardCharsets.UTF_8).split("\n")) {
        line++;
        if (!text.isBlank() && !text.startsWith("#")) {
          cases.add(TableCase.read(line, text));
        }
      }
    }
    return cases;
  }
}
