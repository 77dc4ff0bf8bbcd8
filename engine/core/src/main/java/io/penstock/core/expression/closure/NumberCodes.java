package io.penstock.core.expression.closure;

import io.penstock.api.problem.ProblemCode;
import io.penstock.core.expression.typed.Typed;
import io.penstock.core.expression.typed.Typed.Arithmetic;

/** Arithmetic on ints, times and doubles. */
final class NumberCodes {
  private NumberCodes() {}

  static Code longs(Arithmetic node, Code.OfLong left, Code.OfLong right) {
    return switch (node.sign()) {
      case PLUS -> plus(node, left, right);
      case MINUS -> minus(node, left, right);
      case TIMES -> times(node, left, right);
      case MODULO, OVER -> modulo(node, left, right);
    };
  }

  private static Code.OfLong plus(Typed node, Code.OfLong left, Code.OfLong right) {
    return frame -> {
      long a = left.number(frame);
      if (frame.missing) {
        return 0;
      }
      long b = right.number(frame);
      long sum = a + b;
      if (((a ^ sum) & (b ^ sum)) < 0 && !frame.missing) {
        throw overflow(node, a, "+", b);
      }
      return sum;
    };
  }

  private static Code.OfLong minus(Typed node, Code.OfLong left, Code.OfLong right) {
    return frame -> {
      long a = left.number(frame);
      if (frame.missing) {
        return 0;
      }
      long b = right.number(frame);
      long difference = a - b;
      if (((a ^ b) & (a ^ difference)) < 0 && !frame.missing) {
        throw overflow(node, a, "-", b);
      }
      return difference;
    };
  }

  private static Code.OfLong times(Typed node, Code.OfLong left, Code.OfLong right) {
    return frame -> {
      long a = left.number(frame);
      if (frame.missing) {
        return 0;
      }
      long b = right.number(frame);
      long product = a * b;
      if (Math.multiplyHigh(a, b) != product >> 63 && !frame.missing) {
        throw overflow(node, a, "*", b);
      }
      return product;
    };
  }

  private static Code.OfLong modulo(Arithmetic node, Code.OfLong left, Code.OfLong right) {
    return frame -> {
      long a = left.number(frame);
      if (frame.missing) {
        return 0;
      }
      long b = right.number(frame);
      if (b == 0) {
        if (frame.missing) {
          return 0;
        }
        throw zero(node, Long.toString(a));
      }
      return a % b;
    };
  }

  static Code.OfDouble doubles(Arithmetic node, Code.OfDouble left, Code.OfDouble right) {
    return switch (node.sign()) {
      case PLUS ->
          frame -> {
            double a = left.number(frame);
            return frame.missing ? 0 : a + right.number(frame);
          };
      case MINUS ->
          frame -> {
            double a = left.number(frame);
            return frame.missing ? 0 : a - right.number(frame);
          };
      case TIMES ->
          frame -> {
            double a = left.number(frame);
            return frame.missing ? 0 : a * right.number(frame);
          };
      case OVER ->
          frame -> {
            double a = left.number(frame);
            double b = frame.missing ? 1 : divisor(node, a, right, frame);
            return a / b;
          };
      case MODULO ->
          frame -> {
            double a = left.number(frame);
            double b = frame.missing ? 1 : divisor(node, a, right, frame);
            return a % b;
          };
    };
  }

  private static double divisor(Arithmetic node, double a, Code.OfDouble right, Frame frame) {
    double b = right.number(frame);
    if (b == 0) {
      if (frame.missing) {
        return 1;
      }
      boolean whole = a == Math.rint(a) && Math.abs(a) < 1e15;
      throw zero(node, whole ? Long.toString((long) a) : Double.toString(a));
    }
    return b;
  }

  static RowFailure zero(Arithmetic node, String dividend) {
    String sign = node.sign() == Arithmetic.Sign.OVER ? "/" : "%";
    return new RowFailure(
        ProblemCode.D202, node, "`" + dividend + " " + sign + " 0` divides by zero");
  }

  static RowFailure overflow(Typed node, long a, String sign, long b) {
    return new RowFailure(
        ProblemCode.D201,
        node,
        "`" + a + " " + sign + " " + b + "` does not fit " + node.type().type());
  }

  static Code negated(Typed.Negate node, Code of) {
    if (of instanceof Code.OfLong number) {
      Code.OfLong code =
          frame -> {
            long value = number.number(frame);
            if (value == Long.MIN_VALUE) {
              throw overflow(node, 0, "-", value);
            }
            return -value;
          };
      return code;
    }
    if (of instanceof Code.OfDouble number) {
      Code.OfDouble code = frame -> -number.number(frame);
      return code;
    }
    return frame -> {
      Object value = of.value(frame);
      return value == null ? null : ((java.math.BigDecimal) value).negate();
    };
  }
}
