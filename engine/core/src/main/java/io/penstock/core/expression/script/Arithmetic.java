package io.penstock.core.expression.script;

import io.penstock.api.data.DataType;
import io.penstock.api.problem.ProblemCode;
import io.penstock.core.expression.Conversions;
import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * The operators on numbers, texts and times, by the rules of expressions: null gives null, int is
 * checked, decimals are exact to 38 digits. What expressions refuse when they are checked is
 * refused here when it is reached; a decimal beside a double becomes a double.
 */
final class Arithmetic {
  private static final int MAX_DIGITS = DataType.Decimal.MAX_PRECISION;
  private static final int LEAST_SCALE = 6;
  private static final MathContext WIDE = new MathContext(3 * MAX_DIGITS, RoundingMode.HALF_EVEN);

  private Arithmetic() {}

  /** An operator. */
  @FunctionalInterface
  interface Operator {
    @Nullable Object apply(@Nullable Object a, @Nullable Object b, Budget budget);
  }

  static @Nullable Object add(@Nullable Object a, @Nullable Object b, Budget budget) {
    if (a == null || b == null) {
      return null;
    }
    if (a instanceof Long x && b instanceof Long y) {
      try {
        return Math.addExact(x, y);
      } catch (ArithmeticException overflow) {
        throw tooLarge(x, "+", y);
      }
    }
    if (a instanceof String || b instanceof String) {
      return joined(a, b, budget);
    }
    if (isDouble(a, b)) {
      return toDouble(a) + toDouble(b);
    }
    if (isNumber(a) && isNumber(b)) {
      return fitted(toDecimal(a).add(toDecimal(b), WIDE));
    }
    return times(a, "+", b);
  }

  private static Object joined(Object a, Object b, Budget budget) {
    String left = ScriptValues.text(a, budget);
    String right = ScriptValues.text(b, budget);
    budget.make(2L * (left.length() + (long) right.length()));
    return left.concat(right);
  }

  static @Nullable Object subtract(@Nullable Object a, @Nullable Object b, Budget budget) {
    if (a == null || b == null) {
      return null;
    }
    if (a instanceof Long x && b instanceof Long y) {
      try {
        return Math.subtractExact(x, y);
      } catch (ArithmeticException overflow) {
        throw tooLarge(x, "-", y);
      }
    }
    if (isDouble(a, b)) {
      return toDouble(a) - toDouble(b);
    }
    if (isNumber(a) && isNumber(b)) {
      return fitted(toDecimal(a).subtract(toDecimal(b), WIDE));
    }
    return times(a, "-", b);
  }

  private static Object times(Object a, String sign, Object b) {
    boolean plus = sign.equals("+");
    try {
      if (a instanceof Instant time && b instanceof Duration duration) {
        return plus ? time.plus(duration) : time.minus(duration);
      }
      if (a instanceof Duration duration && b instanceof Instant time && plus) {
        return time.plus(duration);
      }
      if (a instanceof Instant to && b instanceof Instant from && !plus) {
        return Duration.between(from, to);
      }
      if (a instanceof Duration x && b instanceof Duration y) {
        return plus ? x.plus(y) : x.minus(y);
      }
    } catch (DateTimeException | ArithmeticException tooFar) {
      throw ScriptFailure.kind("the time lies too far away");
    }
    throw unfit(a, sign, b);
  }

  static @Nullable Object multiply(@Nullable Object a, @Nullable Object b, Budget budget) {
    if (a == null || b == null) {
      return null;
    }
    if (a instanceof Long x && b instanceof Long y) {
      try {
        return Math.multiplyExact(x, y);
      } catch (ArithmeticException overflow) {
        throw tooLarge(x, "*", y);
      }
    }
    if (isDouble(a, b)) {
      return toDouble(a) * toDouble(b);
    }
    if (isNumber(a) && isNumber(b)) {
      return fitted(toDecimal(a).multiply(toDecimal(b), WIDE));
    }
    throw unfit(a, "*", b);
  }

