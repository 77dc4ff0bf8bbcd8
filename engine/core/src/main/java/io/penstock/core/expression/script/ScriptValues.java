package io.penstock.core.expression.script;

import io.penstock.api.data.DataType;
import io.penstock.api.data.Field;
import io.penstock.api.data.Schema;
import io.penstock.api.data.Times;
import io.penstock.api.problem.ProblemCode;
import io.penstock.core.expression.Conversions;
import io.penstock.core.expression.Values;
import io.penstock.json.Json;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/**
 * The values that scripts see: boolean {@code Boolean}, int {@code Long}, double {@code Double},
 * decimal {@code BigDecimal}, string {@code String}, bytes {@code byte[]}, timestamp {@code
 * Instant}, date {@code LocalDate}, duration {@code Duration}, list {@code List}, map and record
 * {@code Map}; json is taken apart into these.
 */
final class ScriptValues {
  private static final int MAX_DIGITS = 10_000;

  private ScriptValues() {}

  /** A value of the engine, in its boxed form, as scripts see it. */
  static @Nullable Object of(DataType type, @Nullable Object boxed) {
    if (boxed == null) {
      return null;
    }
    if (boxed instanceof Long number) {
      return ofLong(type, number);
    }
    if (boxed instanceof Json json) {
      return ofJson(json);
    }
    if (boxed instanceof List<?> list) {
      DataType element = ((DataType.ListOf) type).element().type();
      List<@Nullable Object> values = new ArrayList<>(list.size());
      list.forEach(e -> values.add(of(element, e)));
      return values;
    }
    if (boxed instanceof Map<?, ?> map) {
      DataType inner = ((DataType.MapOf) type).value().type();
      Map<String, @Nullable Object> values = new LinkedHashMap<>();
      map.forEach((key, value) -> values.put((String) key, of(inner, value)));
      return values;
    }
    return boxed instanceof Object[] record
        ? ofRecord(((DataType.RecordOf) type).schema(), record)
        : boxed;
  }

  private static Object ofLong(DataType type, long number) {
    if (type.equals(DataType.TIMESTAMP)) {
      return Instant.EPOCH.plus(number, ChronoUnit.MICROS);
    }
    if (type.equals(DataType.DATE)) {
      return LocalDate.ofEpochDay(number);
    }
    return type.equals(DataType.DURATION)
        ? (Object) Duration.of(number, ChronoUnit.MICROS)
        : number;
  }

  private static Map<String, @Nullable Object> ofRecord(Schema schema, @Nullable Object[] record) {
    Map<String, @Nullable Object> values = new LinkedHashMap<>();
    for (int i = 0; i < schema.fields().size(); i++) {
      Field field = schema.fields().get(i);
      values.put(field.name(), of(field.type().type(), record[i]));
    }
    if (schema.open() && record[schema.rest()] instanceof Json rest) {
      rest.members().forEach((name, value) -> values.putIfAbsent(name, ofJson(value)));
    }
    return values;
  }

  static @Nullable Object ofJson(Json json) {
    return switch (json.kind()) {
      case NULL -> null;
      case BOOLEAN -> json.asBoolean().orElseThrow();
      case TEXT -> json.asText().orElseThrow();
      case NUMBER -> ofNumber(json);
      case LIST -> {
        List<@Nullable Object> values = new ArrayList<>(json.size());
        json.elements().forEach(e -> values.add(ofJson(e)));
        yield values;
      }
      case OBJECT -> {
        Map<String, @Nullable Object> values = new LinkedHashMap<>();
        json.members().forEach((name, value) -> values.put(name, ofJson(value)));
        yield values;
      }
    };
  }

  private static Object ofNumber(Json json) {
    OptionalLong whole = json.asLong();
    return whole.isPresent() ? (Object) whole.getAsLong() : json.asDecimal().orElseThrow();
  }

  /** Of a time or a duration, the number of its type. */
  static long micros(Instant time) {
    try {
      return Math.addExact(
          Math.multiplyExact(time.getEpochSecond(), Times.MICROS_PER_SECOND),
          time.getNano() / 1000);
    } catch (ArithmeticException tooFar) {
      throw ScriptFailure.kind("`" + time + "` is no timestamp: it lies too far away");
    }
  }

  static long micros(Duration duration) {
    try {
      return Math.addExact(
          Math.multiplyExact(duration.getSeconds(), Times.MICROS_PER_SECOND),
          duration.getNano() / 1000);
    } catch (ArithmeticException tooLong) {
      throw ScriptFailure.kind("`" + duration + "` is too long for a duration");
    }
  }

  /** A value that Java code gives, as scripts have it: whole numbers are longs. */
  static @Nullable Object normal(@Nullable Object value) {
    if (value instanceof Integer || value instanceof Short || value instanceof Byte) {
      return ((Number) value).longValue();
    }
    return value instanceof Float number ? (Object) number.doubleValue() : value;
  }

  /** Whether a value without parts is none of those above. */
  private static boolean isForeign(Object value) {
    return scalarType(value).equals(DataType.JSON);
  }

