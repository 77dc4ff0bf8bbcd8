package io.penstock.core.expression.function;

import io.penstock.api.data.DataType;
import io.penstock.api.data.ValueType;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.RoundingMode;
import java.util.Optional;

/** Rounding to decimal places, halves away from zero, and the types that it gives. */
final class Rounding {
  private static final int MAX_PLACES = 400;

  private static final double[] POWERS = {
    1e0, 1e1, 1e2, 1e3, 1e4, 1e5, 1e6, 1e7, 1e8, 1e9, 1e10, 1e11, 1e12, 1e13, 1e14, 1e15
  };

  private Rounding() {}

  static Object round(Object x, long places) {
    int digits = (int) Math.max(-MAX_PLACES, Math.min(MAX_PLACES, places));
    if (x instanceof Double value) {
      return nearest(value, digits);
    }
    return exact(x, digits, RoundingMode.HALF_UP);
  }

  static Object trunc(Object x, long places) {
    int digits = (int) Math.max(-MAX_PLACES, Math.min(MAX_PLACES, places));
    if (x instanceof Double value) {
      return Double.isFinite(value)
          ? (Object) BigDecimal.valueOf(value).setScale(digits, RoundingMode.DOWN).doubleValue()
          : value;
    }
    return exact(x, digits, RoundingMode.DOWN);
  }

  /**
   * The double nearest to the rounded decimal text of x, so that 2.675 gives 2.68 though it lies a
   * little below. Away from halves the plain computation gives the same and is ten times faster.
   */
  static double nearest(double x, int places) {
    if (!Double.isFinite(x)) {
      return x;
    }
    if (places >= 0 && places <= 15) {
      double scale = POWERS[places];
      double scaled = Math.abs(x) * scale;
      double whole = Math.floor(scaled);
      double rest = scaled - whole;
      if (scaled < 1e9 && Math.abs(rest - 0.5) > 1e-5) {
        return Math.copySign((rest > 0.5 ? whole + 1 : whole) / scale, x);
      }
    }
    return BigDecimal.valueOf(x).setScale(places, RoundingMode.HALF_UP).doubleValue();
  }

  private static Object exact(Object x, int places, RoundingMode mode) {
    if (x instanceof Long value) {
      if (places >= 0) {
        return value;
      }
      BigInteger rounded =
          BigDecimal.valueOf(value).setScale(Math.max(places, -20), mode).toBigInteger();
      if (rounded.bitLength() > 63) {
        throw Failure.tooLarge(rounded.toString());
      }
      return rounded.longValue();
    }
    BigDecimal value = (BigDecimal) x;
    if (places >= value.scale()) {
      return value;
    }
    BigDecimal rounded = value.setScale(Math.max(places, -40), mode);
    return places < 0 ? rounded.setScale(0) : rounded;
  }

  /** A decimal keeps its digits before the point, and one more for rounding up. */
  private static ValueType type(ValueType x, int places) {
    if (!(x.type() instanceof DataType.Decimal decimal) || places >= decimal.scale()) {
      return x;
    }
    int scale = Math.max(0, places);
    int precision = decimal.precision() - decimal.scale() + scale + 1;
    return new ValueType(
        new DataType.Decimal(Math.min(precision, DataType.Decimal.MAX_PRECISION), scale),
        x.optional());
  }

  /** The type of a number without its fraction. */
  public static final class Whole implements Typing {
    @Override
    public ValueType result(Arguments arguments) {
      return type(arguments.type(0), 0);
    }
  }

  /** The type of a number rounded to a number of places; a constant one counts. */
  public static final class Places implements Typing {
    @Override
    public ValueType result(Arguments arguments) {
      Optional<Object> places = arguments.constant(1);
      if (places.isEmpty()) {
        return arguments.type(0);
      }
      long wanted = (Long) places.get();
      return type(arguments.type(0), (int) Math.max(-MAX_PLACES, Math.min(MAX_PLACES, wanted)));
    }
  }
}
