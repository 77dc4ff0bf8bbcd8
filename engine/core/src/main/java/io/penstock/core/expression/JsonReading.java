package io.penstock.core.expression;

import io.penstock.api.data.DataType;
import io.penstock.api.data.Field;
import io.penstock.api.data.Schema;
import io.penstock.api.problem.ProblemCode;
import io.penstock.json.Json;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Checked conversions of json values. */
final class JsonReading {
  private JsonReading() {}

  static Object simple(Json json, DataType.Simple wanted) {
    return switch (wanted.kind()) {
      case JSON -> json;
      case BOOLEAN -> json.asBoolean().orElseThrow(() -> Conversions.otherKind(json, wanted));
      case STRING -> json.asText().orElseThrow(() -> Conversions.otherKind(json, wanted));
      case INT -> whole(json, wanted);
      case DOUBLE -> number(json, wanted);
      case BYTES, TIMESTAMP, DATE, DURATION ->
          Conversions.fromText(
              json.asText().orElseThrow(() -> Conversions.otherKind(json, wanted)), wanted);
    };
  }

  private static Object whole(Json json, DataType wanted) {
    OptionalLong number = json.asLong();
    if (number.isEmpty()) {
      throw Conversions.otherKind(json, wanted);
    }
    return number.getAsLong();
  }

  private static Object number(Json json, DataType wanted) {
    double number = json.asDouble().orElseThrow(() -> Conversions.otherKind(json, wanted));
    if (Double.isInfinite(number)) {
      throw new EvaluationException(
          ProblemCode.D204,
          "`" + Conversions.shown(json.toText()) + "` is larger than a double can be");
    }
    return number;
  }

  static BigDecimal exact(Json json, BigDecimal number, DataType.Decimal wanted) {
    boolean fits =
        (long) number.precision() - number.scale() <= wanted.precision() - wanted.scale();
    if (number.signum() == 0) {
      return BigDecimal.ZERO.setScale(wanted.scale());
    }
    if (!fits || (long) number.scale() - number.precision() > 100) {
      throw new EvaluationException(
          fits ? ProblemCode.D204 : ProblemCode.D203,
          "`" + Conversions.shown(json.toText()) + "` does not fit " + wanted);
    }
    try {
      return number.setScale(wanted.scale(), RoundingMode.UNNECESSARY);
    } catch (ArithmeticException digits) {
      throw new EvaluationException(
          ProblemCode.D204,
          "`"
              + Conversions.shown(json.toText())
              + "` has more places than "
              + wanted
              + ", round it by to_decimal");
    }
  }

  static List<?> list(Json json, DataType.ListOf wanted) {
    if (json.kind() != Json.Kind.LIST) {
      throw Conversions.otherKind(json, wanted);
    }
    List<Object> values = new ArrayList<>(json.size());
    for (Json element : json.elements()) {
      values.add(Conversions.fromJson(element, wanted.element()));
    }
    return values;
  }

  static Map<String, ?> map(Json json, DataType.MapOf wanted) {
    if (json.kind() != Json.Kind.OBJECT) {
      throw Conversions.otherKind(json, wanted);
    }
    Map<String, Object> values = new LinkedHashMap<>();
    json.members().forEach((k, v) -> values.put(k, Conversions.fromJson(v, wanted.value())));
    return values;
  }

  static @Nullable Object[] record(Json json, DataType.RecordOf wanted) {
    if (json.kind() != Json.Kind.OBJECT) {
      throw Conversions.otherKind(json, wanted);
    }
    Schema schema = wanted.schema();
    @Nullable Object[] values = new Object[schema.columns()];
    Set<String> named = new HashSet<>();
    for (int i = 0; i < schema.fields().size(); i++) {
      Field field = schema.fields().get(i);
      named.add(field.name());
      Json member = json.member(field.name()).orElse(null);
      if ((member == null || member.isNull()) && !field.type().optional()) {
        throw new EvaluationException(
            ProblemCode.D210, "the field `" + field.name() + "` is missing or null");
      }
      values[i] = Conversions.fromJson(member, field.type());
    }
    if (schema.open()) {
      values[schema.rest()] = json.without(named);
    }
    return values;
  }
}
