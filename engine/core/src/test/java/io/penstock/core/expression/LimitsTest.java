package io.penstock.core.expression;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.penstock.api.data.Batch;
import io.penstock.api.data.Column;
import io.penstock.api.data.Provenance;
import io.penstock.api.data.Schema;
import io.penstock.api.problem.Problems;
import java.util.Optional;
import org.junit.jupiter.api.Test;

final class LimitsTest {
  @Test
  void refusesFiveThousandParentheses() {
    assertEquals("E303", problem("(".repeat(5_000) + "1" + ")".repeat(5_000)));
  }

  @Test
  void refusesTwentyThousandAdditions() {
    assertEquals("E303", problem("1" + "+1".repeat(20_000)));
  }

  @Test
  void refusesAMegabyteOfText() {
    assertEquals("E303", problem("'" + "x".repeat(1_000_000) + "'"));
  }

  @Test
  void refusesDeepChainsOfEveryKind() {
    assertEquals("E303", problem("!".repeat(30_000) + "true"));
    assertEquals("E303", problem("-".repeat(3_000).replace("-", "- ") + "1"));
    assertEquals("E303", problem("[".repeat(30_000)));
    assertEquals("E303", problem("{'a':".repeat(10_000)));
    assertEquals("E303", problem("true ? 1 : ".repeat(3_000) + "1"));
    assertEquals("E303", problem("`${".repeat(10_000)));
    assertEquals("E303", problem("row" + ".a".repeat(20_000)));
    assertEquals("E303", problem("upper(".repeat(5_000)));
    assertEquals("E303", problem("1" + ".upper()".repeat(5_000)));
  }

  @Test
  void computesAThousandAdditions() {
    assertEquals(1000L, value("1" + "+1".repeat(999)));
  }

  @Test
  void computesTwoHundredBracketsLessOne() {
    assertEquals(1L, value("(".repeat(199) + "1" + ")".repeat(199)));
  }

  @Test
  void findsASyntaxErrorInEachOfManyPlaces() {
    Problems problems = new Problems();
    new ExpressionChecker(problems).check(TableCase.at("f(1 +, 2 *, 3 -)"), Scope.of(Schema.of()));
    assertTrue(problems.size() >= 3, problems.inFileOrder().toString());
  }

  private static String problem(String text) {
    Problems problems = new Problems();
    Optional<Expression> found =
        new ExpressionChecker(problems).check(TableCase.at(text), Scope.of(Schema.of()));
    assertTrue(found.isEmpty());
    return problems.inFileOrder().stream()
        .map(p -> p.code().name())
        .filter("E303"::equals)
        .findFirst()
        .orElse(problems.inFileOrder().toString());
  }

  private static Object value(String text) {
    Expression expression =
        new ExpressionChecker(new Problems())
            .check(TableCase.at(text), Scope.of(Schema.of()))
            .orElseThrow();
    RowErrors errors = new RowErrors();
    Column column =
        Evaluators.of(expression, TableCase.RUN)
            .evaluate(
                Batch.of(Schema.of(), 1, new Column[0], Provenance.none("t")),
                Selection.all(1),
                errors);
    assertTrue(errors.isEmpty());
    Object value = Values.get(column, expression.type().type(), 0);
    return value == null ? "null" : value;
  }
}
