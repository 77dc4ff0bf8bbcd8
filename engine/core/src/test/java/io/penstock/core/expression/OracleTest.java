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
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.apache.commons.jexl3.JexlBuilder;
import org.apache.commons.jexl3.JexlContext;
import org.apache.commons.jexl3.JexlEngine;
import org.apache.commons.jexl3.JexlException;
import org.apache.commons.jexl3.MapContext;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Compares random expressions with JEXL where its rules are the same. */
final class OracleTest {
  private static final long SEED = Long.getLong("penstock.seed", 20_260_101L);
  private static final int COUNT = Integer.getInteger("penstock.count", 20_000);
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
    for (int i = 0; i < COUNT && wrong.size() < 20; i++) {
      String expression = grammar.expression();
      Object[] row = row(random);
      String ours = ours(expression, row);
      String theirs = theirs(jexl, expression, row);
      if (!ours.equals(theirs)) {
        wrong.add(expression + " over " + List.of(row) + " gives " + ours + ", by JEXL " + theirs);
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

  private static String ours(String text, Object[] row) {
    Problems problems = new Problems();
    Optional<Expression> expression =
        new ExpressionChecker(problems).check(TableCase.at(text), Scope.of(ROW));
    if (expression.isEmpty()) {
      return problems.inFileOrder().toString();
    }
    Column[] columns = new Column[row.length];
    for (int i = 0; i < row.length; i++) {
      DataType type = ROW.column(i).type();
      ColumnBuilder builder = ColumnBuilder.of(type);
      Values.append(builder, type, row[i]);
      columns[i] = builder.build();
    }
    RowErrors errors = new RowErrors();
    Column result =
        Evaluators.of(expression.get(), TableCase.RUN)
            .evaluate(Batch.of(ROW, 1, columns, Provenance.none("t")), Selection.all(1), errors);
    return errors.isEmpty()
        ? shown(Values.get(result, expression.get().type().type(), 0))
        : "error";
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
