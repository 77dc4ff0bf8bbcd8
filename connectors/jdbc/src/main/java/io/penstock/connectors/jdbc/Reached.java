package io.penstock.connectors.jdbc;

import io.penstock.api.data.Schema;
import io.penstock.api.problem.Problem;
import io.penstock.api.problem.ProblemCode;
import io.penstock.api.system.Probe;
import java.io.IOException;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;

/** What keeps a run from a table, found by asking the catalogue. Of H2's files nothing is asked. */
final class Reached {
  private Reached() {}

  /** What is asked of a database. */
  @FunctionalInterface
  private interface Asking {
    void of(Connection connection, Failure failure) throws SQLException;
  }

  /** What keeps from reading. */
  static List<Problem> reading(JdbcSourceConfig config, Schema declared, Probe probe)
      throws IOException {
    Server server = config.server().within(probe.timeout().dividedBy(2));
    String what = config.table().map(t -> "table `" + t + "`").orElse("the query");
    ask(
        server,
        new Failure(probe.step(), server, ProblemCode.R210),
        what + " cannot be read",
        probe,
        (connection, failure) -> {
          connection.setReadOnly(true);
          Found found = new Found(config, server, connection, failure);
          List<TableColumn> unused = found.columns(declared);
          // Asks for the right to read, and for no row.
          try (Statement statement = connection.createStatement()) {
            boolean asked = statement.execute("select 1 from " + found.from() + " where false");
          }
        });
    return List.of();
  }

  /** What keeps from writing. */
  static List<Problem> writing(JdbcSinkConfig config, Schema rows, Probe probe) throws IOException {
    Server server = config.server().within(probe.timeout().dividedBy(2));
    TableName name = TableName.parse(config.table()).orElseThrow();
    ask(
        server,
        new Failure(probe.step(), server, ProblemCode.R310),
        "table `" + config.table() + "` cannot be written",
        probe,
        (connection, failure) -> {
          connection.setReadOnly(true);
          Target unused = JdbcSink.target(config, connection, name, rows, failure);
        });
    return List.of();
  }

  private static void ask(Server server, Failure failure, String doing, Probe probe, Asking asking)
      throws IOException {
    if (server.address().kind() == Kind.H2) {
      return;
    }
    try (Pool pool = Pool.of(probe.step(), server, 1, probe.disk(), probe.files());
        Connection connection = pool.first()) {
      asking.of(connection, failure);
      connection.rollback();
    } catch (SQLException wrong) {
      throw failure.of(doing, wrong);
    }
  }
}
