package io.penstock.connectors.jdbc;

import io.penstock.api.data.Batch;
import io.penstock.api.data.Change;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.List;

/** Writes by a prepared statement with a list of values, for databases that have nothing faster. */
final class StatementWriter implements RowWriter {
  private final Connection connection;
  private final Target target;
  private final Dialect dialect;
  private final List<CellValue> cells;
  private final RowStatement statement;

  /**
   * Of a table.
   *
   * @param cells how the value of each column is given
   * @param statement what brings a row
   */
  StatementWriter(
      Connection connection,
      Target target,
      Dialect dialect,
      List<CellValue> cells,
      RowStatement statement) {
    this.connection = connection;
    this.target = target;
    this.dialect = dialect;
    this.cells = List.copyOf(cells);
    this.statement = statement;
  }

  @Override
  public void write(Chunk rows) throws SQLException {
    if (rows.changes()) {
      change(rows);
      return;
    }
    try (PreparedStatement write = connection.prepareStatement(statement.text())) {
      rows.<SQLException>forEach(
          (batch, row) -> {
            bind(write, batch, row);
            write.addBatch();
          });
      var unused = write.executeBatch();
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
            + RowStatement.list(target.key(), dialect, " AND ", " = ?");
    try (PreparedStatement write = connection.prepareStatement(statement.text());
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

  private void bind(PreparedStatement to, Batch batch, int row) throws SQLException {
    int at = 1;
    for (int i = 0; i < cells.size(); i++) {
      cells.get(i).set(to, at++, batch.column(i), row);
    }
    if (statement.keyAgain()) {
      bindKey(to, at, batch, row);
    }
  }

  private void bindKey(PreparedStatement to, int from, Batch batch, int row) throws SQLException {
    int at = from;
    for (String name : target.key()) {
      int i = target.names().indexOf(name);
      cells.get(i).set(to, at++, batch.column(i), row);
    }
  }
}
