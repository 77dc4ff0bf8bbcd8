package io.penstock.core.expression.function;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.penstock.api.problem.ProblemCode;
import java.math.BigDecimal;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class NumberEdgesTest {
  @ParameterizedTest
  @CsvSource({
    "2.675, 2, 2.68",
    "-2.675, 2, -2.68",
    "0.5, 0, 1",
    "-0.5, 0, -1",
    "1.005, 2, 1.01",
    "1234.5, -2, 1200",
    "1250, -2, 1300",
    "1e300, 2, 1e300",
    "1e-300, 2, 0",
    "123456789.12345, 4, 123456789.1235",
    "0.1, 300, 0.1",
  })
  void roundsDoublesAsTheirDecimalTextSays(double x, long places, double rounded) {
    assertEquals(rounded, (Double) Rounding.round(x, places));
  }

  @Test
  void roundsFastAsItRoundsExactly() {
    Random random = new Random(5);
    for (int i = 0; i < 100_000; i++) {
      double x = (random.nextDouble() - 0.5) * Math.pow(10, random.nextInt(12));
      int places = random.nextInt(6);
      double exact =
          BigDecimal.valueOf(x).setScale(places, java.math.RoundingMode.HALF_UP).doubleValue();
      assertEquals(exact, Rounding.nearest(x, places) + 0.0, x + " to " + places);
    }
  }

  @Test
  void roundsExactNumbersExactly() {
    assertEquals(new BigDecimal("2.35"), Rounding.round(new BigDecimal("2.345"), 2));
    assertEquals(new BigDecimal("1300"), Rounding.round(new BigDecimal("1250.00"), -2));
    assertEquals(0L, Rounding.round(49L, -2));
    assertEquals(100L, Rounding.round(50L, -2));
    assertEquals(0L, Rounding.round(Long.MAX_VALUE, -300));
    TextEdgesTest.assertCode(ProblemCode.D201, () -> Rounding.round(Long.MAX_VALUE, -1));
    assertEquals(Double.NaN, Rounding.round(Double.NaN, 2));
    assertEquals(Double.POSITIVE_INFINITY, Rounding.trunc(Double.POSITIVE_INFINITY, 2));
  }

  @Test
  void refusesWhatHasNoResult() {
    TextEdgesTest.assertCode(ProblemCode.D206, () -> Numbers.sqrt(-1L));
    TextEdgesTest.assertCode(ProblemCode.D206, () -> Numbers.ln(0.0));
    TextEdgesTest.assertCode(ProblemCode.D202, () -> Numbers.div(1, 0));
    TextEdgesTest.assertCode(ProblemCode.D202, () -> Numbers.mod(1.5, 0.0));
    TextEdgesTest.assertCode(ProblemCode.D201, () -> Numbers.div(Long.MIN_VALUE, -1));
    TextEdgesTest.assertCode(ProblemCode.D201, () -> Numbers.abs(Long.MIN_VALUE));
  }

  @Test
  void shiftsByAnyNumber() {
    assertEquals(0, Numbers.shift(1, 64));
    assertEquals(-1, Numbers.shift(-1, -64));
    assertEquals(-1, Numbers.shift(-1, Long.MIN_VALUE));
    assertEquals(Long.MIN_VALUE, Numbers.shift(1, 63));
  }
}
