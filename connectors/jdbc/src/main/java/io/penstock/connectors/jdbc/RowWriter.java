package io.penstock.connectors.jdbc;

import java.sql.SQLException;

/** Writes rows by one connection, in the transaction that is open there. Used by one thread. */
interface RowWriter {
  /** Writes the rows in their order, all or, where it throws, what the transaction undoes. */
  void write(Chunk rows) throws SQLException;
}