  static @Nullable Object divide(@Nullable Object a, @Nullable Object b, Budget budget) {
    if (a == null || b == null) {
      return null;
    }
    if (!isNumber(a) || !isNumber(b)) {
      throw unfit(a, "/", b);
    }
    zero(b);
    if (isDouble(a, b) || a instanceof Long && b instanceof Long) {
      return toDouble(a) / toDouble(b);
    }
    BigDecimal x = toDecimal(a);
    BigDecimal y = toDecimal(b);
    int places = Math.max(LEAST_SCALE, Math.min(MAX_DIGITS, x.scale() + y.precision() + 1));
    return fitted(x.divide(y, places, RoundingMode.HALF_EVEN));
  }

  static @Nullable Object remainder(@Nullable Object a, @Nullable Object b, Budget budget) {
    if (a == null || b == null) {
      return null;
    }
    if (!isNumber(a) || !isNumber(b)) {
      throw unfit(a, "%", b);
    }
    zero(b);
    if (a instanceof Long x && b instanceof Long y) {
      return y == -1 ? 0L : x % y;
    }
    return isDouble(a, b)
        ? (Object) (toDouble(a) % toDouble(b))
        : fitted(toDecimal(a).remainder(toDecimal(b), WIDE));
  }

  static @Nullable Object negate(@Nullable Object value) {
    if (value == null) {
      return null;
    }
    if (value instanceof Long number) {
      if (number == Long.MIN_VALUE) {
        throw tooLarge(0, "-", number);
      }
      return -number;
    }
    if (value instanceof Double number) {
      return -number;
    }
    if (value instanceof BigDecimal number) {
      return number.negate();
    }
    throw ScriptFailure.kind("`-` takes a number, not " + ScriptValues.kind(value));
  }

  private static void zero(Object divisor) {
    boolean zero =
        divisor instanceof Long whole
            ? whole == 0
            : divisor instanceof Double number ? number == 0 : toDecimal(divisor).signum() == 0;
    if (zero) {
      throw new ScriptFailure(ProblemCode.D202, "Division by zero");
    }
  }

  static boolean isNumber(Object value) {
    return value instanceof Long || value instanceof BigDecimal || value instanceof Double;
  }

  private static boolean isDouble(Object a, Object b) {
    return a instanceof Double && isNumber(b) || b instanceof Double && isNumber(a);
  }

  static double toDouble(Object number) {
    return ((Number) number).doubleValue();
  }

  static BigDecimal toDecimal(Object number) {
    if (number instanceof Long whole) {
      return BigDecimal.valueOf(whole);
    }
    BigDecimal decimal = (BigDecimal) number;
    if (Math.abs((long) decimal.precision() - decimal.scale()) > MAX_DIGITS) {
      throw wide(decimal);
    }
    return decimal;
  }

  /** At most 38 digits: places go first, but for the last six; then it is an error. */
  private static BigDecimal fitted(BigDecimal value) {
    int whole = Math.max(1, value.precision() - value.scale());
    if (value.scale() >= 0 && whole + value.scale() <= MAX_DIGITS) {
      return value;
    }
    int scale = Math.max(0, value.scale());
    int places = Math.min(scale, Math.max(Math.min(scale, LEAST_SCALE), MAX_DIGITS - whole));
    BigDecimal cut = value.setScale(places, RoundingMode.HALF_EVEN);
    if (cut.precision() > MAX_DIGITS) {
      throw wide(value);
    }
    return cut;
  }

  private static ScriptFailure wide(BigDecimal value) {
    return new ScriptFailure(
        ProblemCode.D203, "`" + Conversions.shown(value.toString()) + "` has more than 38 digits");
  }

  private static ScriptFailure tooLarge(long a, String sign, long b) {
    return new ScriptFailure(
        ProblemCode.D201, "`" + a + " " + sign + " " + b + "` does not fit a whole number");
  }

  static ScriptFailure unfit(Object a, String sign, Object b) {
    return ScriptFailure.kind(
        "`" + sign + "` does not go with " + ScriptValues.kind(a) + " and " + ScriptValues.kind(b));
  }
}
