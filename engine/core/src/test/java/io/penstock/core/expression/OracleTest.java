package io.penstock.core.expression;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.penstock.api.data.Batch;
import io.penstock.api.data.Column;
import io.penstock.api.data.ColumnBuilder;
import io.penstock.api.data.DataType;
import io.penstock.api.data.Field;
import io.penstock.api.data.Provenance;
import io.penstock.api.data.Schema;
import io.penstock.api.problem.Problems;
import io.penstock.core.compile.Apart;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.apache.commons.jexl3.JexlBuilder;
import org.apache.commons.jexl3.JexlContext;
import org.apache.commons.jexl3.JexlEngine;
import org.apache.commons.jexl3.JexlException;
import org.apache.commons.jexl3.MapContext;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/**
 * Compares random expressions, on closures and compiled, with JEXL where its rules are the same.
 */
final class OracleTest {
  private static final long SEED = Long.getLong("penstock.seed", 20_260_101L);
  private static final int COUNT = Integer.getInteger("penstock.count", 20_000);
  private static final int TOGETHER = 100;
  private static final Schema ROW =
      Schema.of(
          Field.of("i", DataType.INT),
          Field.of("j", DataType.INT),
          Field.of("x", DataType.DOUBLE),
          Field.of("y", DataType.DOUBLE),
          Field.of("p", DataType.BOOLEAN),
          Field.of("q", DataType.BOOLEAN),
          Field.of("s", DataType.STRING),
          Field.of("t", DataType.STRING));

  @Test
  void agreesWithJexlWhereTheRulesAreTheSame() {
    System.out.println("expressions against JEXL: seed " + SEED + ", count " + COUNT);
    JexlEngine jexl = new JexlBuilder().strict(true).silent(false).create();
    ExpressionGrammar grammar = new ExpressionGrammar(SEED);
    Random random = new Random(SEED);
    List<String> wrong = new ArrayList<>();
    for (int i = 0; i < COUNT && wrong.size() < 20; i += TOGETHER) {
      List<String> expressions = Stream.generate(grammar::expression).limit(TOGETHER).toList();
      Object[] row = row(random);
      List<String> ours = ours(expressions, row, i % (4 * TOGETHER) == 0);
      for (int k = 0; k < TOGETHER; k++) {
        String theirs = theirs(jexl, expressions.get(k), row);
        if (!ours.get(k).equals(theirs)) {
          wrong.add(
              expressions.get(k) + " over " + List.of(row) + ": " + ours.get(k) + ", " + theirs);
        }
      }
    }
    assertEquals("", String.join("\n", wrong));
  }

  /** Doubles are positive, because JEXL takes -0.0 for less than 0.0. */
  private static Object[] row(Random random) {
    return new Object[] {
      (long) random.nextInt(19) - 9,
      (long) random.nextInt(3),
      (random.nextInt(20) + 1) / 4.0,
      random.nextInt(3) + 0.5,
      random.nextBoolean(),
      random.nextBoolean(),
      List.of("a", "ab", "é", "xyz").get(random.nextInt(4)),
      List.of("", "b", "a😀").get(random.nextInt(3))
    };
  }

  /** What closures give, and compiled loops where asked for; both where they differ. */
  private static List<String> ours(List<String> texts, Object[] row, boolean compiles) {
    List<Expression> expressions = new ArrayList<>();
    for (String text : texts) {
      Problems problems = new Problems();
      expressions.add(
          new ExpressionChecker(problems)
              .check(TableCase.at(text), Scope.of(ROW))
              .orElseThrow(() -> new AssertionError(problems.inFileOrder().toString())));
    }
    Batch batch = batch(row);
    Projection projection =
        compiles
            ? Apart.of(expressions)
            : Evaluators.closures().projection(expressions, TableCase.RUN);
    RowErrors unused = new RowErrors();
    Column[] loops = projection.evaluate(batch, Selection.all(1), unused);
    List<String> results = new ArrayList<>();
    for (int i = 0; i < loops.length; i++) {
      Expression expression = expressions.get(i);
      RowErrors errors = new RowErrors();
      Column closures =
          Evaluators.of(expression, TableCase.RUN).evaluate(batch, Selection.all(1), errors);
      String one = errors.isEmpty() ? shown(value(expression, closures)) : "error";
      String other = errors.isEmpty() ? shown(value(expression, loops[i])) : "error";
      results.add(one.equals(other) ? one : one + " on closures, compiled " + other);
    }
    return results;
  }

  private static @Nullable Object value(Expression expression, Column column) {
    return Values.get(column, expression.type().type(), 0);
  }

  private static Batch batch(Object[] row) {
    Column[] columns = new Column[row.length];
    for (int i = 0; i < row.length; i++) {
      DataType type = ROW.column(i).type();
      ColumnBuilder builder = ColumnBuilder.of(type);
      Values.append(builder, type, row[i]);
      columns[i] = builder.build();
    }
    return Batch.of(ROW, 1, columns, Provenance.none("t"));
  }

  private static String theirs(JexlEngine jexl, String text, Object[] row) {
    JexlContext context = new MapContext();
    for (int i = 0; i < row.length; i++) {
      context.set(ROW.fields().get(i).name(), row[i]);
    }
    try {
      return shown(jexl.createExpression(text.replace("1_0", "10")).evaluate(context));
    } catch (JexlException.Parsing unread) {
      return "unread " + unread.getMessage();
    } catch (JexlException | ArithmeticException failed) {
      return "error";
    }
  }

  private static String shown(@Nullable Object value) {
    return value instanceof Number number
        ? Double.toString(number.doubleValue() == 0 ? 0.0 : number.doubleValue())
        : String.valueOf(value);
  }
}
