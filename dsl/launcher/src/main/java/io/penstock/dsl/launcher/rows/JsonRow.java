package io.penstock.dsl.launcher.rows;

import io.penstock.api.data.Batch;
import io.penstock.api.data.Schema;
import io.penstock.core.expression.Conversions;
import io.penstock.core.expression.Values;
import io.penstock.json.Json;
import java.util.LinkedHashMap;
import java.util.Map;

/** A row as json, as it is shown. */
public final class JsonRow {
  private JsonRow() {}

  /** A row of a batch; the names of an open row's rest stand beside its fields. */
  public static Json of(Batch batch, int row) {
    Schema schema = batch.schema();
    Map<String, Json> members = new LinkedHashMap<>();
    for (int i = 0; i < schema.fields().size(); i++) {
      members.put(
          schema.fields().get(i).name(),
          Conversions.toJson(
              schema.column(i).type(), Values.get(batch.column(i), schema.column(i).type(), row)));
    }
    if (schema.open()
        && Values.get(batch.column(schema.rest()), schema.column(schema.rest()).type(), row)
            instanceof Json rest) {
      add(rest, members);
    }
    return Json.object(members);
  }

  private static void add(Json rest, Map<String, Json> members) {
    if (rest.kind() == Json.Kind.OBJECT) {
      rest.members().forEach(members::putIfAbsent);
    } else if (members.isEmpty()) {
      members.put("value", rest);
    }
  }
}
