package io.penstock.core.expression.function;

import io.penstock.api.problem.ProblemCode;
import io.penstock.core.expression.EvaluationException;
import io.penstock.core.expression.function.Function.Family;
import java.math.BigDecimal;
import java.math.RoundingMode;

/** Functions of numbers. */
public final class Numbers {
  private Numbers() {}

  @Function(
      family = Family.NUMBERS,
      signature = "(x: number) -> number",
      summary = "The number without its sign.",
      examples = {"abs(-3) == 3", "abs(-1.50) == 1.50"},
      fails = "the least int has no positive counterpart")
  public static Object abs(Object x) {
    if (x instanceof Long value) {
      if (value == Long.MIN_VALUE) {
        throw Failure.tooLarge("9223372036854775808");
      }
      return Math.abs(value);
    }
    return x instanceof BigDecimal value ? value.abs() : (Object) Math.abs((Double) x);
  }

  @Function(
      family = Family.NUMBERS,
      signature = "(x: number) -> int",
      summary = "-1, 0 or 1, as the number is negative, zero or positive; NaN gives 0.",
      examples = {"sign(-2.5) == -1", "sign(0) == 0"})
  public static long sign(Object x) {
    if (x instanceof Long value) {
      return Long.signum(value);
    }
    if (x instanceof BigDecimal value) {
      return value.signum();
    }
    double value = (Double) x;
    return value > 0 ? 1 : value < 0 ? -1 : 0;
  }

  @Function(
      family = Family.NUMBERS,
      signature = "(x: number) -> number",
      summary = "The least whole number that is not less.",
      examples = {"ceil(1.2) == 2", "ceil(-1.2) == -1"},
      typing = Rounding.Whole.class)
  public static Object ceil(Object x) {
    if (x instanceof BigDecimal value) {
      return value.setScale(0, RoundingMode.CEILING);
    }
    return x instanceof Double value ? (Object) Math.ceil(value) : x;
  }

  @Function(
      family = Family.NUMBERS,
      signature = "(x: number) -> number",
      summary = "The greatest whole number that is not greater.",
      examples = {"floor(1.8) == 1", "floor(-1.2) == -2"},
      typing = Rounding.Whole.class)
  public static Object floor(Object x) {
    if (x instanceof BigDecimal value) {
      return value.setScale(0, RoundingMode.FLOOR);
    }
    return x instanceof Double value ? (Object) Math.floor(value) : x;
  }

  @Function(
      family = Family.NUMBERS,
      signature = "(x: number) -> number",
      summary = "The nearest whole number, of two the one farther from zero.",
      examples = {"round(2.5) == 3", "round(-2.5) == -3", "round(1e0) == 1e0"},
      typing = Rounding.Whole.class)
  public static Object round(Object x) {
    return Rounding.round(x, 0);
  }

  @Function(
      family = Family.NUMBERS,
      signature = "(x: number, places: int) -> number",
      summary =
          "The number rounded to so many places, before the point where negative; halves go away from zero.",
      examples = {
        "round(2.345, 2) == 2.35",
        "round(1234, -2) == 1200",
        "round(2.675e0, 2) == 2.68e0"
      },
      typing = Rounding.Places.class,
      fails = "a whole number rounded up does not fit")
  public static Object round(Object x, long places) {
    return Rounding.round(x, places);
  }

  @Function(
      family = Family.NUMBERS,
      signature = "(x: number) -> number",
      summary = "The number without its fraction.",
      examples = {"trunc(2.9) == 2", "trunc(-2.9) == -2"},
      typing = Rounding.Whole.class)
  public static Object trunc(Object x) {
    return Rounding.trunc(x, 0);
  }

  @Function(
      family = Family.NUMBERS,
      signature = "(x: number, places: int) -> number",
      summary = "The number cut to so many places, before the point where negative.",
      examples = {"trunc(2.349, 2) == 2.34", "trunc(1299, -2) == 1200"},
      typing = Rounding.Places.class)
  public static Object trunc(Object x, long places) {
    return Rounding.trunc(x, places);
  }

  @Function(
      family = Family.NUMBERS,
      signature = "(x: number) -> double",
      summary = "The square root.",
      examples = "sqrt(9) == 3e0",
      fails = "the number is negative")
  public static double sqrt(Object x) {
    double value = number(x);
    if (value < 0) {
      throw Failure.domain("the square root of `" + x + "` does not exist");
    }
    return Math.sqrt(value);
  }

  @Function(
      family = Family.NUMBERS,
      signature = "(x: number) -> double",
      summary = "The natural logarithm.",
      examples = "ln(1) == 0e0",
      fails = "the number is not positive")
  public static double ln(Object x) {
    return Math.log(positive(x));
  }

