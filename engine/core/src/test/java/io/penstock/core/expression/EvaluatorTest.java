package io.penstock.core.expression;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.penstock.api.data.Batch;
import io.penstock.api.data.Column;
import io.penstock.api.data.DataType;
import io.penstock.api.data.Field;
import io.penstock.api.data.LongsBuilder;
import io.penstock.api.data.Provenance;
import io.penstock.api.data.Schema;
import io.penstock.api.data.ValueType;
import io.penstock.api.problem.Origin;
import io.penstock.api.problem.Problems;
import java.util.Arrays;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

final class EvaluatorTest {
  private static final Schema ROW = Schema.of(Field.of("n", DataType.INT));
  private static final Scope SCOPE =
      new Scope(
          ROW,
          Map.of(),
          Map.of(),
          Map.of(
              "key",
              new Parameter(ValueType.required(DataType.STRING), Optional.of("hunter2"), true)),
          Map.of("line", ValueType.optional(DataType.INT)),
          Map.of());

  private final RowErrors errors = new RowErrors();

  @Test
  void evaluatesOnlySelectedRows() {
    Column result =
        evaluator("10 / n").evaluate(batch(0, 5, 0, 2), new Selection(new int[] {1, 3}, 2), errors);

    assertTrue(errors.isEmpty());
    assertArrayEquals(new double[] {2, 5}, ((Column.Doubles) result).values());
  }

  @Test
  void reportsAFailedRowUnderItsIndexInTheBatch() {
    Column result =
        evaluator("n + 10 / n")
            .evaluate(batch(5, 7, 0, 2), new Selection(new int[] {1, 2, 3}, 3), errors);

    RowError error = errors.of(2).orElseThrow();
    assertEquals("table:1:5", error.at().toString());
    assertEquals(6, error.at().length());
    assertEquals("`10 / 0` divides by zero", error.message());
    assertEquals(Map.of("n", "0"), error.values());
    assertTrue(result.isNull(1));
    assertFalse(result.isNull(2));
  }

  @Test
  void keepsOnlyRowsForWhichAConditionIsTrue() {
    Selection kept = evaluator("10 / n > 1").select(batch(5, 0, 20, 2), Selection.all(4), errors);

    assertArrayEquals(new int[] {0, 3}, Arrays.copyOf(kept.rows(), kept.count()));
    assertEquals(1, errors.all().size());
    assertTrue(errors.of(1).isPresent());
  }

  @Test
  void handsAFieldOnAsItIs() {
    Batch batch = batch(1, 2);

    assertSame(batch.column(0), evaluator("n").evaluate(batch, Selection.all(2), errors));
  }

  @Test
  void repeatsRandomNumbersForTheSamePosition() {
    Column first = evaluator("random()").evaluate(batch(1, 1, 1), Selection.all(3), errors);
    Column again =
        evaluator("random()").evaluate(batch(1, 1, 1), new Selection(new int[] {1, 2}, 2), errors);

    double[] all = ((Column.Doubles) first).values();
    assertNotEquals(all[0], all[1]);
    assertArrayEquals(new double[] {all[1], all[2]}, ((Column.Doubles) again).values());
  }

  @Test
  void drawsOtherRandomNumbersInEachExpression() {
    Expression here = expression("random()", Origin.at("f", 1, 1));
    Expression there = expression("random()", Origin.at("f", 2, 1));

    assertNotEquals(value(here), value(there));
    assertEquals(value(here), value(expression("random()", Origin.at("g", 1, 1))));
  }

  @Test
  void masksSecrets() {
    evaluator("cast(params.key, 'int')").evaluate(batch(1), Selection.all(1), errors);

    assertEquals("`***` is no int", errors.of(0).orElseThrow().message());
  }

  @Test
  void readsMetadata() {
    Batch plain = batch(1, 2);
    Batch withMeta =
        Batch.of(
            ROW,
            2,
            plain.columns(),
            new Provenance(
                "s",
                "f",
                new long[] {0, 1},
                new int[0],
                Map.of("line", new Column.Longs(2, new long[] {7, 8}, null))));

    Column result = evaluator("meta.line + n").evaluate(withMeta, Selection.all(2), errors);
    Column without = evaluator("meta('line')").evaluate(plain, Selection.all(2), errors);

    assertArrayEquals(new long[] {8, 10}, ((Column.Longs) result).values());
    assertTrue(without.isNull(0));
  }

  @Test
  void keepsItsPlaceAfterAFailureInTheMiddleOfAText() {
    Column result =
        evaluator("'a' + n + (10 % n)").evaluate(batch(3, 0, 4), Selection.all(3), errors);

    Column.Bytes texts = (Column.Bytes) result;
    assertEquals("a31", texts.text(0));
    assertTrue(texts.isNull(1));
    assertEquals("a42", texts.text(2));
  }

  private static double value(Expression expression) {
    Column column =
        Evaluators.of(expression, TableCase.RUN)
            .evaluate(batch(1), Selection.all(1), new RowErrors());
    return ((Column.Doubles) column).values()[0];
  }

  private static Evaluator evaluator(String text) {
    return Evaluators.of(expression(text, Origin.at("table", 1, 1)), TableCase.RUN);
  }

  private static Expression expression(String text, Origin at) {
    Problems problems = new Problems();
    return new ExpressionChecker(problems)
        .check(io.penstock.api.option.ExpressionText.at(text, at), SCOPE)
        .orElseThrow(() -> new AssertionError(problems.inFileOrder().toString()));
  }

  private static Batch batch(long... values) {
    LongsBuilder builder = new LongsBuilder();
    long[] positions = new long[values.length];
    for (int i = 0; i < values.length; i++) {
      builder.add(values[i]);
      positions[i] = i * 10L;
    }
    return Batch.of(
        ROW,
        values.length,
        new Column[] {builder.build()},
        new Provenance("s", "f", positions, new int[0], Map.of()));
  }
}
