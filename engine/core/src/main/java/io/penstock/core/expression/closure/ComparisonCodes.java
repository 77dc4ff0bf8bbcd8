package io.penstock.core.expression.closure;

import io.penstock.api.data.Column;
import io.penstock.api.data.DataType;
import io.penstock.core.expression.Values;
import io.penstock.core.expression.typed.Typed;
import io.penstock.core.expression.typed.Typed.Comparison.Order;
import io.penstock.json.Json;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** Comparisons of values of one type. */
final class ComparisonCodes {
  private final ClosureCompiler compiler;

  ComparisonCodes(ClosureCompiler compiler) {
    this.compiler = compiler;
  }

  Code.OfTruth of(Typed.Comparison node) {
    Code left = number(node.left());
    Code right = number(node.right());
    Order order = node.order();
    if (left instanceof Code.OfLong a && right instanceof Code.OfLong b) {
      return TruthCodes.longs(order, a, b);
    }
    if (left instanceof Code.OfDouble a && right instanceof Code.OfDouble b) {
      return TruthCodes.doubles(order, a, b);
    }
    if (node.left().type().type() instanceof DataType.Decimal) {
      return decimals(order, left, right);
    }
    if (left instanceof ColumnCodes.TextColumn column
        && node.right() instanceof Typed.Constant constant
        && constant.value().isPresent()) {
      return text(order, column, (String) constant.value().get());
    }
    if (right instanceof ColumnCodes.TextColumn column
        && node.left() instanceof Typed.Constant constant
        && constant.value().isPresent()) {
      return text(turned(order), column, (String) constant.value().get());
    }
    if (left instanceof ColumnCodes.TextColumn a && right instanceof ColumnCodes.TextColumn b) {
      return texts(order, a, b);
    }
    return boxed(order, node.left().type().type(), left, right);
  }

  /** A number of json is compared as it is, without the digits of a type. */
  private Code number(Typed side) {
    if (side instanceof Typed.Convert convert
        && convert.value().type().type().equals(DataType.JSON)
        && convert.type().type() instanceof DataType.Decimal) {
      Code json = compiler.compile(convert.value());
      return frame -> {
        Json value = (Json) json.value(frame);
        return value == null
            ? null
            : value.asDecimal().orElseThrow(() -> ConvertCodes.noNumber(convert, value));
      };
    }
    return compiler.compile(side);
  }

  private static Order turned(Order order) {
    return switch (order) {
      case EQUAL, UNEQUAL -> order;
      case LESS -> Order.MORE;
      case AT_MOST -> Order.AT_LEAST;
      case MORE -> Order.LESS;
      case AT_LEAST -> Order.AT_MOST;
    };
  }

  private static Code.OfTruth decimals(Order order, Code left, Code right) {
    Code.OfTruth exact =
        frame -> {
          Object a = left.value(frame);
          Object b = a == null ? null : right.value(frame);
          frame.missing = a == null || b == null;
          return a != null
              && b != null
              && TruthCodes.holds(order, ((BigDecimal) a).compareTo((BigDecimal) b));
        };
    boolean scaled =
        left instanceof Code.Scaled a
            && right instanceof Code.Scaled b
            && DecimalCodes.rescales(Math.abs(a.scale() - b.scale()));
    return scaled
        ? TruthCodes.scaled(order, (Code.Scaled) left, (Code.Scaled) right, exact)
        : exact;
  }

  private static Code.OfTruth text(Order order, ColumnCodes.TextColumn column, String constant) {
    byte[] wanted = constant.getBytes(StandardCharsets.UTF_8);
    int index = column.index();
    if (order == Order.EQUAL || order == Order.UNEQUAL) {
      boolean equal = order == Order.EQUAL;
      return frame -> {
        Column.Bytes texts = (Column.Bytes) frame.columns[index];
        int row = frame.row;
        if (texts.isNull(row)) {
          frame.missing = true;
          return false;
        }
        int from = texts.from(row);
        int to = texts.to(row);
        return (to - from == wanted.length
                && Arrays.equals(texts.bytes(), from, to, wanted, 0, wanted.length))
            == equal;
      };
    }
    return frame -> {
      Column.Bytes texts = (Column.Bytes) frame.columns[index];
      int row = frame.row;
      if (texts.isNull(row)) {
        frame.missing = true;
        return false;
      }
      return TruthCodes.holds(
          order,
          Arrays.compareUnsigned(
              texts.bytes(), texts.from(row), texts.to(row), wanted, 0, wanted.length));
    };
  }

  private static Code.OfTruth texts(
      Order order, ColumnCodes.TextColumn left, ColumnCodes.TextColumn right) {
    return frame -> {
      Column.Bytes a = (Column.Bytes) frame.columns[left.index()];
      Column.Bytes b = (Column.Bytes) frame.columns[right.index()];
      int row = frame.row;
      if (a.isNull(row) || b.isNull(row)) {
        frame.missing = true;
        return false;
      }
      return TruthCodes.holds(
          order,
          Arrays.compareUnsigned(
              a.bytes(), a.from(row), a.to(row), b.bytes(), b.from(row), b.to(row)));
    };
  }

  private static Code.OfTruth boxed(Order order, DataType type, Code left, Code right) {
    boolean equality = order == Order.EQUAL || order == Order.UNEQUAL;
    return frame -> {
      Object a = left.value(frame);
      Object b = a == null ? null : right.value(frame);
      if (a == null || b == null) {
        frame.missing = true;
        return false;
      }
      if (equality) {
        return Values.equal(type, a, b) == (order == Order.EQUAL);
      }
      return TruthCodes.holds(order, Values.compare(type, a, b));
    };
  }

  Code.OfTruth same(Typed.Same node) {
    Code left = compiler.compile(node.left());
    Code right = compiler.compile(node.right());
    DataType type =
        node.left() instanceof Typed.Constant constant && constant.value().isEmpty()
            ? node.right().type().type()
            : node.left().type().type();
    return frame -> Values.equal(type, left.value(frame), right.value(frame));
  }
}
