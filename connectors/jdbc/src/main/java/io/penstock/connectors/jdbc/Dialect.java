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
sealed interface Dialect permits PostgreSql, MariaDb, H2 {
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

  /** Whether what others call a schema is called a database, and stands first in the catalogue. */
  default boolean hasNoSchemas() {
    return false;
  }

  /** A type for names of up to so many signs, which are equal only where all signs are. */
  default String nameType(int length) {
    return "varchar(" + length + ")";
  }

  /** A type for texts of any length. */
  default String textType() {
    return "text";
  }

  /** What stands behind the columns of a table that is made. */
  default String tableOptions() {
    return "";
  }

  /** Why what is written to a table cannot be taken back; empty where it can. */
  default Optional<String> withoutTransactions(Connection connection, TableName table)
      throws SQLException {
    return Optional.empty();
  }

  /** Whether a row that is there may be met by any unique index, not by the key alone. */
  default boolean meetsByAnyIndex() {
    return false;
  }

  /** Why rows cannot be read in the order of a column; empty where they can. */
  default Optional<String> miskeyed(TableColumn column) {
    return Optional.empty();
  }

  /** Whether an index serves {@code (a, b) > (x, y)} only where {@code a >= x} is said as well. */
  default boolean wantsFirstOfOrder() {
    return false;
  }

  /** Whether a connection takes no statement while an answer is read from it. */
  default boolean isBusyWhileReading() {
    return false;
  }

  /**
   * What a run would do to a table and who asks may not, as clauses; asked of the catalogue, or by
   * the plan of a statement that is not executed.
   */
  List<String> lacking(Connection connection, Target target) throws SQLException;

  /**
   * The same of the table of epochs.
   *
   * @param exists whether it is there, or is to be made
   */
  List<String> lacking(Connection connection, TableName epochs, boolean exists) throws SQLException;

  /** What is added to the place of a database that is only looked at. */
  default String lookingOnly() {
    return "";
  }

  /** Whether a file has one process that has it open, so that nobody else writes there. */
  default boolean isAlone() {
    return false;
  }
}
