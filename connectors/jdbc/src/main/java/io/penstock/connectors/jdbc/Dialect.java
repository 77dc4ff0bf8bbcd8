package io.penstock.connectors.jdbc;

import io.penstock.api.data.DataType;
import io.penstock.api.system.Disk;
import io.penstock.api.system.Files;
import java.io.IOException;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;

/** What is particular to a kind of database: its driver, its words, its way of taking many rows. */
sealed interface Dialect permits PostgreSql, H2 {
  /** The port of a server where none is written. */
  int port();

  /** The driver's class. */
  String driver();

  /** The settings of the driver that may be given. */
  List<String> properties();

  /** What the driver reads as the place of the database. */
  String url(Address address, Files files) throws IOException;

  /** The settings of the driver that follow from the options. */
  Properties settings(Server server, Disk disk, Files files) throws IOException;

  /** A name as it stands in a statement. */
  String quoted(String name);

  /** An expression that is another text each time. */
  String token();

  /** A statement after which rules are looked at with each row, not at the end; or empty. */
  Optional<String> checkAtOnce();

  /** What takes rows for a table by this connection. */
  RowWriter writer(Connection connection, Target target) throws SQLException;

  /** What is wrong with a type of a field and a column that meet; empty for nothing. */
  Optional<String> misfit(DataType type, TableColumn column);

  /** Other names under which the driver tells types. */
  default Map<String, String> typeNames() {
    return Map.of();
  }

  /** What is wrong with a column from which a field is read; empty for nothing. */
  Optional<String> misread(DataType type, TableColumn column);

  /** An expression as text, from which {@link #value} makes the same again. */
  String text(String expression);

  /** A place for a text that stands for a value of a type. */
  String value(String type);

  /** Whether values of a type of times say their zone. */
  boolean isZoned(String type);

  /** An expression for the server's time, so much earlier. */
  String earlier(Duration by);

  /**
   * A query that gives a text for each transaction that is under way and may have written to a
   * table; empty where nobody can tell.
   */
  Optional<String> writers(TableName table);

  /** Waits, on the connection, where the database has a way to. */
  void idle(Connection connection, Duration wait) throws SQLException;
}
