package io.penstock.core.upgrade;

import io.penstock.api.data.DataType;
import io.penstock.api.data.Schema;
import io.penstock.json.Json;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** A constant as canonical text: equal texts of one type are equal values. */
final class ValuePrint {
  private ValuePrint() {}

  static String of(DataType type, Optional<Object> value) {
    return value.map(v -> present(type, v)).orElse("null");
  }

  private static String present(DataType type, Object value) {
    if (value instanceof String text) {
      return Words.quoted(text);
    }
    if (value instanceof BigDecimal decimal) {
      return decimal.toPlainString();
    }
    if (value instanceof byte[] bytes) {
      return "bytes(" + Base64.getEncoder().encodeToString(bytes) + ")";
    }
    if (value instanceof Json json) {
      return "json(" + json.toText() + ")";
    }
    if (value instanceof List<?> list && type instanceof DataType.ListOf of) {
      List<String> texts = new ArrayList<>();
      list.forEach(element -> texts.add(of(of.element().type(), Optional.ofNullable(element))));
      return "[" + Words.list(texts) + "]";
    }
    if (value instanceof Map<?, ?> map && type instanceof DataType.MapOf of) {
      List<String> texts = new ArrayList<>();
      map.forEach(
          (key, element) ->
              texts.add(
                  Words.quoted(key.toString())
                      + ": "
                      + of(of.value().type(), Optional.ofNullable(element))));
      return "{" + Words.list(texts) + "}";
    }
    if (value instanceof Object[] fields && type instanceof DataType.RecordOf of) {
      Schema schema = of.schema();
      List<String> texts = new ArrayList<>();
      for (int i = 0; i < fields.length; i++) {
        texts.add(of(schema.column(i).type(), Optional.ofNullable(fields[i])));
      }
      return "(" + Words.list(texts) + ")";
    }
    return value.toString();
  }
}
