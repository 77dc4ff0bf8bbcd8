package io.penstock.core.expression.script;

import io.penstock.api.data.Column;
import io.penstock.api.data.ColumnBuilder;
import io.penstock.api.data.Field;
import io.penstock.api.data.Schema;
import io.penstock.core.expression.Values;
import io.penstock.json.Json;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The rows that a script has emitted, as columns. */
final class Emitted {
  private final Schema schema;
  private final Budget budget;
  private final ColumnBuilder[] builders;
  private final @Nullable Object[] values;
  private int count;

  Emitted(Schema schema, Budget budget) {
    this.schema = schema;
    this.budget = budget;
    this.builders = new ColumnBuilder[schema.columns()];
    this.values = new Object[schema.columns()];
    for (int i = 0; i < builders.length; i++) {
      builders[i] = ColumnBuilder.of(schema.column(i).type());
    }
  }

  int count() {
    return count;
  }

  /**
   * Appends a row; its values are looked at first, so that one that does not fit leaves nothing.
   */
  void add(Map<?, ?> row) {
    budget.make(16L * builders.length);
    int found = 0;
    for (int i = 0; i < schema.fields().size(); i++) {
      Field field = schema.fields().get(i);
      Object value = row.get(field.name());
      found += value != null || row.containsKey(field.name()) ? 1 : 0;
      values[i] = Fitting.fitted(value, field.type(), field.name(), budget, 0);
    }
    if (schema.open()) {
      values[schema.rest()] = rest(row);
    } else if (found < row.size()) {
      unknown(row);
    }
    for (int i = 0; i < builders.length; i++) {
      Values.append(builders[i], schema.column(i).type(), values[i]);
    }
    count++;
  }

  private Json rest(Map<?, ?> row) {
    Map<String, Json> members = new LinkedHashMap<>();
    for (Map.Entry<?, ?> entry : row.entrySet()) {
      String name = (String) entry.getKey();
      if (schema.indexOf(name) < 0) {
        members.put(name, ScriptValues.json(entry.getValue(), budget, 1));
      }
    }
    return Json.object(members);
  }

  /** Nothing is dropped silently: a name that has no place in the row is an error. */
  private void unknown(Map<?, ?> row) {
    for (Object name : row.keySet()) {
      if (schema.indexOf((String) name) < 0) {
        throw Fitting.misfit(
            "the emitted row has a field `"
                + name
                + "`, and the declared fields are "
                + String.join(", ", schema.names()));
      }
    }
  }

  void truncate(int rows) {
    for (ColumnBuilder builder : builders) {
      builder.truncate(rows);
    }
    count = rows;
  }

  Column[] take() {
    Column[] columns = new Column[builders.length];
    for (int i = 0; i < columns.length; i++) {
      columns[i] = builders[i].build();
    }
    count = 0;
    return columns;
  }
}
