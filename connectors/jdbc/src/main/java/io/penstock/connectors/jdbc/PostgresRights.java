package io.penstock.connectors.jdbc;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;

/** Asks the catalogue of PostgreSQL for rights, those of roles and of single columns too. */
final class PostgresRights {
  private final Connection connection;
  private final Dialect dialect;

  PostgresRights(Connection connection, Dialect dialect) {
    this.connection = connection;
    this.dialect = dialect;
  }

  /** What may not be done with a table to which rows go. */
  List<String> lacking(Target target) throws SQLException {
    List<String> lacking = new ArrayList<>();
    of(target.table(), "INSERT", target.names(), lacking);
    if (target.mode() == WriteMode.INSERT) {
      return lacking;
    }
    // Rows are merged from a table of the session that is made of this one.
    of(target.table(), "SELECT", target.names(), lacking);
    if (target.mode() == WriteMode.UPSERT && !target.others().isEmpty()) {
      of(target.table(), "UPDATE", target.others(), lacking);
    }
    if (!is("SELECT has_database_privilege(current_database(), 'TEMP')")) {
      lacking.add("TEMPORARY in this database");
    }
    return lacking;
  }

  /** What may not be done with the table of epochs. */
  List<String> lacking(TableName epochs, boolean exists) throws SQLException {
    List<String> lacking = new ArrayList<>();
    if (exists) {
      for (String right : List.of("SELECT", "INSERT", "UPDATE")) {
        of(epochs, right, List.of(), lacking);
      }
      return lacking;
    }
    String schema = epochs.schema().map(name -> "?").orElse("current_schema()");
    String text = "SELECT coalesce(has_schema_privilege(" + schema + ", 'CREATE'), false)";
    if (!is(text, epochs.schema().map(List::of).orElse(List.of()).toArray(String[]::new))) {
      lacking.add("CREATE in schema `" + epochs.schema().orElse("public") + "`");
    }
    return lacking;
  }

  private void of(TableName table, String right, List<String> columns, List<String> lacking)
      throws SQLException {
    String name = table.quoted(dialect);
    if (is("SELECT has_table_privilege(?::regclass, ?)", name, right)) {
      return;
    }
    for (String column : columns) {
      if (!is("SELECT has_column_privilege(?::regclass, ?::name, ?)", name, column, right)) {
        lacking.add(right + " on `" + table + "`");
        return;
      }
    }
    if (columns.isEmpty()) {
      lacking.add(right + " on `" + table + "`");
    }
  }

  private boolean is(String text, String... values) throws SQLException {
    try (PreparedStatement select = connection.prepareStatement(text)) {
      for (int i = 0; i < values.length; i++) {
        select.setString(i + 1, values[i]);
      }
      try (ResultSet rows = select.executeQuery()) {
        return rows.next() && rows.getBoolean(1);
      }
    }
  }
}
