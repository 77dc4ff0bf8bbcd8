package io.penstock.core.expression.script;

import io.penstock.api.data.DataType;
import io.penstock.core.expression.Values;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Equality and order by the rules of expressions: one total order, text by code points, parts by
 * value. Values of different kinds are unequal, and have no order.
 */
final class Comparison {
  private Comparison() {}

  /** Whether two values are equal, null equal to null. */
  static boolean equal(@Nullable Object a, @Nullable Object b, Budget budget) {
    return equal(a, b, budget, 0);
  }

  private static boolean equal(@Nullable Object a, @Nullable Object b, Budget budget, int level) {
    if (a == null || b == null) {
      return a == b;
    }
    if (level > Budget.MAX_DEPTH) {
      throw ScriptFailure.limit("a value is nested more than " + Budget.MAX_DEPTH + " deep");
    }
    if (a instanceof Long x && b instanceof Long y) {
      return x.equals(y);
    }
    if (a instanceof String x && b instanceof String y) {
      budget.work(Math.min(x.length(), y.length()));
      return x.equals(y);
    }
    if (Arithmetic.isNumber(a) && Arithmetic.isNumber(b)) {
      return numbers(a, b) == 0;
    }
    if (a instanceof List<?> x && b instanceof List<?> y) {
      return lists(x, y, budget, level);
    }
    if (a instanceof Map<?, ?> x && b instanceof Map<?, ?> y) {
      return maps(x, y, budget, level);
    }
    if (a instanceof byte[] x && b instanceof byte[] y) {
      budget.work(Math.min(x.length, y.length));
      return Arrays.equals(x, y);
    }
    return a.equals(b);
  }

  private static boolean lists(List<?> a, List<?> b, Budget budget, int level) {
    if (a.size() != b.size()) {
      return false;
    }
    Iterator<?> others = b.iterator();
    for (Object element : a) {
      budget.step();
      if (!equal(element, others.next(), budget, level + 1)) {
        return false;
      }
    }
    return true;
  }

  private static boolean maps(Map<?, ?> a, Map<?, ?> b, Budget budget, int level) {
    if (a.size() != b.size()) {
      return false;
    }
    for (Map.Entry<?, ?> entry : a.entrySet()) {
      budget.step();
      if (!b.containsKey(entry.getKey())
          || !equal(entry.getValue(), b.get(entry.getKey()), budget, level + 1)) {
        return false;
      }
    }
    return true;
  }

  /** The order of two values that are not null. */
  static int compare(Object a, Object b, String sign, Budget budget) {
    if (a instanceof Long x && b instanceof Long y) {
      return Long.compare(x, y);
    }
    if (a instanceof String x && b instanceof String y) {
      budget.work(Math.min(x.length(), y.length()));
      return Values.compare(DataType.STRING, x, y);
    }
    if (Arithmetic.isNumber(a) && Arithmetic.isNumber(b)) {
      return numbers(a, b);
    }
    if (a instanceof Instant x && b instanceof Instant y) {
      return x.compareTo(y);
    }
    if (a instanceof LocalDate x && b instanceof LocalDate y) {
      return x.compareTo(y);
    }
    if (a instanceof Duration x && b instanceof Duration y) {
      return x.compareTo(y);
    }
    if (a instanceof Boolean x && b instanceof Boolean y) {
      return x.compareTo(y);
    }
    throw Arithmetic.unfit(a, sign, b);
  }

  private static int numbers(Object a, Object b) {
    if (a instanceof Double || b instanceof Double) {
      return Values.compare(DataType.DOUBLE, Arithmetic.toDouble(a), Arithmetic.toDouble(b));
    }
    BigDecimal left = a instanceof Long x ? BigDecimal.valueOf(x) : (BigDecimal) a;
    BigDecimal right = b instanceof Long y ? BigDecimal.valueOf(y) : (BigDecimal) b;
    return left.compareTo(right);
  }
}
