package io.penstock.core.compile;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.penstock.api.data.Batch;
import io.penstock.api.data.Column;
import io.penstock.api.data.DataType;
import io.penstock.api.data.Field;
import io.penstock.api.data.Schema;
import io.penstock.core.expression.Expression;
import io.penstock.core.expression.RowErrors;
import io.penstock.core.expression.Selection;
import java.util.ArrayList;
import java.util.List;
import java.util.StringJoiner;
import org.junit.jupiter.api.Test;

/** No method becomes too large for HotSpot, however large the expressions are. */
final class MethodSizeTest {
  private static final int FIELDS = 600;
  private static final int MOST_BYTES = 6_000;

  private final Checked checked = Checked.over(schema());

  private static Schema schema() {
    List<Field> fields = new ArrayList<>();
    for (int i = 0; i < FIELDS; i++) {
      fields.add(Field.of("n" + i, DataType.INT));
    }
    fields.add(Field.of("t", DataType.STRING));
    return Schema.of(fields);
  }

  private Object[] row() {
    Object[] row = new Object[FIELDS + 1];
    for (int i = 0; i < FIELDS; i++) {
      row[i] = (long) i;
    }
    row[FIELDS] = "x";
    return row;
  }

  private Column checked(List<Expression> step, int result) {
    MadeLoops made = checked.made(step);
    assertTrue(made.largestMethod() <= MOST_BYTES, made.largestMethod() + " bytes");
    Batch batch = checked.batch(row(), row());
    RowErrors errors = new RowErrors();
    LoopRun run = checked.run(step);
    Column column = run.evaluate(batch, Selection.all(2), errors)[result];
    assertTrue(errors.isEmpty());
    assertEquals(0, run.shareLeft());
    return column;
  }

  private Column checked(String text) {
    return checked(List.of(checked.expression(text)), 0);
  }

  private static String joined(String between, int count, String... parts) {
    StringJoiner joined = new StringJoiner(between);
    for (int i = 0; i < count; i++) {
      joined.add(parts[0] + i + (parts.length > 1 ? parts[1] : ""));
    }
    return joined.toString();
  }

  @Test
  void aSumOfFiveHundredTerms() {
    Column column = checked(joined(" + ", 500, "n"));

    assertEquals(499 * 500 / 2, ((Column.Longs) column).values()[1]);
  }

  @Test
  void aCaseOfTwoHundredBranches() {
    StringBuilder text = new StringBuilder("case(");
    for (int i = 0; i < 190; i++) {
      text.append("n7 == ").append(i + 1_000).append(", ").append(i).append(", ");
    }
    Column column = checked(text + "n3 == 3, -5, -1)");

    assertEquals(-5, ((Column.Longs) column).values()[0]);
  }

  @Test
  void aJoinOfFiveHundredTexts() {
    Column column = checked("`" + joined("", 500, "${n", "}") + "`");

    assertTrue(((Column.Bytes) column).text(0).startsWith("01234567891011"));
  }

  @Test
  void conditionsOfThreeHundredParts() {
    Column column = checked(joined(" and ", 300, "n", " >= 0"));

    assertTrue(((Column.Booleans) column).values()[0]);
  }

  @Test
  void aListOfAThousandNumbersToBeFoundIn() {
    Column column = checked("n5 in [" + joined(", ", 1_000, "") + "]");

    assertTrue(((Column.Booleans) column).values()[0]);
  }

  @Test
  void sixHundredExpressionsOfOneStep() {
    List<Expression> step = new ArrayList<>();
    for (int i = 0; i < FIELDS; i++) {
      step.add(checked.expression("upper(t) + '-' + (n" + i + " * 2)"));
    }
    Column column = checked(step, 599);

    assertEquals("X-1198", ((Column.Bytes) column).text(1));
  }
}
