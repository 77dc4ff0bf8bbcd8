package io.penstock.connectors.jdbc;

import java.sql.Connection;
import java.sql.SQLException;

/** A connection with what is ready on it to write rows. */
record Session(Connection connection, RowWriter writer) {
  /** A session by a connection of the pool. */
  static Session of(Pool pool, Dialect dialect, Target target) throws SQLException {
    Connection connection = pool.connection();
    return new Session(connection, dialect.writer(connection, target));
  }

  /** Rows of one transaction. */
  CarefulRows rows() {
    return new CarefulRows(connection, writer);
  }
}
