package io.penstock.connectors.jdbc;

import io.penstock.api.data.DataType;
import io.penstock.api.network.Tls;
import io.penstock.api.system.Disk;
import io.penstock.api.system.Files;
import java.io.IOException;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;

/** MariaDB, from 10.6 on; and MySQL, which is spoken to in the same words and was tried at 9.7. */
final class MariaDb implements Dialect {
  private static final int PORT = 3306;
  private static final int MOST_TO_CONNECT = 10;
  private static final int MILLIS = 1000;
  // What does not fit is refused and never cut; a 0 is a 0; times are UTC; who reads may be slow.
  private static final String SESSION =
      "sql_mode='STRICT_ALL_TABLES,NO_AUTO_VALUE_ON_ZERO,NO_ENGINE_SUBSTITUTION,"
          + "ERROR_FOR_DIVISION_BY_ZERO,NO_ZERO_DATE,NO_ZERO_IN_DATE',"
          + "time_zone='+00:00',net_write_timeout=86400";

  @Override
  public int port() {
    return PORT;
  }

  @Override
  public String driver() {
    return "org.mariadb.jdbc.Driver";
  }

  @Override
  public List<String> properties() {
    return List.of(
        "allowPublicKeyRetrieval",
        "cachePrepStmts",
        "prepStmtCacheSize",
        "tcpKeepCount",
        "tcpKeepIdle",
        "tcpKeepInterval",
        "useBulkStmts",
        "useCompression",
        "useServerPrepStmts");
  }

  @Override
  public String url(Address address, Files files) {
    return "jdbc:mariadb://" + address.host() + ":" + address.port() + "/" + address.database();
  }

  @Override
  public Properties settings(Server server, Disk disk, Files files) throws IOException {
    Properties all = new Properties();
    all.putAll(server.properties());
    all.put("sessionVariables", SESSION);
    all.put("transactionIsolation", "READ-COMMITTED");
    String shorter = Integer.toString(Math.min(MOST_TO_CONNECT, server.seconds()) * MILLIS);
    all.put("connectTimeout", shorter);
    all.put("socketTimeout", Integer.toString(server.seconds() * MILLIS));
    all.put("tcpKeepAlive", "true");
    all.put("allowLocalInfile", "false");
    all.put("allowMultiQueries", "false");
    // Where a server is stands in the pipeline, not in what a server answers.
    all.put("permitRedirect", "false");
    // A certificate is what proves a server here, not that it knows the password.
    all.put("deferCertificateValidation", "false");
    all.put("sslMode", "disable");
    if (server.tls().isPresent()) {
      secret(server.tls().get(), all, files);
    }
    return all;
  }

  private static void secret(Tls tls, Properties to, Files files) throws IOException {
    to.put("sslMode", tls.verify() == Tls.Verify.FULL ? "verify-full" : "trust");
    if (tls.ca().isPresent()) {
      to.put("serverSslCert", files.resolve(tls.ca().get()).toString());
    }
  }

  @Override
  public String quoted(String name) {
    return '`' + name.replace("`", "``") + '`';
  }

  @Override
  public String token() {
    return "uuid()";
  }

  @Override
  public Optional<String> checkAtOnce() {
    return Optional.empty();
  }

  @Override
  public RowWriter writer(Connection connection, Target target) {
    List<CellValue> cells = new ArrayList<>();
    for (int i = 0; i < target.columns().size(); i++) {
      cells.add(
          MariaDbValues.of(target.schema().fields().get(i).type().type(), target.columns().get(i)));
    }
    return new StatementWriter(connection, target, this, cells, statement(target, cells));
  }

  private RowStatement statement(Target target, List<CellValue> cells) {
    RowStatement insert =
        RowStatement.insert(
            target.table().quoted(this),
            RowStatement.list(target.names(), this, ", ", ""),
            RowStatement.values(cells));
    if (target.mode() == WriteMode.INSERT) {
      return insert;
    }
    boolean stays = target.mode() == WriteMode.SKIP || target.others().isEmpty();
    List<String> sets = new ArrayList<>();
    // A row that stays is set to what it is; IGNORE would pass over what is wrong as well.
    for (String name : stays ? target.key() : target.others()) {
      String column = quoted(name);
      sets.add(column + " = " + (stays ? column : "VALUES(" + column + ")"));
    }
    return new RowStatement(
        insert.text() + " ON DUPLICATE KEY UPDATE " + String.join(", ", sets), false);
  }

