package io.penstock.connectors.jdbc;

import io.penstock.api.data.Batch;
import io.penstock.api.data.Change;
import io.penstock.api.data.Field;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/** Writes by a prepared statement with a list of values, for databases that have nothing faster. */
final class StatementWriter implements RowWriter {
  private final Connection connection;
  private final Target target;
  private final Dialect dialect;
  private final List<CellValue> cells = new ArrayList<>();

  StatementWriter(Connection connection, Target target, Dialect dialect) {
    this.connection = connection;
    this.target = target;
    this.dialect = dialect;
    List<Field> fields = target.schema().fields();
    for (int i = 0; i < fields.size(); i++) {
      cells.add(CellValue.of(fields.get(i).type().type(), target.columns().get(i)));
    }
  }

  @Override
  public void write(Chunk rows) throws SQLException {
    if (rows.changes()) {
      change(rows);
      return;
    }
    try (PreparedStatement statement = connection.prepareStatement(text())) {
      rows.<SQLException>forEach(
          (batch, row) -> {
            bind(statement, batch, row);
            statement.addBatch();
          });
      var unused = statement.executeBatch();
    }
  }

  /**
   * One by one, since a row that goes and one that comes are two statements and keep their order.
   */
  private void change(Chunk rows) throws SQLException {
    String gone =
        "DELETE FROM "
            + target.table().quoted(dialect)
            + " WHERE "
            + list(target.key(), " AND ", " = ?");
    try (PreparedStatement write = connection.prepareStatement(text());
        PreparedStatement remove = connection.prepareStatement(gone)) {
      rows.<SQLException>forEach(
          (batch, row) -> {
            if (Change.of(batch, row).takesAway()) {
              bindKey(remove, 1, batch, row);
              remove.executeUpdate();
            } else {
              bind(write, batch, row);
              write.executeUpdate();
            }
          });
    }
  }

  private void bind(PreparedStatement statement, Batch batch, int row) throws SQLException {
    int at = 1;
    for (int i = 0; i < cells.size(); i++) {
      cells.get(i).set(statement, at++, batch.column(i), row);
    }
    if (target.mode() == WriteMode.SKIP) {
      bindKey(statement, at, batch, row);
    }
  }

  private void bindKey(PreparedStatement statement, int from, Batch batch, int row)
      throws SQLException {
    int at = from;
    for (String name : target.key()) {
      int i = target.names().indexOf(name);
      cells.get(i).set(statement, at++, batch.column(i), row);
    }
  }

  private String text() {
    String columns = list(target.names(), ", ", "");
    String values = cells.stream().map(CellValue::placeholder).collect(Collectors.joining(", "));
    String table = target.table().quoted(dialect);
    return switch (target.mode()) {
      case INSERT -> "INSERT INTO " + table + " (" + columns + ") VALUES (" + values + ")";
      case UPSERT ->
          "MERGE INTO "
              + table
              + " ("
              + columns
              + ") KEY ("
              + list(target.key(), ", ", "")
              + ") VALUES ("
              + values
              + ")";
      case SKIP ->
          "INSERT INTO "
              + table
              + " ("
              + columns
              + ") SELECT "
              + values
              + " WHERE NOT EXISTS (SELECT 1 FROM "
              + table
              + " WHERE "
              + list(target.key(), " AND ", " = ?")
              + ")";
    };
  }

  private String list(List<String> names, String between, String behind) {
    return names.stream()
        .map(name -> dialect.quoted(name) + behind)
        .collect(Collectors.joining(between));
  }
}
