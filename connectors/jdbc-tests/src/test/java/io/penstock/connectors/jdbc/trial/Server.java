package io.penstock.connectors.jdbc.trial;

import java.io.IOException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** A real server of a database, on loopback, with what a test asks of it from outside. */
interface Server extends AutoCloseable {
  /** A server of MariaDB, or of MySQL where its programs are named; its data lie in this folder. */
  static Server ofMariaDb(Path data) throws IOException, SQLException {
    Optional<Server> mysql = MySqlServer.in(data);
    return mysql.isPresent() ? mysql.get() : MariaServer.in(data);
  }

  /** The port on which it listens. */
  int port();

  /** The options of a pipeline that say where it is and who asks: the owner of everything. */
  String options();

  /** A connection of the owner. */
  Connection connection() throws SQLException;

  /** What gives the numbers from 0 up to this, not with it, as {@code n}, behind FROM. */
  String numbers(int below);

  /** When somebody in the list of processes has waited for a while, as MariaDB has it. */
  default String waits() {
    return "time_ms > 200";
  }

  /** Ends at once, as a crash would. */
  void stop() throws IOException;

  /** Comes up again with its data. */
  void startAgain() throws IOException;

  @Override
  void close();

  /** Ends at once, as a crash would, and comes up again with its data. */
  default void killAndRestart() throws IOException {
    stop();
    startAgain();
  }

  /** Does something, in SQL. */
  default void execute(String text) throws SQLException {
    try (Connection connection = connection();
        Statement statement = connection.createStatement()) {
      statement.execute(text);
    }
  }

  /** The rows that a query gives, each as its values with a blank between them. */
  default List<String> rows(String query) throws SQLException {
    List<String> lines = new ArrayList<>();
    try (Connection connection = connection();
        Statement statement = connection.createStatement();
        ResultSet rows = statement.executeQuery(query)) {
      int columns = rows.getMetaData().getColumnCount();
      while (rows.next()) {
        List<String> values = new ArrayList<>();
        for (int i = 1; i <= columns; i++) {
          values.add(String.valueOf(rows.getString(i)));
        }
        lines.add(String.join(" ", values));
      }
    }
    return lines;
  }
}
