package io.penstock.core.compile;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.penstock.api.data.DataType;
import io.penstock.api.data.Field;
import io.penstock.api.data.Schema;
import io.penstock.api.data.ValueType;
import io.penstock.core.expression.Expression;
import io.penstock.core.expression.RowErrors;
import io.penstock.core.expression.Selection;
import java.math.BigDecimal;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Where generated code of others went wrong. */
final class TrapsTest {
  private final Checked checked =
      Checked.over(
          Schema.of(
              Field.of("i", DataType.INT),
              Field.of("v0", DataType.INT),
              Field.of("class", DataType.STRING),
              Field.of("rows", DataType.STRING),
              new Field("n", ValueType.optional(DataType.INT)),
              new Field("b", ValueType.optional(DataType.BOOLEAN)),
              Field.of("d", new DataType.Decimal(19, 0))));

  private @Nullable Object value(String text) {
    return checked.value(text, 10L, 3L, "klass", "r", null, null, new BigDecimal("1"));
  }

  @Test
  void keepsParentheses() {
    assertEquals(21L, value("i - (v0 - (i + 4))"));
    assertEquals(-2L, value("-(i - 2 * (v0 + 1))"));
    assertEquals(2L, value("i % (v0 + (1))"));
    assertEquals(true, value("not (i > 3 and v0 > 3)"));
  }

  @Test
  void comparesNumbersOfDifferentTypes() {
    assertEquals(true, value("i == 10"));
    assertEquals(true, value("i == 10.0"));
    assertEquals(true, value("d == 1"));
    assertEquals(false, value("3_000_000_000 == i"));
  }

  @Test
  void keepsNumbersAboveTheIntRange() {
    assertEquals(3_000_000_010L, value("i + 3_000_000_000"));
    assertEquals(Long.MIN_VALUE, value("if(i == 10, -9223372036854775808, 0)"));
    assertEquals(Long.MAX_VALUE, value("if(i == 10, 9223372036854775807, 0)"));
    assertEquals(false, value("i == -9223372036854775808"));
  }

  @Test
  void leavesDecimalsOfNineteenDigitsExact() {
    Expression product = checked.expression("d * 9_999_999_999_999_999_999");
    LoopRun run = checked.run(List.of(product));
    Object[] row = {10L, 3L, "k", "r", null, null, new BigDecimal("9999999999999999999")};
    RowErrors errors = new RowErrors();

    var column = run.evaluate(checked.batch(new Object[][] {row}), Selection.all(1), errors)[0];

    assertEquals(
        new BigDecimal("9999999999999999999").pow(2),
        io.penstock.core.expression.Values.get(column, product.type().type(), 0));
  }

  @Test
  void literalsStayData() {
    assertEquals("klass\"; */ \\ \\u0022 é😀", value("class + '\"; */ \\\\ \\\\u0022 é😀'"));
    assertEquals(true, value("'*/ \"' + class == '*/ \"klass'"));
    Expression expression =
        checked.expression("class == 'System.exit(1)' and `x${rows}` in ['Zq']");

    String source = MadeLoops.source(List.of(expression), false);

    assertFalse(source.contains("exit"), source);
    assertFalse(source.contains("Zq"), source);
    assertFalse(source.contains("klass"), source);
  }

  @Test
  void takesFieldsCalledLikeJavaOrGeneratedNames() {
    assertEquals("KLASSr", value("upper(class) + rows"));
    assertEquals(6L, value("v0 + v0"));
    assertEquals("rr", value("rows + rows"));
  }

  @Test
  void countsCharactersFromOne() {
    assertEquals("k", value("substring(class, 1, 1)"));
    assertEquals("lass", value("substring(class, 2)"));
    assertEquals("ss", value("substring(class, -2)"));
    assertEquals("", value("substring(class, 6)"));
  }

  @Test
  void keepsNullApartInConditions() {
    assertEquals(false, value("b and i == 0"));
    assertNull(value("b and i == 10"));
    assertEquals(true, value("b or i == 10"));
    assertNull(value("b or i == 0"));
    assertNull(value("not b"));
    assertNull(value("n > 1"));
    assertEquals(2L, value("if(n > 1, 1, 2)"));
  }

  @Test
  void aFailedConditionIsNotFalse() throws SourceRefused {
    Expression condition = checked.expression("i / (v0 - 3) > 1 or true");
    MadeLoops made = MadeLoops.make(List.of(condition), true, checked.maker()).orElseThrow();
    var closures = io.penstock.core.expression.Evaluators.of(condition, Checked.RUN);
    RowErrors errors = new RowErrors();
    Object[] row = {10L, 3L, "k", "r", null, null, BigDecimal.ONE};

    Selection kept =
        new LoopRun(made, List.of(closures), Checked.RUN)
            .select(checked.batch(new Object[][] {row}), Selection.all(1), errors);

    assertEquals(0, kept.count());
    assertTrue(errors.of(0).isPresent());
  }

  @Test
  void doesNotLookAtWhatAConditionLeavesOut() {
    assertEquals(0.0, value("if(v0 == 3, 0e0, i / (v0 - 3))"));
    assertEquals(false, value("v0 != 3 and i / (v0 - 3) > 1"));
    assertEquals(true, value("v0 == 3 or i / (v0 - 3) > 1"));
  }
}
