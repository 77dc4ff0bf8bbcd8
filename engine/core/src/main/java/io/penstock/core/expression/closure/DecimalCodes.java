package io.penstock.core.expression.closure;

import io.penstock.api.data.DataType;
import io.penstock.api.problem.ProblemCode;
import io.penstock.core.expression.Conversions;
import io.penstock.core.expression.EvaluationException;
import io.penstock.core.expression.typed.Typed;
import io.penstock.core.expression.typed.Typed.Arithmetic;
import java.math.BigDecimal;
import java.math.RoundingMode;
import org.jspecify.annotations.Nullable;

/**
 * Arithmetic on decimals: in 64 bits where all operands lend themselves to it, else in BigDecimal.
 */
final class DecimalCodes {
  private static final long[] TENS = new long[19];

  static {
    TENS[0] = 1;
    for (int i = 1; i < TENS.length; i++) {
      TENS[i] = TENS[i - 1] * 10;
    }
  }

  private DecimalCodes() {}

  static Code arithmetic(Arithmetic node, Code left, Code right) {
    DataType.Decimal type = (DataType.Decimal) node.type().type();
    Code exact = frame -> exact(node, type, left.value(frame), right, frame);
    if (left instanceof Code.Scaled a && right instanceof Code.Scaled b) {
      return switch (node.sign()) {
        case TIMES ->
            type.scale() == a.scale() + b.scale() ? new Product(a, b, exact, type.scale()) : exact;
        case PLUS, MINUS ->
            type.scale() - Math.min(a.scale(), b.scale()) < TENS.length
                    && type.scale() == Math.max(a.scale(), b.scale())
                ? new Sum(a, b, node.sign() == Arithmetic.Sign.MINUS, exact, type.scale())
                : exact;
        case OVER, MODULO -> exact;
      };
    }
    return exact;
  }

  private static @Nullable Object exact(
      Arithmetic node, DataType.Decimal type, @Nullable Object a, Code right, Frame frame) {
    if (a == null) {
      return null;
    }
    Object b = right.value(frame);
    if (b == null) {
      return null;
    }
    return fitted(node, type, compute(node, type, (BigDecimal) a, (BigDecimal) b));
  }

  private static BigDecimal compute(
      Arithmetic node, DataType.Decimal type, BigDecimal a, BigDecimal b) {
    return switch (node.sign()) {
      case PLUS -> a.add(b);
      case MINUS -> a.subtract(b);
      case TIMES -> a.multiply(b);
      case OVER -> {
        if (b.signum() == 0) {
          throw NumberCodes.zero(node, a.toPlainString());
        }
        yield a.divide(b, type.scale(), RoundingMode.HALF_EVEN);
      }
      case MODULO -> {
        if (b.signum() == 0) {
          throw NumberCodes.zero(node, a.toPlainString());
        }
        yield a.remainder(b);
      }
    };
  }

  /** Brought to the scale of a type; a result that has too many digits is a failure. */
  static BigDecimal fitted(Typed node, DataType.Decimal type, BigDecimal value) {
    try {
      return Conversions.toDecimal(value, type);
    } catch (EvaluationException overflow) {
      throw new RowFailure(ProblemCode.D203, node, overflow.text());
    }
  }

  private static @Nullable Object boxed(Code.Scaled code, Code exact, Frame frame) {
    long value = code.scaled(frame);
    if (frame.takeWide()) {
      frame.missing = false;
      return exact.value(frame);
    }
    return frame.takeMissing() ? null : BigDecimal.valueOf(value, code.scale());
  }

  private record Product(Scaled left, Scaled right, Code exact, int scale) implements Code.Scaled {
    @Override
    public long scaled(Frame frame) {
      long a = left.scaled(frame);
      if (frame.missing) {
        return 0;
      }
      long b = right.scaled(frame);
      long product = a * b;
      if (Math.multiplyHigh(a, b) != product >> 63) {
        frame.wide = true;
      }
      return product;
    }

    @Override
    public @Nullable Object value(Frame frame) {
      return boxed(this, exact, frame);
    }
  }

  private record Sum(Scaled left, Scaled right, boolean minus, Code exact, int scale)
      implements Code.Scaled {
    @Override
    public long scaled(Frame frame) {
      long a = left.scaled(frame);
      if (frame.missing) {
        return 0;
      }
      a = rescaled(a, scale - left.scale(), frame);
      long b = rescaled(right.scaled(frame), scale - right.scale(), frame);
      long sum = minus ? a - b : a + b;
      boolean overflow = minus ? ((a ^ b) & (a ^ sum)) < 0 : ((a ^ sum) & (b ^ sum)) < 0;
      if (overflow) {
        frame.wide = true;
      }
      return sum;
    }

    @Override
    public @Nullable Object value(Frame frame) {
      return boxed(this, exact, frame);
    }
  }

  /** Times ten to a power below 19; sets wide where that does not fit. */
  static long rescaled(long value, int places, Frame frame) {
    if (places == 0) {
      return value;
    }
    long product = value * TENS[places];
    if (Math.multiplyHigh(value, TENS[places]) != product >> 63) {
      frame.wide = true;
    }
    return product;
  }

  static boolean rescales(int places) {
    return places < TENS.length;
  }

  /** A constant decimal. */
  static Code constant(BigDecimal value) {
    if (value.unscaledValue().bitLength() >= Long.SIZE) {
      return frame -> value;
    }
    return new Fixed(value, value.unscaledValue().longValue(), value.scale());
  }

  /** A constant that fits 64 bits. */
  record Fixed(BigDecimal boxed, long unscaled, int scale) implements Code.Scaled {
    @Override
    public long scaled(Frame frame) {
      return unscaled;
    }

    @Override
    public Object value(Frame frame) {
      return boxed;
    }
  }

  /** An int as a decimal. */
  static Code ofLong(Typed node, DataType.Decimal type, Code.OfLong number) {
    boolean checked = type.precision() - type.scale() < 19;
    Code exact =
        frame -> {
          Object value = number.value(frame);
          return value == null ? null : fitted(node, type, BigDecimal.valueOf((Long) value));
        };
    return checked || !rescales(type.scale()) ? exact : new Whole(number, exact, type.scale());
  }

  private record Whole(OfLong number, Code exact, int scale) implements Code.Scaled {
    @Override
    public long scaled(Frame frame) {
      return rescaled(number.number(frame), scale, frame);
    }

    @Override
    public @Nullable Object value(Frame frame) {
      return boxed(this, exact, frame);
    }
  }
}
