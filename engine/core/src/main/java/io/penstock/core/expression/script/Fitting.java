package io.penstock.core.expression.script;

import io.penstock.api.data.DataType;
import io.penstock.api.data.Field;
import io.penstock.api.data.Schema;
import io.penstock.api.data.ValueType;
import io.penstock.api.problem.ProblemCode;
import io.penstock.core.expression.Conversions;
import io.penstock.core.expression.EvaluationException;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Brings values to declared types. Only what loses nothing is done without being asked: an int is a
 * decimal or a double too, a decimal fits where its places do, a time may be its text.
 */
final class Fitting {
  private Fitting() {}

  /** The boxed form of a value for its type; the path is for messages. */
  static @Nullable Object fitted(
      @Nullable Object given, ValueType wanted, String path, Budget budget, int level) {
    Object value = ScriptValues.normal(given);
    budget.step();
    if (value == null) {
      if (wanted.optional()) {
        return null;
      }
      throw misfit("`" + path + "` is null or missing, and " + wanted.type() + " is wanted");
    }
    if (level > Budget.MAX_DEPTH) {
      throw ScriptFailure.limit("a value is nested more than " + Budget.MAX_DEPTH + " deep");
    }
    DataType type = wanted.type();
    if (type.equals(DataType.JSON)) {
      return ScriptValues.json(value, budget, level);
    }
    if (type instanceof DataType.Simple simple) {
      return simple(value, simple, path, budget);
    }
    if (type instanceof DataType.Decimal decimal) {
      return decimal(value, decimal, path);
    }
    if (type instanceof DataType.ListOf list && value instanceof List<?> elements) {
      List<@Nullable Object> all = new ArrayList<>(elements.size());
      for (Object element : elements) {
        String at = path + "[" + all.size() + "]";
        all.add(fitted(element, list.element(), at, budget, level + 1));
      }
      return all;
    }
    if (type instanceof DataType.MapOf map && value instanceof Map<?, ?> members) {
      Map<String, @Nullable Object> all = new LinkedHashMap<>();
      for (Map.Entry<?, ?> member : members.entrySet()) {
        String name = (String) member.getKey();
        all.put(name, fitted(member.getValue(), map.value(), path + "." + name, budget, level + 1));
      }
      return all;
    }
    if (type instanceof DataType.RecordOf record && value instanceof Map<?, ?> members) {
      return record(members, record.schema(), path, budget, level);
    }
    throw misfit(value, type, path);
  }

  private static Object record(
      Map<?, ?> members, Schema schema, String path, Budget budget, int level) {
    @Nullable Object[] values = new Object[schema.columns()];
    int found = 0;
    for (int i = 0; i < schema.fields().size(); i++) {
      Field field = schema.fields().get(i);
      found += members.containsKey(field.name()) ? 1 : 0;
      values[i] =
          fitted(
              members.get(field.name()),
              field.type(),
              path + "." + field.name(),
              budget,
              level + 1);
    }
    if (schema.open()) {
      Map<String, @Nullable Object> rest = new LinkedHashMap<>();
      members.forEach((name, value) -> rest.put((String) name, value));
      rest.keySet().removeAll(schema.names());
      values[schema.rest()] = ScriptValues.json(rest, budget, level + 1);
    } else if (found < members.size()) {
      for (Object name : members.keySet()) {
        if (schema.indexOf((String) name) < 0) {
          throw misfit("`" + path + "." + name + "` is no declared field");
        }
      }
    }
    return values;
  }

  private static Object simple(Object value, DataType.Simple type, String path, Budget budget) {
    Object fits =
        switch (type.kind()) {
          case BOOLEAN -> value instanceof Boolean ? value : null;
          case INT -> value instanceof Long ? value : whole(value);
          case DOUBLE -> Arithmetic.isNumber(value) ? (Object) Arithmetic.toDouble(value) : null;
          case STRING -> value instanceof String text ? made(text, budget) : null;
          case BYTES -> value instanceof byte[] ? value : null;
          case TIMESTAMP ->
              value instanceof Instant time
                  ? (Object) ScriptValues.micros(time)
                  : read(value, type);
          case DATE ->
              value instanceof LocalDate date ? (Object) date.toEpochDay() : read(value, type);
          case DURATION ->
              value instanceof Duration duration
                  ? (Object) ScriptValues.micros(duration)
                  : read(value, type);
          case JSON -> null;
        };
    if (fits == null) {
      throw misfit(value, type, path);
    }
    return fits;
  }

  private static String made(String text, Budget budget) {
    budget.make(2L * text.length());
    return text;
  }

  /** A decimal without places, such as the `1.0` of a json document, is a whole number. */
  private static @Nullable Object whole(Object value) {
    if (value instanceof BigDecimal number && number.precision() - number.scale() <= 19) {
      try {
        return number.longValueExact();
      } catch (ArithmeticException fraction) {
        return null;
      }
    }
    return null;
  }

  private static @Nullable Object read(Object value, DataType type) {
    if (value instanceof String text) {
      try {
        return Conversions.fromText(text, type);
      } catch (EvaluationException otherText) {
        return null;
      }
    }
    return null;
  }

  private static Object decimal(Object value, DataType.Decimal type, String path) {
    BigDecimal number =
        value instanceof Long whole
            ? BigDecimal.valueOf(whole)
            : value instanceof BigDecimal exact ? exact : null;
    if (number == null) {
      throw misfit(value, type, path);
    }
    boolean small = (long) number.precision() - number.scale() <= type.precision() - type.scale();
    try {
      if (small || number.signum() == 0) {
        return number.setScale(type.scale(), RoundingMode.UNNECESSARY);
      }
    } catch (ArithmeticException morePlaces) {
      throw misfit(
          "`"
              + path
              + "` is `"
              + ScriptValues.shown(value)
              + "`, which has more places than "
              + type
              + "; round it");
    }
    throw misfit(value, type, path);
  }

  private static ScriptFailure misfit(Object value, DataType type, String path) {
    return misfit(
        "`"
            + path
            + "` is `"
            + ScriptValues.shown(value)
            + "`, "
            + ScriptValues.kind(value)
            + ", and "
            + type
            + " is wanted");
  }

  static ScriptFailure misfit(String message) {
    return new ScriptFailure(ProblemCode.D231, message);
  }
}
