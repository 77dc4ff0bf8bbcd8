package io.penstock.core.compile;

import io.penstock.api.data.DataType;
import io.penstock.core.expression.typed.Typed;
import io.penstock.core.expression.typed.Typed.Comparison.Order;

/** Writes arithmetic, comparisons and conversions of numbers. */
final class NumberWriter {
  private static final int LONG_DIGITS = 19;

  private final Block block;
  private final NodeWriter nodes;

  NumberWriter(Block block, NodeWriter nodes) {
    this.block = block;
    this.nodes = nodes;
  }

  Value value(Typed node) {
    if (node instanceof Typed.Arithmetic arithmetic) {
      return arithmetic(arithmetic);
    }
    if (node instanceof Typed.Comparison comparison) {
      return comparison(comparison);
    }
    if (node instanceof Typed.Same same) {
      return same(same);
    }
    if (node instanceof Typed.Negate negate) {
      return negated(negate);
    }
    if (node instanceof Typed.Convert convert) {
      return JsonValues.reads(convert)
          ? JsonValues.value(convert, block)
          : converted(node, convert.value());
    }
    if (node instanceof Typed.Cast cast) {
      return converted(node, cast.value());
    }
    throw new IllegalStateException("not native: " + node);
  }

  private Value arithmetic(Typed.Arithmetic node) {
    Value left = nodes.value(node.left());
    Value right = nodes.value(node.right());
    String isNull = Value.either(left.isNull(), right.isNull());
    if (isNull.equals(Value.ALWAYS)) {
      return Value.nothing(left.kind());
    }
    String there = isNull.equals(Value.NEVER) ? "" : "!" + isNull + " && ";
    String code =
        switch (left.kind()) {
          case LONG -> longs(node, left.code(), right.code(), there);
          case DOUBLE -> doubles(node, left.code(), right.code(), there);
          case DECIMAL -> decimals(node, left.code(), right.code(), there);
          case TRUTH, TEXT, BOXED -> throw new IllegalStateException("not native: " + node);
        };
    return new Value(left.kind(), code, isNull);
  }

  private String longs(Typed.Arithmetic node, String a, String b, String there) {
    return switch (node.sign()) {
      case PLUS -> {
        String sum = block.variable("long", a + " + " + b);
        block.failIf(there + "((" + a + " ^ " + sum + ") & (" + b + " ^ " + sum + ")) < 0L");
        yield sum;
      }
      case MINUS -> {
        String sum = block.variable("long", a + " - " + b);
        block.failIf(there + "((" + a + " ^ " + b + ") & (" + a + " ^ " + sum + ")) < 0L");
        yield sum;
      }
      case TIMES -> {
        String product = block.variable("long", a + " * " + b);
        block.failIf(there + "Math.multiplyHigh(" + a + ", " + b + ") != " + product + " >> 63");
        yield product;
      }
      case MODULO, OVER -> {
        block.failIf(there + b + " == 0L");
        yield block.variable("long", b + " == 0L ? 0L : " + a + " % " + b);
      }
    };
  }

  private String doubles(Typed.Arithmetic node, String a, String b, String there) {
    String sign =
        switch (node.sign()) {
          case PLUS -> " + ";
          case MINUS -> " - ";
          case TIMES -> " * ";
          case OVER -> " / ";
          case MODULO -> " % ";
        };
    if (sign.equals(" / ") || sign.equals(" % ")) {
      block.failIf(there + b + " == 0.0");
    }
    return block.variable("double", a + sign + b);
  }

  private String decimals(Typed.Arithmetic node, String a, String b, String there) {
    int left = Natives.scale(node.left());
    int right = Natives.scale(node.right());
    int scale = Natives.scale(node);
    return switch (node.sign()) {
      case TIMES, PLUS, MINUS -> {
        boolean product = node.sign() == Typed.Arithmetic.Sign.TIMES;
        String one = product ? a : rescaled(a, scale - left, there);
        String other = product ? b : rescaled(b, scale - right, there);
        yield longs(node, one, other, there);
      }
      case MODULO -> {
        String one = rescaled(a, scale - left, there);
        String other = rescaled(b, scale - right, there);
        yield limited(longs(node, one, other, there), node, there);
      }
      case OVER -> {
        String one = rescaled(a, scale - left + right, there);
        block.failIf(there + "!Scaled.divides(" + one + ", " + b + ")");
        yield limited(
            block.variable("long", "Scaled.quotient(" + one + ", " + b + ")"), node, there);
      }
    };
  }

  /** Times ten to a power; the row is left where that does not fit. */
  private String rescaled(String value, int places, String there) {
    if (places == 0) {
      return value;
    }
    String ten = Literals.of(Scaled.ten(places));
    String more = block.variable("long", value + " * " + ten);
    block.failIf(there + "Math.multiplyHigh(" + value + ", " + ten + ") != " + more + " >> 63");
    return more;
  }

  /** Leaves rows whose number has more digits than the type. */
  private String limited(String value, Typed node, String there) {
    int precision = Natives.precision(node);
    if (precision < LONG_DIGITS) {
      String most = Literals.of(Scaled.ten(precision));
      block.failIf(there + "(" + value + " >= " + most + " || " + value + " <= -" + most + ")");
    }
    return value;
  }

