package io.penstock.core.operator;

import io.penstock.api.data.Batch;
import io.penstock.api.data.FieldPath;
import io.penstock.core.expression.Expression;
import io.penstock.json.Json;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** The values that an expression reads from a row, as text, to say why it failed. */
final class ReadValues {
  private static final int MOST = 200;

  private ReadValues() {}

  static Map<String, String> of(Expression expression, Batch rows, int row) {
    Map<String, String> values = new TreeMap<>();
    Json all = RowJson.of(rows, row);
    for (FieldPath path : expression.reads()) {
      Optional<Json> value = Optional.of(all);
      for (String name : path.names()) {
        value = value.flatMap(v -> v.member(name));
      }
      String text = value.map(v -> v.asText().orElseGet(v::toText)).orElse("null");
      values.put(path.toString(), text.length() > MOST ? text.substring(0, MOST) + "..." : text);
    }
    return values;
  }
}
