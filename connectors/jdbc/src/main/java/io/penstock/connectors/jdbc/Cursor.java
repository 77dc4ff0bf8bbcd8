package io.penstock.connectors.jdbc;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;

/** Rows of an answer that the server gives piece by piece, in one transaction that only reads. */
final class Cursor implements AutoCloseable {
  // To begin with; the driver goes on as the rows' length allows.
  private static final int ROWS_OF_A_PIECE = 4;

  private final Connection connection;
  private final PreparedStatement statement;
  private final ResultSet rows;

  private Cursor(Connection connection, PreparedStatement statement, ResultSet rows) {
    this.connection = connection;
    this.statement = statement;
    this.rows = rows;
  }

  /**
   * Asks for rows.
   *
   * @param behind the place behind which they lie; empty for the beginning
   * @param most the greatest value of the first column of the order
   */
  static Cursor open(
      Connection connection, Selection selection, List<String> behind, Optional<String> most)
      throws SQLException {
    PreparedStatement statement =
        connection.prepareStatement(selection.rows(!behind.isEmpty(), most.isPresent()));
    try {
      statement.setFetchSize(ROWS_OF_A_PIECE);
      int at = 1;
      if (!behind.isEmpty() && selection.firstAgain()) {
        statement.setString(at++, behind.get(0));
      }
      for (String value : behind) {
        statement.setString(at++, value);
      }
      if (most.isPresent()) {
        statement.setString(at, most.get());
      }
      return new Cursor(connection, statement, statement.executeQuery());
    } catch (SQLException wrong) {
      statement.close();
      throw wrong;
    }
  }

  /** The row at hand. */
  ResultSet rows() {
    return rows;
  }

  /** Goes to the next row; false where there is none. */
  boolean next() throws SQLException {
    return rows.next();
  }

  /** Ends the transaction; the connection stays. */
  @Override
  public void close() throws SQLException {
    statement.close();
    connection.rollback();
  }
}
