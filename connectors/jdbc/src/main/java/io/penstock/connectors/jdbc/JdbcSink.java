package io.penstock.connectors.jdbc;

import io.penstock.api.data.Schema;
import io.penstock.api.problem.Nearest;
import io.penstock.api.problem.PipelineException;
import io.penstock.api.problem.ProblemCode;
import io.penstock.api.sink.Rejects;
import io.penstock.api.sink.Sink;
import io.penstock.api.sink.SinkContext;
import io.penstock.api.sink.SinkWriter;
import io.penstock.api.sink.SpoolReader;
import io.penstock.api.sink.Staged;
import java.io.IOException;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/**
 * Writes to a table. In a run with state each epoch is one transaction, in which the epoch's number
 * is written too; without state all rows of the run are one transaction.
 */
final class JdbcSink implements Sink {
  private final JdbcSinkConfig config;
  private final Server server;
  private @Nullable Pool pool;
  private @Nullable Delivery delivery;
  private @Nullable Failure failure;
  private @Nullable Target target;
  private Optional<OneTransaction> transaction = Optional.empty();

  JdbcSink(JdbcSinkConfig config) {
    this.config = config;
    this.server = config.server();
  }

  @Override
  public void open(SinkContext run) throws IOException {
    Failure failing = new Failure(run.step(), server, ProblemCode.R310);
    failure = failing;
    try {
      Pool opened = Pool.of(run.step(), server, 1, run.disk(), run.files());
      pool = opened;
      TableName name = TableName.parse(config.table()).orElseThrow();
      Target found;
      try (Connection connection = opened.first()) {
        found = target(config, connection, name, run.schema(), failing);
        if (run.keepsState()) {
          Epochs epochs =
              new Epochs(
                  TableName.parse(config.epochs()).orElseThrow(),
                  server.dialect(),
                  run.run(),
                  run.step());
          epochs.make(connection);
          epochs.begin(connection);
          delivery =
              new Delivery(
                  opened,
                  server.dialect(),
                  found,
                  epochs,
                  epochs.token(connection),
                  new Patience(run.clock(), run.scheduler(), config.retries()),
                  failing);
        }
        connection.rollback();
      }
      target = found;
    } catch (SQLException wrong) {
      throw failing.of("table `" + config.table() + "` cannot be written", wrong);
    }
  }

  /** The table and its columns, which must be those of the rows. */
  static Target target(
      JdbcSinkConfig config, Connection connection, TableName name, Schema rows, Failure failing)
      throws SQLException {
    Server server = config.server();
    Tables tables = new Tables(connection, server.dialect());
    Optional<Table> table = tables.find(name);
    if (table.isEmpty()) {
      throw failing.problem(
          ProblemCode.R320,
          "there is no table `" + name + "` in `" + server.address().shown() + "`",
          "make it, or check its name; "
              + Nearest.hint(name.name(), "tables there", tables.names(name)));
    }
    if (rows.open()) {
      throw failing.problem(
          ProblemCode.R306,
          "the fields of the rows are not known, so they have no columns",
          "end the pipeline with a `select` that names and types them");
    }
    List<String> wrong =
        Fit.check(table.get(), rows, config.writeMode(), config.keys(), server.dialect());
    server
        .dialect()
        .withoutTransactions(connection, name)
        .ifPresent(why -> wrong.add("table `" + name + "` " + why));
    if (!wrong.isEmpty()) {
      throw failing.problem(
          ProblemCode.R320,
          "table `" + name + "` does not fit the rows: " + String.join("; ", wrong),
          "change the rows with `select`, `rename` or `convert`, or the table");
    }
    return new Target(
        name,
        rows,
        rows.names().stream().map(n -> table.get().column(n).orElseThrow()).toList(),
        config.writeMode(),
        config.keys());
  }

  private static <T> T opened(@Nullable T part) {
    if (part == null) {
      throw new IllegalStateException("not open");
    }
    return part;
  }

  @Override
  public OptionalLong lastEpoch() throws IOException {
    return OptionalLong.of(opened(delivery).lastEpoch());
  }

  @Override
  public Rejects deliver(long epoch, long previous, SpoolReader rows) throws IOException {
    return opened(delivery).deliver(epoch, previous, rows);
  }

  @Override
  public SinkWriter writer(int index) throws IOException {
    try {
      Session session = Session.of(opened(pool), server.dialect(), opened(target));
      OneTransaction begun = new OneTransaction(session, opened(failure), config.table());
      transaction = Optional.of(begun);
      return begun;
    } catch (SQLException wrong) {
      throw opened(failure).of("table `" + config.table() + "` cannot be written", wrong);
    }
  }

  @Override
  public Rejects commit(long epoch, long previous, List<Staged> staged) throws PipelineException {
    transaction.ifPresent(OneTransaction::commit);
    return Rejects.NONE;
  }

  @Override
  public void abort(long epoch, List<Staged> staged) {
    transaction.ifPresent(OneTransaction::undo);
  }

  @Override
  public String location() {
    return "table " + config.table() + " in " + server.address().shown();
  }

  @Override
  public void close() {
    transaction.ifPresent(OneTransaction::undo);
    Pool opened = pool;
    pool = null;
    if (opened != null) {
      opened.close();
    }
  }
}
