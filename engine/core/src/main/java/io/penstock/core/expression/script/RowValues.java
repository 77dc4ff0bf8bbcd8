package io.penstock.core.expression.script;

import io.penstock.api.data.Batch;
import io.penstock.api.data.DataType;
import io.penstock.api.data.Schema;
import io.penstock.core.expression.Values;
import io.penstock.json.Json;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Rows as records that may be changed. */
final class RowValues {
  private RowValues() {}

  static Map<String, @Nullable Object> of(Batch rows, int row) {
    Map<String, @Nullable Object> made = new LinkedHashMap<>();
    Schema schema = rows.schema();
    for (int i = 0; i < schema.fields().size(); i++) {
      DataType type = schema.column(i).type();
      Object value = Values.get(rows.column(i), type, row);
      made.put(schema.fields().get(i).name(), ScriptValues.of(type, value));
    }
    if (schema.open()
        && Values.get(rows.column(schema.rest()), DataType.JSON, row) instanceof Json rest) {
      for (Map.Entry<String, Json> member : rest.members().entrySet()) {
        made.putIfAbsent(member.getKey(), ScriptValues.ofJson(member.getValue()));
      }
    }
    return made;
  }
}
