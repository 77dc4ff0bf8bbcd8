package io.penstock.core.expression.closure;

import io.penstock.core.expression.typed.Typed.Comparison.Order;

/** Conditions: three-valued logic and comparisons of primitives. */
final class TruthCodes {
  private TruthCodes() {}

  static Code.OfTruth and(Code.OfTruth left, Code.OfTruth right) {
    return frame -> {
      boolean a = left.truth(frame);
      boolean unknown = frame.takeMissing();
      if (!a && !unknown) {
        return false;
      }
      boolean b = right.truth(frame);
      if (frame.missing) {
        return false;
      }
      if (unknown && b) {
        frame.missing = true;
        return false;
      }
      return b;
    };
  }

  static Code.OfTruth or(Code.OfTruth left, Code.OfTruth right) {
    return frame -> {
      boolean a = left.truth(frame);
      boolean unknown = frame.takeMissing();
      if (a && !unknown) {
        return true;
      }
      boolean b = right.truth(frame);
      if (frame.missing) {
        return false;
      }
      if (unknown && !b) {
        frame.missing = true;
        return false;
      }
      return b;
    };
  }

  static Code.OfTruth not(Code.OfTruth of) {
    return frame -> !of.truth(frame);
  }

  static Code.OfTruth longs(Order order, Code.OfLong left, Code.OfLong right) {
    return switch (order) {
      case EQUAL ->
          frame -> {
            long a = left.number(frame);
            return !frame.missing && a == right.number(frame);
          };
      case UNEQUAL ->
          frame -> {
            long a = left.number(frame);
            return !frame.missing && a != right.number(frame);
          };
      case LESS ->
          frame -> {
            long a = left.number(frame);
            return !frame.missing && a < right.number(frame);
          };
      case AT_MOST ->
          frame -> {
            long a = left.number(frame);
            return !frame.missing && a <= right.number(frame);
          };
      case MORE ->
          frame -> {
            long a = left.number(frame);
            return !frame.missing && a > right.number(frame);
          };
      case AT_LEAST ->
          frame -> {
            long a = left.number(frame);
            return !frame.missing && a >= right.number(frame);
          };
    };
  }

  static Code.OfTruth doubles(Order order, Code.OfDouble left, Code.OfDouble right) {
    return frame -> {
      double a = left.number(frame);
      if (frame.missing) {
        return false;
      }
      double b = right.number(frame);
      return holds(
          order,
          a < b ? -1 : a > b ? 1 : a == b ? 0 : Boolean.compare(Double.isNaN(a), Double.isNaN(b)));
    };
  }

  static Code.OfTruth scaled(Order order, Code.Scaled left, Code.Scaled right, Code.OfTruth exact) {
    int scale = Math.max(left.scale(), right.scale());
    int more = scale - left.scale();
    int moreRight = scale - right.scale();
    return frame -> {
      long a = left.scaled(frame);
      if (frame.missing) {
        frame.wide = false;
        return false;
      }
      a = DecimalCodes.rescaled(a, more, frame);
      long b = DecimalCodes.rescaled(right.scaled(frame), moreRight, frame);
      if (frame.wide) {
        frame.wide = false;
        frame.missing = false;
        return exact.truth(frame);
      }
      return holds(order, Long.compare(a, b));
    };
  }

  static boolean holds(Order order, int compared) {
    return switch (order) {
      case EQUAL -> compared == 0;
      case UNEQUAL -> compared != 0;
      case LESS -> compared < 0;
      case AT_MOST -> compared <= 0;
      case MORE -> compared > 0;
      case AT_LEAST -> compared >= 0;
    };
  }
}
