package io.penstock.connectors.jdbc;

import java.sql.PreparedStatement;
import java.sql.ResultSetMetaData;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;

/**
 * A column of a table, as the catalogue has it.
 *
 * @param type the type's name, as the dialect writes it
 * @param size how many digits or characters it has; 0 where that is not said
 * @param scale how many digits after the point
 * @param optional whether it may be null
 * @param filled whether the database gives a value where none is written
 * @param computed whether nothing may be written there
 */
record TableColumn(
    String name,
    String type,
    int size,
    int scale,
    boolean optional,
    boolean filled,
    boolean computed) {
  /** The columns that a query gives, without asking for a row. */
  static List<TableColumn> given(PreparedStatement query, Dialect dialect) throws SQLException {
    List<TableColumn> columns = new ArrayList<>();
    ResultSetMetaData all = query.getMetaData();
    for (int i = 1; i <= all.getColumnCount(); i++) {
      String type = all.getColumnTypeName(i);
      columns.add(
          new TableColumn(
              all.getColumnLabel(i),
              dialect.typeNames().getOrDefault(type, type),
              all.getPrecision(i),
              all.getScale(i),
              false,
              false,
              false));
    }
    return columns;
  }
}
