package io.penstock.core.expression;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.penstock.api.data.DataType;
import io.penstock.api.data.Field;
import io.penstock.api.data.FieldPath;
import io.penstock.api.data.Schema;
import io.penstock.api.data.ValueType;
import io.penstock.api.problem.Origin;
import io.penstock.api.problem.Problem;
import io.penstock.api.problem.Problems;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

final class CheckerTest {
  private static final Schema ROW =
      Schema.of(
          Field.of("a", DataType.INT),
          Field.optional("b", DataType.INT),
          Field.of("s", DataType.STRING),
          Field.of("price", new DataType.Decimal(12, 2)));

  private final Problems problems = new Problems();

  @Test
  void namesWhatAnExpressionReads() {
    Schema open = new Schema(List.of(Field.of("n", DataType.INT)), true);

    assertEquals(
        Set.of(FieldPath.of("n"), FieldPath.of("quake", "properties", "mag")),
        new ExpressionChecker(problems)
            .check(TableCase.at("n > 1 && quake.properties.mag == n"), Scope.of(open))
            .orElseThrow()
            .reads());
  }

  @Test
  void knowsWhatIsNotNull() {
    assertFalse(type("if(b != null, b, 0)").optional());
    assertFalse(type("b == null ? 0 : b").optional());
    assertFalse(type("b != null && b > 1").optional());
    assertFalse(type("b ?? 0").optional());
    assertFalse(type("if(b > 1, b, 0)").optional());
    assertTrue(type("if(b > 1, 0, b)").optional());
    assertTrue(type("if(b > 1 || a > 1, b, 0)").optional());
    assertTrue(type("b + 1").optional());
    assertTrue(type("if(a > 1, b, 0)").optional());
  }

  @Test
  void knowsWhatMayFail() {
    assertTrue(check("a / b").fallible());
    assertFalse(check("a / 2").fallible());
    assertFalse(check("s == 'x' && b > 1").fallible());
    assertFalse(check("price * 0.5").fallible());
    assertFalse(check("try(a / b, 0.0e0)").fallible());
    assertTrue(check("a + 1").fallible());
  }

  @Test
  void convertsToTheWantedType() {
    assertEquals("double", wanted("a", ValueType.required(DataType.DOUBLE)).type().toString());
    assertEquals(
        "decimal(12,2)",
        wanted("5", ValueType.required(new DataType.Decimal(12, 2))).type().toString());
    assertEquals("E402", refused("s", ValueType.required(DataType.INT)));
    assertEquals("E403", refused("b", ValueType.required(DataType.INT)));
  }

  @Test
  void putsFunctionsOfTheFileIn() {
    UserFunction net =
        new UserFunction(
            "net",
            List.of(
                new UserFunction.Taken("price", Optional.empty()),
                new UserFunction.Taken("rate", Optional.empty())),
            TableCase.at("price * (1 - rate)"));
    Scope scope = new Scope(ROW, Map.of(), Map.of(), Map.of(), Map.of(), Map.of("net", net));

    Expression expression =
        new ExpressionChecker(problems)
            .check(TableCase.at("net(price, 0.200)"), scope)
            .orElseThrow();

    assertEquals("decimal(17,5)", expression.type().toString());
  }

  @Test
  void takesAggregatesOut() {
    NamedExpression key =
        new NamedExpression("s", new ExpressionChecker(problems).field(ROW, "s", Origin.file("f")));

    AggregateExpression share =
        new ExpressionChecker(problems)
            .checkAggregate(
                "share",
                TableCase.at("(count() where a > 1) / count(b)"),
                Scope.of(ROW),
                List.of(key))
            .orElseThrow(() -> new AssertionError(problems.inFileOrder().toString()));

    assertEquals(2, share.calls().size());
    assertTrue(share.calls().get(0).where().isPresent());
    assertEquals("double", share.outer().type().toString());
    assertEquals(Set.of(FieldPath.of("$0"), FieldPath.of("$1")), share.outer().reads());
  }

  @Test
  void refusesFieldsOutsideAggregates() {
    assertEquals(List.of("E310 1:1"), aggregate("a + count()"));
    assertEquals(List.of("E309 1:7"), aggregate("count(count())"));
    assertEquals(List.of("E301 1:1"), aggregate("zzzz + count()"));
    assertEquals(List.of(), aggregate("s + '!'"));
    assertEquals(List.of("E401 1:15"), aggregate("count() where s"));
  }

  private List<String> aggregate(String text) {
    Problems found = new Problems();
    NamedExpression key =
        new NamedExpression("s", new ExpressionChecker(found).field(ROW, "s", Origin.file("f")));
    new ExpressionChecker(found)
        .checkAggregate("x", TableCase.at(text), Scope.of(ROW), List.of(key));
    return found.inFileOrder().stream()
        .map(p -> p.code() + " " + p.origin().line() + ":" + p.origin().column())
        .toList();
  }

  private Expression check(String text) {
    return new ExpressionChecker(problems)
        .check(TableCase.at(text), Scope.of(ROW))
        .orElseThrow(() -> new AssertionError(problems.inFileOrder().toString()));
  }

  private ValueType type(String text) {
    return check(text).type();
  }

  private Expression wanted(String text, ValueType wanted) {
    return new ExpressionChecker(problems)
        .check(TableCase.at(text), Scope.of(ROW), wanted)
        .orElseThrow(() -> new AssertionError(problems.inFileOrder().toString()));
  }

  private static String refused(String text, ValueType wanted) {
    Problems found = new Problems();
    new ExpressionChecker(found).check(TableCase.at(text), Scope.of(ROW), wanted);
    return found.inFileOrder().stream().map(Problem::code).findFirst().orElseThrow().name();
  }
}
