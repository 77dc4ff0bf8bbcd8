package io.penstock.connectors.jdbc;

import java.sql.Array;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Statement;
import org.postgresql.PGConnection;
import org.postgresql.copy.CopyIn;
import org.postgresql.copy.CopyManager;

/**
 * Writes by COPY, three to nine times as fast as statements. Where rows may be there already they
 * are copied to a table of the session first, and merged from there. A few rows go by one
 * statement, which needs one answer of the server and not four.
 */
final class PostgresWriter implements RowWriter {
  private static final int FEW = 200;
  private static final int PIECE = 1 << 16;

  private final Connection connection;
  private final Target target;
  private final PostgresStatements statements;
  private final CopyManager copying;
  private final CopyRows rows;

  PostgresWriter(Connection connection, Target target, Dialect dialect) throws SQLException {
    this.connection = connection;
    this.target = target;
    this.statements = new PostgresStatements(target, dialect);
    this.copying = connection.unwrap(PGConnection.class).getCopyAPI();
    this.rows = new CopyRows(target.schema());
  }

  @Override
  public void write(Chunk chunk) throws SQLException {
    if (chunk.size() <= FEW && !chunk.changes()) {
      insert(chunk);
    } else if (target.mode() == WriteMode.INSERT) {
      copy(statements.copy(), chunk, false);
    } else {
      merge(chunk);
    }
  }

  private void insert(Chunk chunk) throws SQLException {
    String[][] texts = rows.texts(chunk);
    try (PreparedStatement insert = connection.prepareStatement(statements.insert())) {
      for (int i = 0; i < texts.length; i++) {
        Array array = connection.createArrayOf("text", texts[i]);
        insert.setArray(i + 1, array);
      }
      insert.executeUpdate();
    }
  }

  private void merge(Chunk chunk) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      // Asked for each time, since it is undone with a transaction that fails.
      statement.execute(statements.stage());
      copy(statements.copyToStage(), chunk, true);
      if (chunk.changes()) {
        statement.executeUpdate(statements.remove());
      }
      statement.executeUpdate(statements.merge());
      statement.execute(statements.empty());
    }
  }

  private void copy(String text, Chunk chunk, boolean numbered) throws SQLException {
    CopyIn copy = copying.copyIn(text);
    try {
      rows.encode(chunk, numbered, PIECE, (bytes, length) -> copy.writeToCopy(bytes, 0, length));
      copy.endCopy();
    } catch (SQLException | RuntimeException wrong) {
      if (copy.isActive()) {
        copy.cancelCopy();
      }
      throw wrong;
    }
  }
}
