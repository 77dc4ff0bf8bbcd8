package io.penstock.connectors.jdbc;

import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * A table, as the catalogue has it.
 *
 * @param keys the sets of columns whose values are unique
 */
record Table(TableName name, List<TableColumn> columns, List<Set<String>> keys) {
  Table {
    columns = List.copyOf(columns);
    keys = List.copyOf(keys);
  }

  /** The column of a name. */
  Optional<TableColumn> column(String wanted) {
    return columns.stream().filter(column -> column.name().equals(wanted)).findFirst();
  }

  /** The names of the columns. */
  List<String> names() {
    return columns.stream().map(TableColumn::name).toList();
  }
}