  @Function(
      family = Family.NUMBERS,
      signature = "(x: number) -> double",
      summary = "The logarithm to the base 10.",
      examples = "log10(1000) == 3e0",
      fails = "the number is not positive")
  public static double log10(Object x) {
    return Math.log10(positive(x));
  }

  @Function(
      family = Family.NUMBERS,
      signature = "(x: number) -> double",
      summary = "The number e to the power of another.",
      examples = "exp(0) == 1e0")
  public static double exp(Object x) {
    return Math.exp(number(x));
  }

  @Function(
      family = Family.NUMBERS,
      signature = "(x: number, power: number) -> double",
      summary = "The number to a power.",
      examples = {"pow(2, 10) == 1024e0", "pow(9, 0.5) == 3e0"})
  public static double pow(Object x, Object power) {
    return Math.pow(number(x), number(power));
  }

  @Function(
      family = Family.NUMBERS,
      signature = "(x: int, y: int) -> int",
      summary = "Whole division, cut towards zero.",
      examples = {"div(7, 2) == 3", "div(-7, 2) == -3"},
      fails = "the divisor is zero, or the result does not fit")
  public static long div(long x, long y) {
    if (y == 0) {
      throw Failure.zeroDivisor();
    }
    if (x == Long.MIN_VALUE && y == -1) {
      throw Failure.tooLarge("9223372036854775808");
    }
    return x / y;
  }

  @Function(
      family = Family.NUMBERS,
      signature = "(x: number, y: number) -> number",
      summary = "What whole division leaves; it has the sign of the first number.",
      examples = {"mod(7, 3) == 1", "mod(-7, 3) == -1", "mod(5.5, 2.0) == 1.5"},
      fails = "the divisor is zero")
  public static Object mod(Object x, Object y) {
    if (number(y) == 0) {
      throw Failure.zeroDivisor();
    }
    if (x instanceof Long left && y instanceof Long right) {
      return left % right;
    }
    if (x instanceof BigDecimal left && y instanceof BigDecimal right) {
      return left.remainder(right);
    }
    return number(x) % number(y);
  }

  @Function(
      family = Family.NUMBERS,
      signature = "(x: double) -> boolean",
      summary = "Whether the number is none: the double NaN.",
      examples = "not is_nan(1e0)")
  public static boolean isNan(double x) {
    return Double.isNaN(x);
  }

  @Function(
      family = Family.NUMBERS,
      signature = "(x: int, y: int) -> int",
      summary = "The bits that both numbers have.",
      examples = "bit_and(12, 10) == 8")
  public static long bitAnd(long x, long y) {
    return x & y;
  }

  @Function(
      family = Family.NUMBERS,
      signature = "(x: int, y: int) -> int",
      summary = "The bits that at least one of the numbers has.",
      examples = "bit_or(12, 10) == 14")
  public static long bitOr(long x, long y) {
    return x | y;
  }

  @Function(
      family = Family.NUMBERS,
      signature = "(x: int, y: int) -> int",
      summary = "The bits that only one of the numbers has.",
      examples = "bit_xor(12, 10) == 6")
  public static long bitXor(long x, long y) {
    return x ^ y;
  }

  @Function(
      family = Family.NUMBERS,
      signature = "(x: int) -> int",
      summary = "The bits that the number does not have.",
      examples = "bit_not(0) == -1")
  public static long bitNot(long x) {
    return ~x;
  }

  @Function(
      family = Family.NUMBERS,
      signature = "(x: int, by: int) -> int",
      summary = "The bits moved to the left, to the right where negative; the sign stays.",
      examples = {"shift(1, 4) == 16", "shift(-16, -2) == -4", "shift(1, 64) == 0"})
  public static long shift(long x, long by) {
    if (by >= 64) {
      return 0;
    }
    return by >= 0 ? x << by : x >> Math.min(63, -Math.max(by, -63));
  }

  @Function(
      family = Family.NUMBERS,
      signature = "() -> double",
      summary = "A number from 0 to less than 1, the same when the row is read again.",
      examples = {"random() >= 0", "random() < 1"},
      deterministic = false)
  public static double random(RowContext row) {
    return (row.random() >>> 11) * 0x1.0p-53;
  }

  /** A number as a double. */
  static double number(Object x) {
    return ((Number) x).doubleValue();
  }

  private static double positive(Object x) {
    double value = number(x);
    if (value <= 0) {
      throw new EvaluationException(
          ProblemCode.D206,
          "the logarithm of `" + x + "` does not exist, only of positive numbers");
    }
    return value;
  }
}
