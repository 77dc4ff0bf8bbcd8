package io.penstock.connectors.jdbc;

import io.penstock.api.problem.PipelineException;
import io.penstock.api.problem.ProblemCode;
import io.penstock.api.sink.Rejects;
import io.penstock.api.sink.SinkRows;
import io.penstock.api.sink.SpoolReader;
import java.io.IOException;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Optional;

/**
 * Delivers epochs, each once: its rows and its number come in one transaction. Whether a commit
 * whose answer was lost has succeeded is read from the number. What time may heal is tried again. A
 * process that was overtaken finds another's name at the number, and stops.
 */
final class Delivery {
  private final Pool pool;
  private final Dialect dialect;
  private final Target target;
  private final Epochs epochs;
  private final String writer;
  private final Patience patience;
  private final Failure failure;
  private Optional<Session> session = Optional.empty();
  private Optional<Epochs.Row> known = Optional.empty();

  Delivery(
      Pool pool,
      Dialect dialect,
      Target target,
      Epochs epochs,
      String writer,
      Patience patience,
      Failure failure) {
    this.pool = pool;
    this.dialect = dialect;
    this.target = target;
    this.epochs = epochs;
    this.writer = writer;
    this.patience = patience;
    this.failure = failure;
  }

  /** The last epoch that the database has of this run; 0 for none. */
  long lastEpoch() {
    long begun = patience.begin();
    for (int attempt = 1; ; attempt++) {
      try {
        Epochs.Row row = seen(session().connection());
        session().connection().rollback();
        return row.epoch();
      } catch (SQLException wrong) {
        drop();
        if (!SqlState.of(wrong).mayPass() || patience.isSpent(begun) || !patience.pause(attempt)) {
          throw failure.of("the epoch in `" + epochs.table() + "` cannot be read", wrong);
        }
      }
    }
  }

  private void drop() {
    session.ifPresent(open -> pool.drop(open.connection()));
    session = Optional.empty();
  }

  private Session session() throws SQLException {
    if (session.isEmpty()) {
      session = Optional.of(Session.of(pool, dialect, target));
    }
    return session.get();
  }

  /** The row as this process knows it: as it found it first, then as it wrote it. */
  private Epochs.Row seen(Connection connection) throws SQLException {
    if (known.isEmpty()) {
      known = Optional.of(current(connection));
    }
    return known.get();
  }

  private Epochs.Row current(Connection connection) throws SQLException {
    return epochs
        .read(connection)
        .orElseThrow(
            () ->
                failure.problem(
                    ProblemCode.R302,
                    "`" + epochs.table() + "` has lost the row of this run",
                    "find out who removed it; begin anew with `--fresh`, or bring it back"));
  }

  /** Writes an epoch, or finds that it is written. */
  Rejects deliver(long epoch, long previous, SpoolReader rows) throws IOException {
    long begun = patience.begin();
    boolean checkedAtOnce = false;
    for (int attempt = 1; ; attempt++) {
      try {
        return delivered(epoch, previous, rows, checkedAtOnce);
      } catch (SQLException wrong) {
        SqlState state = SqlState.of(wrong);
        drop();
        // A rule that is looked at when the transaction ends does not say which row breaks it.
        boolean deferred = state == SqlState.ROW && !checkedAtOnce;
        if (!deferred
            && (!state.mayPass() || patience.isSpent(begun) || !patience.pause(attempt))) {
          throw failure.of(
              "epoch " + epoch + " cannot be written to table `" + target.table() + "`", wrong);
        }
        checkedAtOnce |= deferred;
        rows.rewind();
      }
    }
  }

  private Rejects delivered(long epoch, long previous, SpoolReader rows, boolean checkedAtOnce)
      throws SQLException, IOException {
    Connection connection = session().connection();
    Epochs.Row before = seen(connection);
    if (before.epoch() == epoch) {
      connection.rollback();
      return before.rejects();
    }
    if (before.epoch() != previous) {
      connection.rollback();
      throw elsewhere(before.epoch(), previous);
    }
    if (!epochs.advance(connection, before, epoch, writer)) {
      connection.rollback();
      return found(current(connection), epoch, previous);
    }
    if (checkedAtOnce && dialect.checkAtOnce().isPresent()) {
      try (Statement statement = connection.createStatement()) {
        statement.execute(dialect.checkAtOnce().get());
      }
    }
    CarefulRows careful = session().rows();
    for (Optional<SinkRows> next = rows.next(); next.isPresent(); next = rows.next()) {
      careful.add(next.get().rows());
    }
    careful.flush();
    Rejects rejects = careful.rejects();
    epochs.refuse(connection, rejects);
    connection.commit();
    known = Optional.of(new Epochs.Row(epoch, writer, rejects));
    return rejects;
  }

  /** The row is not as it was known: either a commit of ours came through, or somebody else's. */
  private Rejects found(Epochs.Row row, long epoch, long previous) {
    if (row.epoch() == epoch && row.writer().equals(writer)) {
      known = Optional.of(row);
      return row.rejects();
    }
    throw elsewhere(row.epoch(), previous);
  }

  private PipelineException elsewhere(long there, long previous) {
    if (there < previous) {
      return failure.problem(
          ProblemCode.R302,
          "the database has epoch "
              + there
              + " of this run, and epoch "
              + previous
              + " was written to it: what came after is lost",
          "find out whether it was restored from a copy, or another database is meant; begin anew"
              + " with `--fresh`");
    }
    return failure.problem(
        ProblemCode.R301,
        "another process has written epoch " + there + " of this run to the database",
        "stop one of them; the state that was copied must not be run");
  }
}
