package io.penstock.core.expression;

import io.penstock.api.data.DataType;
import io.penstock.api.data.Times;
import io.penstock.json.DoubleText;
import io.penstock.json.Json;
import java.math.BigDecimal;
import java.util.Base64;

/** The canonical texts of values. */
final class ValueText {
  private ValueText() {}

  static String of(DataType type, Object value) {
    if (value instanceof String text) {
      return text;
    }
    if (value instanceof Long number) {
      return number(type, number);
    }
    if (value instanceof Double number) {
      return number(number);
    }
    if (value instanceof BigDecimal number) {
      return number.toPlainString();
    }
    if (value instanceof Boolean) {
      return value.toString();
    }
    if (value instanceof byte[] bytes) {
      return Base64.getEncoder().encodeToString(bytes);
    }
    Json json = Conversions.toJson(type, value);
    return json.asText().orElseGet(json::toText);
  }

  private static String number(DataType type, long value) {
    if (type.equals(DataType.TIMESTAMP)) {
      return Times.timestamp(value);
    }
    if (type.equals(DataType.DATE)) {
      return Times.date(value);
    }
    return type.equals(DataType.DURATION) ? Times.duration(value) : Long.toString(value);
  }

  static String number(double value) {
    return DoubleText.text(value);
  }
}
