package io.penstock.core.expression;

import io.penstock.api.data.DataType;
import io.penstock.api.data.Field;
import io.penstock.api.data.Schema;
import io.penstock.api.data.Times;
import io.penstock.api.data.ValueType;
import io.penstock.api.problem.ProblemCode;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The explicit cast between typed values. */
final class Casting {
  private static final BigDecimal LEAST = BigDecimal.valueOf(Long.MIN_VALUE);
  private static final BigDecimal MOST = BigDecimal.valueOf(Long.MAX_VALUE);

  private Casting() {}

  static Object simple(Object value, DataType from, DataType.Simple to) {
    return switch (to.kind()) {
      case INT -> toInt(value, from, to);
      case DOUBLE -> number(value, from, to).doubleValue();
      case BOOLEAN -> toBoolean(value, from, to);
      case TIMESTAMP -> toTimestamp(value, from, to);
      case DATE -> toDate(value, from, to);
      case BYTES, STRING, JSON, DURATION -> throw none(from, to);
    };
  }

  private static Object toInt(Object value, DataType from, DataType to) {
    if (value instanceof Boolean truth) {
      return truth ? 1L : 0L;
    }
    return whole(number(value, from, to));
  }

  static long whole(BigDecimal number) {
    if (number.compareTo(LEAST) < 0 || number.compareTo(MOST) > 0) {
      throw new EvaluationException(
          ProblemCode.D201, "`" + Conversions.shown(number.toString()) + "` does not fit int");
    }
    return number.longValue();
  }

  private static Object toBoolean(Object value, DataType from, DataType to) {
    if (from.equals(DataType.INT) && value instanceof Long number) {
      return number != 0;
    }
    throw none(from, to);
  }

  private static Object toTimestamp(Object value, DataType from, DataType to) {
    if (from.equals(DataType.DATE) && value instanceof Long days) {
      return whole(BigDecimal.valueOf(days).multiply(BigDecimal.valueOf(Times.MICROS_PER_DAY)));
    }
    throw none(from, to);
  }

  private static Object toDate(Object value, DataType from, DataType to) {
    if (from.equals(DataType.TIMESTAMP) && value instanceof Long micros) {
      return Math.floorDiv(micros, Times.MICROS_PER_DAY);
    }
    throw none(from, to);
  }

  /** A number as a decimal, exact. */
  static BigDecimal number(Object value, DataType from, DataType to) {
    if (value instanceof BigDecimal number) {
      return number;
    }
    if (value instanceof Double number) {
      if (number.isNaN() || number.isInfinite()) {
        throw new EvaluationException(ProblemCode.D206, "`" + number + "` is no " + to);
      }
      return BigDecimal.valueOf(number);
    }
    if (value instanceof Long number && from.equals(DataType.INT)) {
      return BigDecimal.valueOf(number);
    }
    throw none(from, to);
  }

  static Object parts(Object value, DataType from, DataType to) {
    if (value instanceof List<?> list && to instanceof DataType.ListOf target) {
      DataType element = ((DataType.ListOf) from).element().type();
      List<Object> values = new ArrayList<>(list.size());
      list.forEach(e -> values.add(part(e, element, target.element())));
      return values;
    }
    if (value instanceof Map<?, ?> map && to instanceof DataType.MapOf target) {
      DataType inner = ((DataType.MapOf) from).value().type();
      Map<String, Object> values = new LinkedHashMap<>();
      map.forEach((k, v) -> values.put((String) k, part(v, inner, target.value())));
      return values;
    }
    if (value instanceof Object[] record && to instanceof DataType.RecordOf target) {
      return record(record, ((DataType.RecordOf) from).schema(), target.schema());
    }
    if (value instanceof Object[] record && to instanceof DataType.MapOf target) {
      return map(record, ((DataType.RecordOf) from).schema(), target);
    }
    throw none(from, to);
  }

  private static Map<String, ?> map(@Nullable Object[] record, Schema from, DataType.MapOf target) {
    Map<String, Object> values = new LinkedHashMap<>();
    for (int i = 0; i < from.fields().size(); i++) {
      Field field = from.fields().get(i);
      values.put(field.name(), part(record[i], field.type().type(), target.value()));
    }
    return values;
  }

  private static Object record(@Nullable Object[] record, Schema from, Schema to) {
    @Nullable Object[] values = new Object[to.columns()];
    for (int i = 0; i < values.length; i++) {
      int index = i < to.fields().size() ? from.indexOf(to.fields().get(i).name()) : -1;
      Object part = index < 0 ? null : record[index];
      values[i] = part(part, index < 0 ? DataType.JSON : from.column(index).type(), to.column(i));
    }
    return values;
  }

  private static @Nullable Object part(@Nullable Object value, DataType from, ValueType to) {
    if (value != null) {
      return Conversions.cast(value, from, to.type());
    }
    if (to.optional()) {
      return null;
    }
    throw new EvaluationException(
        ProblemCode.D210, "the value is null where " + to.type() + " is needed");
  }

  private static EvaluationException none(DataType from, DataType to) {
    return new EvaluationException(ProblemCode.D204, "a value of " + from + " is no " + to);
  }
}