  /** What a message calls the kind of a value. */
  static String kind(@Nullable Object value) {
    if (value == null) {
      return "null";
    }
    if (value instanceof Map<?, ?>) {
      return "a record";
    }
    if (value instanceof List<?>) {
      return "a list";
    }
    if (value instanceof ScriptFunction) {
      return "a function";
    }
    if (value instanceof Long) {
      return "an int";
    }
    if (value instanceof BigDecimal) {
      return "a decimal";
    }
    return "a " + (isForeign(value) ? value.getClass().getName() : scalarType(value));
  }

  /** The type of a value without parts. */
  static DataType scalarType(Object value) {
    if (value instanceof String) {
      return DataType.STRING;
    }
    if (value instanceof Long) {
      return DataType.INT;
    }
    if (value instanceof Boolean) {
      return DataType.BOOLEAN;
    }
    if (value instanceof Double) {
      return DataType.DOUBLE;
    }
    if (value instanceof Instant) {
      return DataType.TIMESTAMP;
    }
    if (value instanceof LocalDate) {
      return DataType.DATE;
    }
    if (value instanceof Duration) {
      return DataType.DURATION;
    }
    if (value instanceof BigDecimal number) {
      return decimalType(number);
    }
    return value instanceof byte[] ? DataType.BYTES : DataType.JSON;
  }

  private static DataType decimalType(BigDecimal number) {
    int scale = Math.max(0, number.scale());
    if (scale > DataType.Decimal.MAX_PRECISION
        || number.precision() - number.scale() + scale > DataType.Decimal.MAX_PRECISION) {
      throw new ScriptFailure(
          ProblemCode.D203,
          "`" + Conversions.shown(number.toString()) + "` has more than 38 digits");
    }
    return new DataType.Decimal(DataType.Decimal.MAX_PRECISION, scale);
  }

  /** The boxed form of a value without parts. */
  static Object boxed(Object value) {
    if (value instanceof Instant time) {
      return micros(time);
    }
    if (value instanceof LocalDate date) {
      return date.toEpochDay();
    }
    if (value instanceof Duration duration) {
      return micros(duration);
    }
    return value instanceof BigDecimal number && number.scale() < 0 ? number.setScale(0) : value;
  }

  /** The canonical text of a value that is not null. */
  static String text(Object value, Budget budget) {
    if (value instanceof String text) {
      return text;
    }
    if (value instanceof Long || value instanceof Boolean) {
      return value.toString();
    }
    if (value instanceof BigDecimal number) {
      if (Math.abs((long) number.precision() - number.scale()) > MAX_DIGITS) {
        throw new ScriptFailure(
            ProblemCode.D203, "`" + Conversions.shown(number.toString()) + "` has too many digits");
      }
      return number.toPlainString();
    }
    if (value instanceof List<?> || value instanceof Map<?, ?>) {
      return json(value, budget, 0).toText();
    }
    if (value instanceof ScriptFunction) {
      throw ScriptFailure.kind("a function has no text");
    }
    return Values.toText(scalarType(value), boxed(value));
  }

  /** A value for a message: at most 80 characters, without going through large ones. */
  static String shown(@Nullable Object value) {
    if (value == null) {
      return "null";
    }
    if (value instanceof List<?> list) {
      return "a list of " + list.size();
    }
    if (value instanceof Map<?, ?> map) {
      return "a record of " + map.size();
    }
    if (value instanceof ScriptFunction) {
      return "a function";
    }
    return value instanceof BigDecimal || value instanceof String || isForeign(value)
        ? Conversions.shown(value.toString())
        : Conversions.shown(Values.toText(scalarType(value), boxed(value)));
  }

  /** A value as json; counts as work, and so ends for values inside themselves. */
  static Json json(@Nullable Object given, Budget budget, int level) {
    Object value = normal(given);
    budget.step();
    if (level > Budget.MAX_DEPTH) {
      throw ScriptFailure.limit("a value is nested more than " + Budget.MAX_DEPTH + " deep");
    }
    if (value == null) {
      return Json.ofNull();
    }
    if (value instanceof List<?> list) {
      List<Json> elements = new ArrayList<>(list.size());
      list.forEach(e -> elements.add(json(e, budget, level + 1)));
      return Json.list(elements);
    }
    if (value instanceof Map<?, ?> map) {
      Map<String, Json> members = new LinkedHashMap<>();
      map.forEach((key, v) -> members.put((String) key, json(v, budget, level + 1)));
      return Json.object(members);
    }
    if (value instanceof ScriptFunction) {
      throw Fitting.misfit("a function is no value of a row");
    }
    if (value instanceof BigDecimal number) {
      return Json.ofNumber(number);
    }
    if (value instanceof String text) {
      budget.make(text.length());
      return Json.ofText(text);
    }
    if (isForeign(value)) {
      throw Fitting.misfit(kind(value) + " is no value of a row");
    }
    return Conversions.toJson(scalarType(value), boxed(value));
  }
}
