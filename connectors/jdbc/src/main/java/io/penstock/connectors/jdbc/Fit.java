package io.penstock.connectors.jdbc;

import io.penstock.api.data.Field;
import io.penstock.api.data.Schema;
import io.penstock.api.problem.Nearest;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Compares the rows that come with the table that they go to. All that is wrong is told at once.
 */
final class Fit {
  private final Table table;
  private final Schema schema;
  private final Dialect dialect;
  private final List<String> wrong = new ArrayList<>();

  private Fit(Table table, Schema schema, Dialect dialect) {
    this.table = table;
    this.schema = schema;
    this.dialect = dialect;
  }

  /** What does not fit; empty for nothing. */
  static List<String> check(
      Table table, Schema schema, WriteMode mode, List<String> key, Dialect dialect) {
    Fit fit = new Fit(table, schema, dialect);
    fit.fields();
    fit.columns();
    if (mode != WriteMode.INSERT) {
      fit.key(key);
    }
    return fit.wrong;
  }

  private void fields() {
    for (Field field : schema.fields()) {
      Optional<TableColumn> column = table.column(field.name());
      if (column.isEmpty()) {
        wrong.add(
            "there is no column `"
                + field.name()
                + "` ("
                + Nearest.hint(field.name(), "columns there", table.names())
                + ")");
      } else if (column.get().computed()) {
        wrong.add("column `" + field.name() + "` is computed by the database");
      } else {
        dialect
            .misfit(field.type().type(), column.get())
            .ifPresent(why -> wrong.add("field `" + field.name() + "` is " + why));
      }
    }
  }

  private void columns() {
    for (TableColumn column : table.columns()) {
      boolean wanted = !column.optional() && !column.filled() && !column.computed();
      if (wanted && schema.indexOf(column.name()) < 0) {
        wrong.add("column `" + column.name() + "` must not be null, and no field fills it");
      }
    }
  }

  private void key(List<String> key) {
    for (String name : key) {
      if (schema.indexOf(name) < 0) {
        wrong.add("the key's `" + name + "` is no field of the rows");
      }
      if (table.column(name).filter(TableColumn::optional).isPresent()) {
        wrong.add("the key's column `" + name + "` may be null, and nulls are never equal");
      }
    }
    Set<String> wanted = new HashSet<>(key);
    if (dialect.meetsByAnyIndex()) {
      for (Set<String> other : table.keys()) {
        if (!other.equals(wanted)) {
          wrong.add(
              "the unique index on `"
                  + String.join("`, `", other)
                  + "` would take other rows for the same than the key does");
        }
      }
    }
    if (table.keys().stream().noneMatch(wanted::equals)) {
      wrong.add(
          "no unique index stands on exactly `"
              + String.join("`, `", key)
              + "`"
              + (table.keys().isEmpty() ? "" : " (there are " + shown() + ")"));
    }
  }

  private String shown() {
    return String.join(", ", table.keys().stream().map(k -> String.join(" + ", k)).toList());
  }
}
