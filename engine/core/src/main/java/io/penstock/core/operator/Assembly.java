package io.penstock.core.operator;

import io.penstock.api.data.Batch;
import io.penstock.api.data.BytesBuilder;
import io.penstock.api.data.Column;
import io.penstock.api.data.DataType;
import io.penstock.api.data.Field;
import io.penstock.api.data.Schema;
import io.penstock.json.Json;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;

/** Puts rows together by name, the rest of open rows among them. */
final class Assembly {
  private Assembly() {}

  /**
   * The columns of a result: fields by name from those that are set, else from the rows.
   *
   * @param leaving names that leave the rest, beside those that are set
   */
  static Column[] assemble(
      Schema result, Batch rows, Map<String, Column> set, Set<String> leaving) {
    Column[] columns = new Column[result.columns()];
    for (int i = 0; i < result.fields().size(); i++) {
      Field field = result.fields().get(i);
      Column own = set.get(field.name());
      int index = own == null ? rows.schema().indexOf(field.name()) : -1;
      columns[i] = own != null ? own : index >= 0 ? rows.column(index) : missing(rows, field);
    }
    if (result.open()) {
      Set<String> names = new java.util.HashSet<>(leaving);
      names.addAll(set.keySet());
      columns[result.rest()] = without(rows, names);
    }
    return columns;
  }

  private static Column missing(Batch rows, Field field) {
    if (!rows.schema().open()) {
      return Columns.nulls(field.type().type(), rows.size());
    }
    BytesBuilder taken = new BytesBuilder();
    Column.Bytes rest = (Column.Bytes) rows.column(rows.schema().rest());
    for (int row = 0; row < rows.size(); row++) {
      json(rest, row)
          .member(field.name())
          .ifPresentOrElse(value -> taken.add(value.binary()), taken::addNull);
    }
    return taken.build();
  }

  static Json json(Column.Bytes column, int row) {
    return Json.ofBinary(column.bytes(), column.from(row), column.to(row));
  }

  /** The rest of the rows without these names; empty objects where the rows are closed. */
  static Column without(Batch rows, Set<String> names) {
    if (!rows.schema().open()) {
      BytesBuilder empty = new BytesBuilder();
      byte[] object = Json.object(Map.of()).binary();
      for (int row = 0; row < rows.size(); row++) {
        empty.add(object);
      }
      return empty.build();
    }
    Column rest = rows.column(rows.schema().rest());
    if (names.isEmpty()) {
      return rest;
    }
    Column.Bytes own = (Column.Bytes) rest;
    BytesBuilder left = new BytesBuilder();
    for (int row = 0; row < rows.size(); row++) {
      if (own.isNull(row)) {
        left.addNull();
      } else {
        left.add(json(own, row).without(names).binary());
      }
    }
    return left.build();
  }

  /** The rest of the rows with further members. */
  static Column with(Batch rows, Json[] members, boolean replace) {
    Column.Bytes own = (Column.Bytes) without(rows, Set.of());
    BytesBuilder merged = new BytesBuilder();
    for (int row = 0; row < rows.size(); row++) {
      Map<String, Json> all = new java.util.LinkedHashMap<>(json(own, row).members());
      members[row].members().forEach(replace ? all::put : all::putIfAbsent);
      merged.add(Json.object(all).binary());
    }
    return merged.build();
  }

  /** One more column under its name. */
  static Map<String, Column> one(String name, Column column) {
    Map<String, Column> set = new HashMap<>();
    set.put(name, column);
    return set;
  }

  /** Whether a type is json. */
  static boolean isJson(DataType type) {
    return type.equals(DataType.JSON);
  }
}
