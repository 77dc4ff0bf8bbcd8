package io.penstock.connectors.jdbc;

import io.penstock.api.data.Schema;
import io.penstock.api.problem.Origin;
import io.penstock.api.problem.Problem;
import io.penstock.api.problem.ProblemCode;
import io.penstock.api.system.Probe;
import java.io.IOException;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * What keeps a run from a table, found by asking the catalogue. Nothing is written, and a file is
 * only read.
 */
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

  /** What keeps from asking by a query. */
  static List<Problem> asking(JdbcLookupConfig config, Duration longest, Schema answer, Probe probe)
      throws IOException {
    Server server = config.server(longest).within(probe.timeout().dividedBy(2));
    ask(
        server,
        new Failure(probe.step(), server, ProblemCode.R210),
        "the query cannot be asked",
        probe,
        (connection, failure) -> {
          connection.setReadOnly(true);
          AnswerColumns unused =
              AnswerColumns.of(connection, config.named(), answer, server.dialect(), failure);
        });
    return List.of();
  }

  /** What keeps from writing. */
  static List<Problem> writing(JdbcSinkConfig config, Schema rows, Probe probe) throws IOException {
    Server server = config.server().within(probe.timeout().dividedBy(2));
    TableName name = TableName.parse(config.table()).orElseThrow();
    List<Problem> warnings = new ArrayList<>();
    ask(
        server,
        new Failure(probe.step(), server, ProblemCode.R310),
        "table `" + config.table() + "` cannot be written",
        probe,
        (connection, failure) -> {
          Target target = JdbcSink.target(config, connection, name, rows, failure);
          List<String> lacking = server.dialect().lacking(connection, target);
          if (!lacking.isEmpty()) {
            throw failure.forbidden("table `" + config.table() + "` cannot be written", lacking);
          }
          epochs(config, connection, failure).ifPresent(warnings::add);
        });
    return warnings;
  }

  // Whether the run will keep state, and so want it, stands in no option.
  private static Optional<Problem> epochs(
      JdbcSinkConfig config, Connection connection, Failure failure) throws SQLException {
    Dialect dialect = config.server().dialect();
    TableName name = TableName.parse(config.epochs()).orElseThrow();
    boolean exists = new Tables(connection, dialect).find(name).isPresent();
    List<String> lacking = dialect.lacking(connection, name, exists);
    return lacking.isEmpty()
        ? Optional.empty()
        : Optional.of(
            Problem.of(
                ProblemCode.W540,
                Origin.file(failure.step()),
                "a run with state cannot keep its epochs in `"
                    + name
                    + "`: "
                    + config.server().who()
                    + " lacks "
                    + String.join(", ", lacking),
                exists ? "have its owner `GRANT` it" : "have the table made, or `GRANT` it"));
  }

  private static void ask(Server server, Failure failure, String doing, Probe probe, Asking asking)
      throws IOException {
    try (Pool pool = Pool.looking(server, probe);
        Connection connection = pool.first()) {
      asking.of(connection, failure);
      connection.rollback();
    } catch (SQLException wrong) {
      throw failure.of(doing, wrong);
    }
  }
}
