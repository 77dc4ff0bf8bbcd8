package io.penstock.connectors.jdbc;

import io.penstock.api.data.Batch;
import io.penstock.api.problem.ProblemCode;
import io.penstock.api.sink.Rejects;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Savepoint;
import java.util.ArrayList;
import java.util.List;

/**
 * Writes rows, and finds those that the database refuses: where many are refused as one, each half
 * is tried by itself. The others keep their order. Belongs to one transaction.
 */
final class CarefulRows {
  private static final int MOST_ROWS = 16_384;

  private final Connection connection;
  private final RowWriter writer;
  private final List<Rejects.Reject> rejects = new ArrayList<>();
  private final List<Batch> waiting = new ArrayList<>();
  private int waitingRows;
  private int written;

  CarefulRows(Connection connection, RowWriter writer) {
    this.connection = connection;
    this.writer = writer;
  }

  /** Takes rows; they are written when there are enough of them. */
  void add(Batch rows) throws SQLException {
    waiting.add(rows);
    waitingRows += rows.size();
    if (waitingRows >= MOST_ROWS) {
      flush();
    }
  }

  /** Writes what is left. */
  void flush() throws SQLException {
    if (waitingRows == 0) {
      return;
    }
    write(Chunk.of(waiting, written));
    written += waitingRows;
    waitingRows = 0;
    waiting.clear();
  }

  /** The rows that were refused so far, by their number. */
  Rejects rejects() {
    return new Rejects(rejects);
  }

  private void write(Chunk chunk) throws SQLException {
    Savepoint before = connection.setSavepoint();
    try {
      writer.write(chunk);
      connection.releaseSavepoint(before);
      return;
    } catch (SQLException wrong) {
      if (SqlState.of(wrong) != SqlState.ROW) {
        throw wrong;
      }
      connection.rollback(before);
      connection.releaseSavepoint(before);
      if (chunk.size() == 1) {
        rejects.add(refused(chunk.number(), wrong));
        return;
      }
    }
    write(chunk.firstHalf());
    write(chunk.secondHalf());
  }

  private static Rejects.Reject refused(int row, SQLException wrong) {
    String state = SqlState.told(wrong).getSQLState();
    boolean value = state != null && state.startsWith("22");
    return new Rejects.Reject(
        row, value ? ProblemCode.D311 : ProblemCode.D310, Failure.text(wrong));
  }
}
