package io.penstock.core.expression;

import io.penstock.api.data.DataType;
import io.penstock.api.data.Field;
import io.penstock.api.data.Schema;
import io.penstock.api.data.ValueType;
import io.penstock.api.problem.ProblemCode;
import io.penstock.json.Json;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Conversions between types, on boxed values: the implicit ones of the language and the explicit
 * cast that {@code to_int} and its like share. A value that cannot be converted is an {@link
 * EvaluationException}.
 */
public final class Conversions {
  private static final int MAX_DIGITS = 10_000;

  private Conversions() {}

  /** A value as json. NaN and infinities become texts. */
  public static Json toJson(DataType type, @Nullable Object value) {
    if (value == null) {
      return Json.ofNull();
    }
    if (value instanceof Json json) {
      return json;
    }
    if (value instanceof Long number && type.equals(DataType.INT)) {
      return Json.ofNumber(number);
    }
    if (value instanceof Boolean truth) {
      return Json.of(truth);
    }
    if (value instanceof BigDecimal number) {
      return Json.ofNumber(number);
    }
    if (value instanceof Double number && !number.isNaN() && !number.isInfinite()) {
      return Json.ofNumber(number.doubleValue());
    }
    if (value instanceof List<?> list) {
      DataType element = ((DataType.ListOf) type).element().type();
      List<Json> elements = new ArrayList<>(list.size());
      list.forEach(e -> elements.add(toJson(element, e)));
      return Json.list(elements);
    }
    if (value instanceof Map<?, ?> map) {
      DataType inner = ((DataType.MapOf) type).value().type();
      Map<String, Json> members = new LinkedHashMap<>();
      map.forEach((key, v) -> members.put((String) key, toJson(inner, v)));
      return Json.object(members);
    }
    if (value instanceof Object[] record) {
      return recordToJson(((DataType.RecordOf) type).schema(), record);
    }
    return Json.ofText(ValueText.of(type, value));
  }

  private static Json recordToJson(Schema schema, @Nullable Object[] record) {
    Map<String, Json> members = new LinkedHashMap<>();
    for (int i = 0; i < schema.fields().size(); i++) {
      Field field = schema.fields().get(i);
      members.put(field.name(), toJson(field.type().type(), record[i]));
    }
    if (schema.open() && record[schema.rest()] instanceof Json rest) {
      rest.members().forEach(members::putIfAbsent);
    }
    return Json.object(members);
  }

  /**
   * A json value as a value of a type, checked: the kind must be the type's own ({@code "12"} is no
   * int; see {@link #cast}). Times, durations and bytes are texts in json.
   */
  public static @Nullable Object fromJson(@Nullable Json json, ValueType wanted) {
    if (json == null || json.isNull()) {
      if (wanted.optional()) {
        return null;
      }
      throw new EvaluationException(
          ProblemCode.D210, "the value is null where " + wanted.type() + " is needed");
    }
    return fromJson(json, wanted.type());
  }

  /** The same of a value that is not null. */
  public static Object fromJson(Json json, DataType wanted) {
    if (wanted instanceof DataType.Simple simple) {
      return JsonReading.simple(json, simple);
    }
    if (wanted instanceof DataType.Decimal decimal) {
      BigDecimal number = json.asDecimal().orElseThrow(() -> otherKind(json, wanted));
      return JsonReading.exact(json, number, decimal);
    }
    if (wanted instanceof DataType.ListOf list) {
      return JsonReading.list(json, list);
    }
    if (wanted instanceof DataType.MapOf map) {
      return JsonReading.map(json, map);
    }
    return JsonReading.record(json, (DataType.RecordOf) wanted);
  }

  static EvaluationException otherKind(Json json, DataType wanted) {
    return new EvaluationException(
        ProblemCode.D204, "`" + shown(json.toText()) + "` is no " + wanted);
  }

  /** A text as a value of a type, as in CSV cells and {@code to_int('12')}. */
  public static Object fromText(String text, DataType wanted) {
    Object value = TextReading.read(text, wanted);
    if (value == null) {
      throw new EvaluationException(ProblemCode.D205, "`" + shown(text) + "` is no " + wanted);
    }
    return value;
  }

  /**
   * The explicit cast: texts are read, fractions cut off (int) or rounded half even (decimal), true
   * is 1, times and numbers become texts.
   */
  public static Object cast(Object value, DataType from, DataType to) {
    if (from.equals(to)) {
      return value;
    }
    if (to.equals(DataType.STRING)) {
      return ValueText.of(from, value);
    }
    if (to.equals(DataType.JSON)) {
      return toJson(from, value);
    }
    if (value instanceof String text) {
      return fromText(text, to);
    }
    if (value instanceof Json json) {
      return castJson(json, to);
    }
    if (to instanceof DataType.Simple simple) {
      return Casting.simple(value, from, simple);
    }
    if (to instanceof DataType.Decimal decimal) {
      return toDecimal(Casting.number(value, from, to), decimal);
    }
    return Casting.parts(value, from, to);
  }

  private static Object castJson(Json json, DataType to) {
    boolean scalar = to instanceof DataType.Simple || to instanceof DataType.Decimal;
    if (scalar && json.asText().isPresent()) {
      return fromText(json.asText().get(), to);
    }
    if (to.equals(DataType.INT) || to instanceof DataType.Decimal) {
      BigDecimal number = json.asDecimal().orElseThrow(() -> otherKind(json, to));
      return to instanceof DataType.Decimal decimal
          ? toDecimal(limited(number), decimal)
          : Casting.whole(limited(number));
    }
    return fromJson(json, to);
  }

  /** Refuses numbers whose digits could not be written out. */
  private static BigDecimal limited(BigDecimal number) {
    if (Math.abs((long) number.precision() - number.scale()) > MAX_DIGITS) {
      throw new EvaluationException(
          ProblemCode.D203, "`" + shown(number.toString()) + "` has too many digits");
    }
    return number;
  }

  /**
   * Brings a number to a decimal type, half even.
   *
   * @throws EvaluationException where it has too many digits
   */
  public static BigDecimal toDecimal(BigDecimal number, DataType.Decimal type) {
    BigDecimal scaled =
        number.scale() == type.scale()
            ? number
            : number.setScale(type.scale(), RoundingMode.HALF_EVEN);
    if (scaled.precision() > type.precision() && scaled.signum() != 0) {
      throw new EvaluationException(
          ProblemCode.D203, "`" + shown(number.toString()) + "` does not fit " + type);
    }
    return scaled;
  }

  /** A value for a message: at most 80 characters. */
  public static String shown(String text) {
    return text.length() <= 80 ? text : text.substring(0, 77) + "...";
  }
}
