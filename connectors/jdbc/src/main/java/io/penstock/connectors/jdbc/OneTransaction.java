package io.penstock.connectors.jdbc;

import io.penstock.api.sink.Rejects;
import io.penstock.api.sink.SinkRows;
import io.penstock.api.sink.SinkWriter;
import io.penstock.api.sink.Staged;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;

/** Writes all rows of a run that keeps no state in one transaction, which its end commits. */
final class OneTransaction implements SinkWriter {
  private final Session session;
  private final Failure failure;
  private final String table;
  private boolean ended;

  OneTransaction(Session session, Failure failure, String table) {
    this.session = session;
    this.failure = failure;
    this.table = table;
  }

  @Override
  public Rejects write(SinkRows rows) {
    try {
      CarefulRows careful = session.rows();
      careful.add(rows.rows());
      careful.flush();
      return careful.rejects();
    } catch (SQLException wrong) {
      throw failure.of("table `" + table + "` cannot be written", wrong);
    }
  }

  @Override
  public List<Staged> prepare(long epoch) {
    return List.of(new Staged("transaction", Map.of("table", table)));
  }

  /** Makes the rows visible. */
  void commit() {
    if (ended) {
      return;
    }
    ended = true;
    try {
      session.connection().commit();
    } catch (SQLException wrong) {
      String known =
          SqlState.of(wrong) == SqlState.AWAY
              ? "whether the rows are in table `" + table + "` is not known"
              : "the rows of table `" + table + "` cannot be committed, and none is there";
      throw failure.of(known, wrong);
    }
  }

  /** Takes all rows back, if they are not visible yet. */
  void undo() {
    if (!ended) {
      ended = true;
      try {
        session.connection().rollback();
      } catch (SQLException gone) {
        // Where the connection is gone the server does it by itself.
      }
    }
    try {
      session.connection().close();
    } catch (SQLException gone) {
      // As above.
    }
  }

  /** What is written is committed or taken back by the sink. */
  @Override
  public void close() {}
}
