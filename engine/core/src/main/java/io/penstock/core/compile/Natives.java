package io.penstock.core.compile;

import io.penstock.api.data.DataType;
import io.penstock.core.expression.typed.ColumnPath;
import io.penstock.core.expression.typed.Typed;
import io.penstock.core.expression.typed.Typed.Arithmetic.Sign;
import java.math.BigDecimal;
import java.util.List;

/** Which nodes become Java; the others are left to closures, row by row, with all below them. */
final class Natives {
  /** Powers of ten up to this fit 64 bits. */
  static final int MOST_PLACES = 18;

  private Natives() {}

  static boolean isNative(Typed node) {
    if (node instanceof Typed.Constant constant) {
      return constant.value().isEmpty()
          || !(constant.value().get() instanceof BigDecimal number)
          || fits(number, scale(node));
    }
    if (node instanceof Typed.Column) {
      return kind(node) != Kind.BOXED;
    }
    if (node instanceof Typed.RecordField field) {
      return ColumnPath.of(field).isPresent() && kind(node) != Kind.BOXED;
    }
    if (node instanceof Typed.Comparison comparison) {
      return compares(comparison);
    }
    if (node instanceof Typed.Same same) {
      return samples(same);
    }
    if (node instanceof Typed.Arithmetic arithmetic) {
      return computes(arithmetic);
    }
    if (node instanceof Typed.Negate) {
      return kind(node) != Kind.BOXED;
    }
    if (node instanceof Typed.Convert convert) {
      return converts(convert);
    }
    if (node instanceof Typed.Cast cast) {
      return casts(cast);
    }
    return isNativeChoice(node);
  }

  private static boolean isNativeChoice(Typed node) {
    if (node instanceof Typed.Logic || node instanceof Typed.Not) {
      return true;
    }
    if (node instanceof Typed.NullTest) {
      return true;
    }
    if (node instanceof Typed.Choice choice) {
      return alike(node, List.of(choice.then(), choice.otherwise()));
    }
    if (node instanceof Typed.Coalesce coalesce) {
      return alike(node, coalesce.values());
    }
    if (node instanceof Typed.Join) {
      return true;
    }
    if (node instanceof Typed.Membership membership) {
      Kind kind = kind(membership.value());
      return membership.list() instanceof Typed.Constant list
          && list.value().orElse(0) instanceof List<?>
          && (kind == Kind.LONG || kind == Kind.TEXT);
    }
    if (node instanceof Typed.Matching matching) {
      return matching.kind() != Typed.Matching.Kind.FINDS
          && kind(matching.value()) == Kind.TEXT
          && kind(matching.pattern()) == Kind.TEXT;
    }
    return node instanceof Typed.Invoke invoke && Calls.isNative(invoke);
  }

  static Kind kind(Typed node) {
    return Kind.of(node.type().type());
  }

  /** The scale at which a decimal is held. */
  static int scale(Typed node) {
    return ((DataType.Decimal) node.type().type()).scale();
  }

  static int precision(Typed node) {
    return ((DataType.Decimal) node.type().type()).precision();
  }

  static boolean fits(BigDecimal number, int scale) {
    return number.scale() <= scale
        && number.setScale(scale).unscaledValue().bitLength() < Long.SIZE;
  }

  private static boolean isNull(Typed node) {
    return node instanceof Typed.Constant constant && constant.value().isEmpty();
  }

  /** Nothing but values of one kind, decimals of one scale. */
  private static boolean alike(Typed node, List<Typed> values) {
    for (Typed value : values) {
      boolean same =
          isNull(value)
              || kind(value) == kind(node)
                  && (kind(node) != Kind.DECIMAL || scale(value) == scale(node));
      if (!same) {
        return false;
      }
    }
    return true;
  }

  private static boolean compares(Typed.Comparison node) {
    Kind kind = kind(node.left());
    if (kind != kind(node.right()) || kind == Kind.BOXED) {
      return false;
    }
    if (kind == Kind.DECIMAL) {
      return !isJsonNumber(node.left())
          && !isJsonNumber(node.right())
          && Math.abs(scale(node.left()) - scale(node.right())) <= MOST_PLACES;
    }
    return true;
  }

  /** A number of json is compared as it is, without the digits of a type. */
  private static boolean isJsonNumber(Typed node) {
    return node instanceof Typed.Convert convert
        && convert.value().type().type().equals(DataType.JSON);
  }

  private static boolean samples(Typed.Same node) {
    Kind kind = kind(node.left());
    return kind == kind(node.right()) && kind != Kind.BOXED && kind != Kind.DECIMAL;
  }

  private static boolean computes(Typed.Arithmetic node) {
    Kind kind = kind(node);
    if (kind(node.left()) != kind || kind(node.right()) != kind) {
      return false;
    }
    return switch (kind) {
      case LONG -> node.sign() != Sign.OVER;
      case DOUBLE -> true;
      case DECIMAL -> computesDecimals(node);
      case TRUTH, TEXT, BOXED -> false;
    };
  }

  private static boolean computesDecimals(Typed.Arithmetic node) {
    int left = scale(node.left());
    int right = scale(node.right());
    int scale = scale(node);
    return switch (node.sign()) {
      case TIMES -> scale == left + right;
      case PLUS, MINUS, MODULO ->
          scale == Math.max(left, right) && scale - Math.min(left, right) <= MOST_PLACES;
      case OVER -> scale - left + right >= 0 && scale - left + right <= MOST_PLACES;
    };
  }

  private static boolean converts(Typed.Convert node) {
    DataType from = node.value().type().type();
    DataType to = node.type().type();
    if (from.equals(to)) {
      return true;
    }
    if (from.equals(DataType.INT)) {
      return to.equals(DataType.DOUBLE) || kind(node) == Kind.DECIMAL && scale(node) <= MOST_PLACES;
    }
    if (kind(node) == Kind.DECIMAL && kind(node.value()) == Kind.DECIMAL) {
      int more = scale(node) - scale(node.value());
      return more >= 0 && more <= MOST_PLACES;
    }
    return from.equals(DataType.JSON) && JsonValues.reads(node);
  }

  private static boolean casts(Typed.Cast node) {
    DataType from = node.value().type().type();
    DataType to = node.type().type();
    return from.equals(to)
        || from.equals(DataType.INT) && to.equals(DataType.DOUBLE)
        || from.equals(DataType.DOUBLE) && to.equals(DataType.INT);
  }
}
