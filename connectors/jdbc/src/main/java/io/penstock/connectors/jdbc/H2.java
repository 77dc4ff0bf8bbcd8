package io.penstock.connectors.jdbc;

import io.penstock.api.data.DataType;
import io.penstock.api.system.Disk;
import io.penstock.api.system.Files;
import java.io.IOException;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Properties;

/** H2: a database in a file, inside this process. */
final class H2 implements Dialect {
  private static final int MICROS = 6;

  @Override
  public int port() {
    return 0;
  }

  @Override
  public String driver() {
    return "org.h2.Driver";
  }

  @Override
  public List<String> properties() {
    return List.of();
  }

  @Override
  public String url(Address address, Files files) throws IOException {
    String path = files.resolve(address.database()).toString();
    if (path.indexOf(';') >= 0) {
      throw new IOException("a path with `;` cannot be told to H2: " + path);
    }
    // What is committed is in the file before the next epoch is, so that a kill takes none of it.
    return "jdbc:h2:file:" + path + ";DB_CLOSE_ON_EXIT=FALSE;WRITE_DELAY=0";
  }

  @Override
  public Properties settings(Server server, Disk disk, Files files) {
    return new Properties();
  }

  @Override
  public String quoted(String name) {
    return '"' + name.replace("\"", "\"\"") + '"';
  }

  @Override
  public String token() {
    return "cast(random_uuid() as varchar)";
  }

  @Override
  public Optional<String> checkAtOnce() {
    return Optional.empty();
  }

  @Override
  public RowWriter writer(Connection connection, Target target) throws SQLException {
    List<CellValue> cells = new ArrayList<>();
    for (int i = 0; i < target.columns().size(); i++) {
      cells.add(
          CellValue.of(target.schema().fields().get(i).type().type(), target.columns().get(i)));
    }
    return new StatementWriter(connection, target, this, cells, statement(target, cells));
  }

  private RowStatement statement(Target target, List<CellValue> cells) {
    String table = target.table().quoted(this);
    String columns = RowStatement.list(target.names(), this, ", ", "");
    String values = RowStatement.values(cells);
    return switch (target.mode()) {
      case INSERT -> RowStatement.insert(table, columns, values);
      case UPSERT ->
          new RowStatement(
              "MERGE INTO "
                  + table
                  + " ("
                  + columns
                  + ") KEY ("
                  + RowStatement.list(target.key(), this, ", ", "")
                  + ") VALUES ("
                  + values
                  + ")",
              false);
      case SKIP ->
          new RowStatement(
              "INSERT INTO "
                  + table
                  + " ("
                  + columns
                  + ") SELECT "
                  + values
                  + " WHERE NOT EXISTS (SELECT 1 FROM "
                  + table
                  + " WHERE "
                  + RowStatement.list(target.key(), this, " AND ", " = ?")
                  + ")",
              true);
    };
  }

  @Override
  public Optional<String> misfit(DataType type, TableColumn column) {
    if (type instanceof DataType.Decimal decimal) {
      boolean rounds = column.scale() < decimal.scale();
      return among(type, column, "NUMERIC", "DECIMAL", "DECFLOAT")
          .or(() -> rounds ? Optional.of(shorter(type, column)) : Optional.empty());
    }
    if (!(type instanceof DataType.Simple simple)) {
      return among(type, column, "JSON");
    }
    return switch (simple.kind()) {
      case BOOLEAN -> among(type, column, "BOOLEAN");
      case INT -> among(type, column, "TINYINT", "SMALLINT", "INTEGER", "BIGINT", "NUMERIC");
      case DOUBLE -> among(type, column, "DOUBLE PRECISION");
      case STRING ->
          among(
              type,
              column,
              "CHARACTER VARYING",
              "CHARACTER",
              "CHARACTER LARGE OBJECT",
              "VARCHAR_IGNORECASE",
              "UUID",
              "ENUM");
      case BYTES -> among(type, column, "BINARY VARYING", "BINARY", "BINARY LARGE OBJECT");
      case TIMESTAMP ->
          among(type, column, "TIMESTAMP WITH TIME ZONE", "TIMESTAMP")
              .or(
                  () ->
                      column.scale() < MICROS
                          ? Optional.of(shorter(type, column))
                          : Optional.empty());
      case DATE -> among(type, column, "DATE");
      case DURATION -> Optional.of(meets(type, column));
      case JSON -> among(type, column, "JSON");
    };
  }

  @Override
  public Optional<String> misread(DataType type, TableColumn column) {
    if (type instanceof DataType.Decimal decimal) {
      boolean rounds = column.scale() > decimal.scale();
      return among(type, column, "NUMERIC", "DECIMAL", "INTEGER", "BIGINT")
          .or(() -> rounds ? Optional.of(meets(type, column)) : Optional.empty());
    }
    if (type.equals(DataType.INT)) {
      return among(type, column, "TINYINT", "SMALLINT", "INTEGER", "BIGINT");
    }
    if (type.equals(DataType.DOUBLE)) {
      return among(type, column, "DOUBLE PRECISION", "REAL");
    }
    if (type.equals(DataType.TIMESTAMP)) {
      return among(type, column, "TIMESTAMP WITH TIME ZONE", "TIMESTAMP");
    }
    return misfit(type, column);
  }

  @Override
  public String text(String expression) {
    return "CAST(" + expression + " AS VARCHAR)";
  }

  @Override
  public String value(String type) {
    return "?";
  }

  @Override
  public boolean isZoned(String type) {
    return type.contains("ZONE");
  }

  @Override
  public String earlier(Duration by) {
    return "DATEADD(MILLISECOND, -" + by.toMillis() + ", CURRENT_TIMESTAMP)";
  }

  @Override
  public Optional<String> writers(TableName table) {
    return Optional.empty();
  }

  @Override
  public void idle(Connection connection, Duration wait) {
    // Its reader does not wait: nothing is far away.
  }

  /** The file is not made, and nothing in it is changed. */
  @Override
  public String lookingOnly() {
    return ";IFEXISTS=TRUE;ACCESS_MODE_DATA=r";
  }

  /** Nothing: only administrators can open a file as it is opened here, and they may all. */
  @Override
  public List<String> lacking(Connection connection, Target target) {
    return List.of();
  }

  @Override
  public List<String> lacking(Connection connection, TableName epochs, boolean exists) {
    return List.of();
  }

  @Override
  public boolean isAlone() {
    return true;
  }

  private static String shorter(DataType type, TableColumn column) {
    return type + ", and its column keeps " + column.scale() + " digits after the point only";
  }

  private static Optional<String> among(DataType type, TableColumn column, String... allowed) {
    return List.of(allowed).contains(column.type())
        ? Optional.empty()
        : Optional.of(meets(type, column));
  }

  private static String meets(DataType type, TableColumn column) {
    return type + ", and its column " + column.type().toLowerCase(java.util.Locale.ROOT);
  }
}
