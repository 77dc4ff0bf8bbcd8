package io.penstock.core.expression.function;

import io.penstock.api.data.DataType;
import io.penstock.api.data.ValueType;
import io.penstock.core.expression.Values;
import io.penstock.core.expression.function.Function.Family;
import io.penstock.core.expression.function.Function.Nulls;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Sums, averages and extremes of lists and of arguments; nulls are left out. */
public final class ListNumbers {
  private static final int AVERAGE_PLACES = 6;

  private ListNumbers() {}

  @Function(
      family = Family.LISTS,
      signature = "(list: [number]) -> number?",
      summary = "The sum of the elements; null where there is none.",
      examples = {"list_sum([1, 2, 3]) == 6", "list_sum([0.1, 0.25]) == 0.35"},
      fails = "the sum does not fit",
      typing = Sum.class)
  public static @Nullable Object listSum(List<?> list) {
    Object sum = null;
    for (Object element : list) {
      if (element != null) {
        sum = sum == null ? element : plus(sum, element);
      }
    }
    return sum;
  }

  @Function(
      family = Family.LISTS,
      signature = "(list: [number]) -> number?",
      summary = "The average of the elements; null where there is none.",
      examples = {"list_avg([1, 2]) == 1.5e0", "list_avg([0.1, 0.2]) == 0.15"},
      fails = "the average does not fit",
      typing = Average.class)
  public static @Nullable Object listAvg(List<?> list) {
    BigDecimal exact = BigDecimal.ZERO;
    double sum = 0;
    int count = 0;
    boolean decimal = false;
    for (Object element : list) {
      if (element != null) {
        count++;
        decimal = element instanceof BigDecimal;
        if (element instanceof Double value) {
          sum += value;
        } else {
          exact = exact.add(exact(element));
        }
      }
    }
    if (count == 0) {
      return null;
    }
    if (decimal) {
      int scale = Math.max(exact.scale(), AVERAGE_PLACES);
      return exact.divide(BigDecimal.valueOf(count), scale, RoundingMode.HALF_EVEN);
    }
    return (sum + exact.doubleValue()) / count;
  }

  @Function(
      family = Family.LISTS,
      signature = "(list: [T]) -> T?",
      summary = "The least element; null where there is none.",
      examples = "list_min([3, 1, 2]) == 1")
  public static @Nullable Object listMin(Call call, List<?> list) {
    return extreme(Lists.element(call), list, -1);
  }

  @Function(
      family = Family.LISTS,
      signature = "(list: [T]) -> T?",
      summary = "The greatest element; null where there is none.",
      examples = "list_max(['a', 'c', 'b']) == 'c'")
  public static @Nullable Object listMax(Call call, List<?> list) {
    return extreme(Lists.element(call), list, 1);
  }

  @Function(
      family = Family.NUMBERS,
      signature = "(values: T?...) -> T?",
      summary = "The least argument that is not null.",
      examples = {"min_of(3, null, 1) == 1", "min_of('b', 'a') == 'a'"},
      nulls = Nulls.SEES_NULLS)
  public static @Nullable Object minOf(Call call, List<?> values) {
    return extreme(call.result().type(), values, -1);
  }

  @Function(
      family = Family.NUMBERS,
      signature = "(values: T?...) -> T?",
      summary = "The greatest argument that is not null.",
      examples = {"max_of(3, null, 1) == 3", "max_of(1, 2.5) == 2.5"},
      nulls = Nulls.SEES_NULLS)
  public static @Nullable Object maxOf(Call call, List<?> values) {
    return extreme(call.result().type(), values, 1);
  }

  @Function(
      family = Family.NUMBERS,
      signature = "(value: T, least: T, greatest: T) -> T",
      summary = "The value, brought between the least and the greatest.",
      examples = {"clamp(12, 0, 10) == 10", "clamp(-1.5, 0.0, 10.0) == 0"})
  public static Object clamp(Call call, Object value, Object least, Object greatest) {
    DataType type = call.result().type();
    Object raised = Values.compare(type, value, least) < 0 ? least : value;
    return Values.compare(type, raised, greatest) > 0 ? greatest : raised;
  }

  private static @Nullable Object extreme(DataType type, List<?> values, int sign) {
    Object best = null;
    for (Object value : values) {
      if (value != null && (best == null || Values.compare(type, value, best) * sign > 0)) {
        best = value;
      }
    }
    return best;
  }

  private static Object plus(Object a, Object b) {
    if (a instanceof Long left && b instanceof Long right) {
      long sum = left + right;
      if (((left ^ sum) & (right ^ sum)) < 0) {
        throw Failure.tooLarge(exact(a).add(exact(b)).toString());
      }
      return sum;
    }
    if (a instanceof BigDecimal left && b instanceof BigDecimal right) {
      return left.add(right);
    }
    return Numbers.number(a) + Numbers.number(b);
  }

  private static BigDecimal exact(Object number) {
    return number instanceof BigDecimal decimal ? decimal : BigDecimal.valueOf((Long) number);
  }

  private static DataType element(Typing.Arguments arguments) {
    return ((DataType.ListOf) arguments.type(0).type()).element().type();
  }

  /** As the aggregate sum. */
  public static final class Sum implements Typing {
    @Override
    public ValueType result(Arguments arguments) {
      DataType type = element(arguments);
      return ValueType.optional(
          type instanceof DataType.Decimal decimal
              ? new DataType.Decimal(DataType.Decimal.MAX_PRECISION, decimal.scale())
              : type);
    }
  }

  /** As the aggregate avg. */
  public static final class Average implements Typing {
    @Override
    public ValueType result(Arguments arguments) {
      if (element(arguments) instanceof DataType.Decimal decimal) {
        int scale = Math.max(decimal.scale(), AVERAGE_PLACES);
        return ValueType.optional(new DataType.Decimal(DataType.Decimal.MAX_PRECISION, scale));
      }
      return ValueType.optional(DataType.DOUBLE);
    }
  }
}