  @Override
  public Map<String, String> typeNames() {
    return Map.of("INTEGER", "INT", "INTEGER UNSIGNED", "INT UNSIGNED", "uuid", "UUID");
  }

  @Override
  public Optional<String> misfit(DataType type, TableColumn column) {
    return MariaDbTypes.misfit(type, column);
  }

  @Override
  public Optional<String> misread(DataType type, TableColumn column) {
    return MariaDbTypes.misread(type, column);
  }

  @Override
  public Optional<String> miskeyed(TableColumn column) {
    return MariaDbTypes.miskeyed(column);
  }

  @Override
  public String text(String expression) {
    return "CAST(" + expression + " AS CHAR)";
  }

  // A column of numbers beside a text would be compared as if both were double.
  @Override
  public String value(String type) {
    return MariaDbTypes.cast(type).map(to -> "CAST(? AS " + to + ")").orElse("?");
  }

  @Override
  public boolean isZoned(String type) {
    return false;
  }

  @Override
  public String earlier(Duration by) {
    return "UTC_TIMESTAMP(6) - INTERVAL " + by.toMillis() * MILLIS + " MICROSECOND";
  }

  /** Nobody can tell without rights that only those who look after a server have. */
  @Override
  public Optional<String> writers(TableName table) {
    return Optional.empty();
  }

  @Override
  public void idle(Connection connection, Duration wait) throws SQLException {
    long millis = Math.max(1, Math.min(MILLIS, wait.toMillis()));
    try (Statement statement = connection.createStatement()) {
      boolean unused = statement.execute("SELECT SLEEP(" + millis / 1000.0 + ")");
    }
  }

  @Override
  public boolean hasNoSchemas() {
    return true;
  }

  @Override
  public String nameType(int length) {
    return "varchar(" + length + ") CHARACTER SET utf8mb4 COLLATE utf8mb4_bin";
  }

  @Override
  public String textType() {
    return "longtext";
  }

  @Override
  public String tableOptions() {
    return " ENGINE = InnoDB DEFAULT CHARACTER SET utf8mb4";
  }

  @Override
  public Optional<String> withoutTransactions(Connection connection, TableName table)
      throws SQLException {
    String text =
        "SELECT ENGINE FROM information_schema.TABLES WHERE TABLE_NAME = ? AND TABLE_SCHEMA = "
            + (table.schema().isPresent() ? "?" : "DATABASE()");
    try (PreparedStatement select = connection.prepareStatement(text)) {
      select.setString(1, table.name());
      if (table.schema().isPresent()) {
        select.setString(2, table.schema().get());
      }
      try (ResultSet rows = select.executeQuery()) {
        String engine = rows.next() ? rows.getString(1) : null;
        return engine == null || engine.equals("InnoDB")
            ? Optional.empty()
            : Optional.of("is kept by " + engine + ", which has no transactions: take InnoDB");
      }
    }
  }

  /** Asks for the plan of the statement, for which the rights are wanted that it wants itself. */
  @Override
  public List<String> lacking(Connection connection, Target target) throws SQLException {
    List<CellValue> nulls =
        target.columns().stream()
            .map(column -> new CellValue("NULL", (to, index, values, row) -> {}))
            .toList();
    return explained(connection, statement(target, nulls).text());
  }

  @Override
  public List<String> lacking(Connection connection, TableName epochs, boolean exists)
      throws SQLException {
    if (!exists) {
      // There is no plan of making a table.
      return List.of();
    }
    String table = epochs.quoted(this);
    List<String> lacking = new ArrayList<>();
    lacking.addAll(
        explained(connection, "INSERT INTO " + table + " VALUES (NULL, NULL, NULL, NULL, NULL)"));
    lacking.addAll(explained(connection, "UPDATE " + table + " SET epoch = epoch WHERE epoch < 0"));
    return lacking;
  }

  private static List<String> explained(Connection connection, String text) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      boolean unused = statement.execute("EXPLAIN " + text);
      return List.of();
    } catch (SQLException wrong) {
      SQLException told = SqlState.told(wrong);
      if (MariaDbErrors.isRefusal(told.getErrorCode())) {
        return List.of(Failure.text(told));
      }
      throw wrong;
    }
  }

  @Override
  public boolean meetsByAnyIndex() {
    return true;
  }

  @Override
  public boolean wantsFirstOfOrder() {
    return true;
  }

  @Override
  public boolean isBusyWhileReading() {
    return true;
  }
}