  private Value negated(Typed.Negate node) {
    Value value = nodes.value(node.value());
    if (value.isNull().equals(Value.ALWAYS)) {
      return value;
    }
    if (value.kind() != Kind.DOUBLE) {
      block.failIf(value.code() + " == " + Literals.of(Long.MIN_VALUE));
    }
    return new Value(
        value.kind(), block.variable(value.kind().java(), "-" + value.code()), value.isNull());
  }

  private Value converted(Typed node, Typed of) {
    Value value = nodes.value(of);
    DataType from = of.type().type();
    DataType to = node.type().type();
    if (from.equals(to) || value.isNull().equals(Value.ALWAYS)) {
      return new Value(
          Kind.of(to),
          value.isNull().equals(Value.ALWAYS) ? Kind.of(to).nothing() : value.code(),
          value.isNull());
    }
    if (Kind.of(to) != Kind.DECIMAL) {
      return cast(value, Kind.of(to));
    }
    String there = value.mayBeNull() ? "!" + value.isNull() + " && " : "";
    int places = Natives.scale(node) - (from.equals(DataType.INT) ? 0 : Natives.scale(of));
    String scaled = rescaled(value.code(), places, there);
    return new Value(Kind.DECIMAL, limited(scaled, node, there), value.isNull());
  }

  /** A long or double as the other. */
  Value cast(Value value, Kind to) {
    if (value.kind() == to || value.isNull().equals(Value.ALWAYS)) {
      return new Value(to, value.kind() == to ? value.code() : to.nothing(), value.isNull());
    }
    if (to == Kind.LONG) {
      // Further out, the shortest text of a double, by which it is cut off, may be another number.
      String there = value.mayBeNull() ? "!" + value.isNull() + " && " : "";
      block.failIf(there + "!(Math.abs(" + value.code() + ") < 1.0E15)");
    }
    String code = "(" + to.java() + ") " + value.code();
    return new Value(to, block.variable(to.java(), code), value.isNull());
  }

  private Value comparison(Typed.Comparison node) {
    if (Natives.kind(node.left()) == Kind.TEXT) {
      return nodes.texts().compared(node.order(), node.left(), node.right());
    }
    Value left = nodes.value(node.left());
    Value right = nodes.value(node.right());
    String isNull = Value.either(left.isNull(), right.isNull());
    if (isNull.equals(Value.ALWAYS)) {
      return Value.nothing(Kind.TRUTH);
    }
    String a = left.code();
    String b = right.code();
    if (left.kind() == Kind.DECIMAL) {
      String there = isNull.equals(Value.NEVER) ? "" : "!" + isNull + " && ";
      int scale = Math.max(Natives.scale(node.left()), Natives.scale(node.right()));
      a = rescaled(a, scale - Natives.scale(node.left()), there);
      b = rescaled(b, scale - Natives.scale(node.right()), there);
    }
    return new Value(
        Kind.TRUTH, block.variable("boolean", holds(left.kind(), node.order(), a, b)), isNull);
  }

  static String holds(Kind kind, Order order, String a, String b) {
    return switch (kind) {
      case DOUBLE -> doubles(order, a, b);
      case TRUTH -> truths(order, a, b);
      case LONG, DECIMAL, TEXT, BOXED -> a + sign(order) + b;
    };
  }

  static String sign(Order order) {
    return switch (order) {
      case EQUAL -> " == ";
      case UNEQUAL -> " != ";
      case LESS -> " < ";
      case AT_MOST -> " <= ";
      case MORE -> " > ";
      case AT_LEAST -> " >= ";
    };
  }

  /** NaN equals itself and is the greatest. */
  private static String doubles(Order order, String a, String b) {
    String equal = "(" + a + " == " + b + " || " + a + " != " + a + " && " + b + " != " + b + ")";
    return switch (order) {
      case EQUAL -> equal;
      case UNEQUAL -> "!" + equal;
      case LESS -> a + " < " + b + " || " + b + " != " + b + " && " + a + " == " + a;
      case AT_MOST -> a + " <= " + b + " || " + b + " != " + b;
      case MORE -> a + " > " + b + " || " + a + " != " + a + " && " + b + " == " + b;
      case AT_LEAST -> a + " >= " + b + " || " + a + " != " + a;
    };
  }

  private static String truths(Order order, String a, String b) {
    return switch (order) {
      case EQUAL -> a + " == " + b;
      case UNEQUAL -> a + " != " + b;
      case LESS -> "!" + a + " & " + b;
      case AT_MOST -> "!" + a + " | " + b;
      case MORE -> a + " & !" + b;
      case AT_LEAST -> a + " | !" + b;
    };
  }

  private Value same(Typed.Same node) {
    if (Natives.kind(node.left()) == Kind.TEXT) {
      return nodes.texts().same(node.left(), node.right());
    }
    Value left = nodes.value(node.left());
    Value right = nodes.value(node.right());
    String equal = "(" + holds(left.kind(), Order.EQUAL, left.code(), right.code()) + ")";
    return Value.of(
        Kind.TRUTH,
        block.variable(
            "boolean",
            left.isNull()
                + " | "
                + right.isNull()
                + " ? "
                + left.isNull()
                + " & "
                + right.isNull()
                + " : "
                + equal));
  }
}
