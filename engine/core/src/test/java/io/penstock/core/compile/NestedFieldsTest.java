package io.penstock.core.compile;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;

import io.penstock.api.data.Batch;
import io.penstock.api.data.Column;
import io.penstock.api.data.DataType;
import io.penstock.api.data.Field;
import io.penstock.api.data.Schema;
import io.penstock.core.expression.Evaluator;
import io.penstock.core.expression.Evaluators;
import io.penstock.core.expression.Expression;
import io.penstock.core.expression.RowErrors;
import io.penstock.core.expression.Selection;
import io.penstock.core.expression.Values;
import java.math.BigDecimal;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Fields of records are read as columns are, by closures and by loops. */
final class NestedFieldsTest {
  private static final Schema DEEP =
      Schema.of(Field.of("x", DataType.DOUBLE), Field.optional("t", DataType.STRING));
  private static final Schema OUTER =
      Schema.of(
          Field.of("n", DataType.INT),
          Field.optional("m", DataType.INT),
          Field.of("s", DataType.STRING),
          Field.of("d", new DataType.Decimal(10, 2)),
          Field.of("p", DataType.BOOLEAN),
          Field.optional("deep", new DataType.RecordOf(DEEP)));
  private static final Schema ROW =
      Schema.of(Field.of("k", DataType.INT), Field.optional("o", new DataType.RecordOf(OUTER)));

  private static final List<String> EXPRESSIONS =
      List.of(
          "o.n + 1",
          "o.m * 2",
          "o.s + '!'",
          "0.5 * o.d",
          "o.p and k > 1",
          "o.deep.x * 2",
          "coalesce(o.deep.t, 'none')",
          "k == 1 and o.n % 2 == 1",
          "o.n == null",
          "if(o.p, o.s, o.deep.t)");

  private final Checked checked = Checked.over(ROW);

  private static @Nullable Object[] row(long k, @Nullable Object outer) {
    return new Object[] {k, outer};
  }

  private static Object outer(long n, @Nullable Object m, @Nullable Object deep) {
    return new Object[] {n, m, "s" + n, new BigDecimal(n + ".50"), n % 2 == 1, deep};
  }

  private Batch rows() {
    return checked.batch(
        row(1, outer(1, 7L, new Object[] {1.5, "deep"})),
        row(2, null),
        row(1, outer(3, null, new Object[] {2.5, null})),
        row(4, outer(4, 9L, null)),
        row(1, null),
        row(6, outer(5, 1L, new Object[] {-1.0, "t"})));
  }

  @Test
  void loopsComputeThemAlone() {
    Object deep = new Object[] {1.5, "deep"};

    assertEquals(2L, checked.value("o.n + 1", row(1, outer(1, 7L, deep))));
    assertEquals("s1!", checked.value("o.s + '!'", row(1, outer(1, 7L, deep))));
    assertEquals(3.0, checked.value("o.deep.x * 2", row(1, outer(1, 7L, deep))));
    assertNull(checked.value("o.n + 1", row(1, null)));
    assertNull(checked.value("o.deep.x * 2", row(1, outer(1, 7L, null))));
    assertEquals(true, checked.value("k == 1 and o.n % 2 == 1", row(1, outer(1, 7L, deep))));
  }

  @Test
  void loopsAgreeWithClosuresAboutNullsAtEachDepth() {
    Batch rows = rows();
    List<Expression> expressions = checked.expressions(EXPRESSIONS.toArray(String[]::new));

    for (int size = 1; size <= rows.size(); size++) {
      int[] some = new int[size];
      for (int i = 0; i < size; i++) {
        some[i] = rows.size() - size + i;
      }
      Selection selected = new Selection(some, size);
      Column[] loops = checked.run(expressions).evaluate(rows, selected, new RowErrors());
      for (int e = 0; e < expressions.size(); e++) {
        Evaluator closures = Evaluators.of(expressions.get(e), Checked.RUN);
        Column wanted = closures.evaluate(rows, selected, new RowErrors());
        DataType type = expressions.get(e).type().type();
        for (int i = 0; i < size; i++) {
          assertEquals(
              Values.get(wanted, type, i), Values.get(loops[e], type, i), EXPRESSIONS.get(e));
        }
      }
    }
  }

  @Test
  void aFieldAloneIsItsColumn() {
    Batch rows = rows();
    Column.Records outer = (Column.Records) rows.column(1);
    Evaluator name = Evaluators.of(checked.expression("o.s"), Checked.RUN);

    Column.Bytes found =
        (Column.Bytes) name.evaluate(rows, Selection.all(rows.size()), new RowErrors());

    assertSame(outer.fields()[2], found);
    assertEquals("s1", found.text(0));
    assertNull(Values.get(found, DataType.STRING, 1));
  }

  @Test
  void aFieldIsNullWhereItsRecordIsWhateverLiesThere() {
    Column numbers = new Column.Longs(3, new long[] {5, 6, 7}, null);
    Column.Records records = new Column.Records(3, new Column[] {numbers}, new long[] {0b101});

    Column field = records.field(0);

    assertEquals(5L, Values.get(field, DataType.INT, 0));
    assertNull(Values.get(field, DataType.INT, 1));
    assertEquals(7L, Values.get(field, DataType.INT, 2));
  }

  @Test
  void recordsThatAreAllNullAreGatheredAsNulls() {
    Column.Records outer = (Column.Records) rows().column(1);

    Column.Records nulls = (Column.Records) outer.gather(new int[] {1, 4, 1}, 3);

    for (int i = 0; i < 3; i++) {
      assertEquals(true, nulls.isNull(i));
      for (Column field : nulls.fields()) {
        assertEquals(3, field.size());
        assertEquals(true, field.isNull(i));
      }
    }
    Column.Records some = (Column.Records) outer.gather(new int[] {1, 3}, 2);
    assertEquals(4L, Values.get(some.field(0), DataType.INT, 1));
  }
}
