package io.penstock.connectors.jdbc;

import io.penstock.api.data.Schema;
import java.util.List;

/**
 * Where rows go, and how.
 *
 * @param schema the rows'
 * @param columns a column of the table for each field
 * @param mode what happens to a row whose key is there
 * @param key the columns that tell whether a row is there; empty where that is not asked
 */
record Target(
    TableName table, Schema schema, List<TableColumn> columns, WriteMode mode, List<String> key) {
  Target {
    columns = List.copyOf(columns);
    key = List.copyOf(key);
  }

  /** The columns' names. */
  List<String> names() {
    return columns.stream().map(TableColumn::name).toList();
  }

  /** The columns that are no part of the key. */
  List<String> others() {
    return names().stream().filter(name -> !key.contains(name)).toList();
  }
}
