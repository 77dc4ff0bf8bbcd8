package io.penstock.connectors.jdbc;

import io.penstock.api.data.DataType;
import io.penstock.api.network.Tls;
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
import org.postgresql.PGConnection;

/** PostgreSQL, from 13 on. */
final class PostgreSql implements Dialect {
  private static final int PORT = 5432;
  private static final int MICROS = 6;
  private static final int MOST_TO_CONNECT = 10;

  @Override
  public int port() {
    return PORT;
  }

  @Override
  public String driver() {
    return "org.postgresql.Driver";
  }

  @Override
  public List<String> properties() {
    return List.of(
        "ApplicationName",
        "cancelSignalTimeout",
        "gssEncMode",
        "maxSendBufferSize",
        "prepareThreshold",
        "preparedStatementCacheQueries",
        "receiveBufferSize",
        "sendBufferSize",
        "targetServerType");
  }

  @Override
  public String url(Address address, Files files) {
    return "jdbc:postgresql://" + address.host() + ":" + address.port() + "/" + address.database();
  }

  @Override
  public Properties settings(Server server, Disk disk, Files files) throws IOException {
    Properties all = new Properties();
    all.put("ApplicationName", "penstock");
    all.put("gssEncMode", "disable");
    // Rows are fetched in pieces, the fewer at a time the longer they are.
    all.put("adaptiveFetch", "true");
    all.put("adaptiveFetchMaximum", "4096");
    all.put("maxResultBuffer", "64M");
    all.put("defaultRowFetchSize", "4");
    all.putAll(server.properties());
    String seconds = Integer.toString(server.seconds());
    // Shorter than an answer may take, so that one attempt that hangs leaves time for another.
    String shorter = Integer.toString(Math.min(MOST_TO_CONNECT, server.seconds()));
    all.put("connectTimeout", shorter);
    all.put("loginTimeout", shorter);
    all.put("socketTimeout", seconds);
    all.put("tcpKeepAlive", "true");
    all.put("sslmode", "disable");
    if (server.tls().isPresent()) {
      secret(server.tls().get(), all, files);
    }
    return all;
  }

  private static void secret(Tls tls, Properties to, Files files) throws IOException {
    to.put("sslmode", tls.verify() == Tls.Verify.FULL ? "verify-full" : "require");
    if (tls.ca().isPresent()) {
      to.put("sslrootcert", files.resolve(tls.ca().get()).toString());
    } else if (tls.verify() == Tls.Verify.FULL) {
      to.put("sslfactory", "org.postgresql.ssl.DefaultJavaSSLFactory");
    }
    tls.serverName().ifPresent(name -> NamedSockets.putInto(to, name));
    if (tls.certificate().isPresent() && tls.key().isPresent()) {
      to.put("sslcert", files.resolve(tls.certificate().get()).toString());
      to.put("sslkey", files.resolve(tls.key().get()).toString());
    }
  }

  @Override
  public String quoted(String name) {
    return '"' + name.replace("\"", "\"\"") + '"';
  }

  @Override
  public String token() {
    return "gen_random_uuid()::text";
  }

  @Override
  public Optional<String> checkAtOnce() {
    return Optional.of("SET CONSTRAINTS ALL IMMEDIATE");
  }

  @Override
  public RowWriter writer(Connection connection, Target target) throws SQLException {
    return new PostgresWriter(connection, target, this);
  }

  @Override
  public Map<String, String> typeNames() {
    return Map.of("serial", "int4", "bigserial", "int8", "smallserial", "int2");
  }

  @Override
  public Optional<String> misfit(DataType type, TableColumn column) {
    if (type instanceof DataType.Decimal decimal) {
      return decimal(decimal, column);
    }
    if (!(type instanceof DataType.Simple simple)) {
      return among(type, column, "json", "jsonb");
    }
    return switch (simple.kind()) {
      case BOOLEAN -> among(type, column, "bool");
      case INT -> among(type, column, "int2", "int4", "int8", "numeric");
      case DOUBLE -> number(type, column);
      case STRING -> text(type, column);
      case BYTES -> among(type, column, "bytea");
      case TIMESTAMP -> among(type, column, "timestamptz", "timestamp").or(() -> rounded(column));
      case DATE -> among(type, column, "date");
      case DURATION -> among(type, column, "interval");
      case JSON -> among(type, column, "json", "jsonb");
    };
  }

  @Override
  public Optional<String> misread(DataType type, TableColumn column) {
    if (type instanceof DataType.Decimal decimal) {
      boolean rounds = column.size() > 0 && column.scale() > decimal.scale();
      return among(type, column, "numeric", "int2", "int4", "int8")
          .or(() -> rounds ? Optional.of(meets(type, column)) : Optional.empty());
    }
    if (!(type instanceof DataType.Simple simple)) {
      return Optional.of(type + ", and columns hold `json` at most");
    }
    return switch (simple.kind()) {
      case BOOLEAN -> among(type, column, "bool");
      case INT -> among(type, column, "int2", "int4", "int8");
      case DOUBLE -> among(type, column, "float4", "float8");
      case STRING -> text(type, column);
      case BYTES -> among(type, column, "bytea");
      case TIMESTAMP -> among(type, column, "timestamptz", "timestamp");
      case DATE -> among(type, column, "date");
      case DURATION -> Optional.of("duration, which has months in PostgreSQL and has none here");
      case JSON -> among(type, column, "json", "jsonb");
    };
  }

  @Override
  public String text(String expression) {
    return expression + "::text";
  }

  @Override
  public String value(String type) {
    return "?::" + type;
  }

  @Override
  public boolean isZoned(String type) {
    return type.equals("timestamptz");
  }

  @Override
  public String earlier(Duration by) {
    return "clock_timestamp() - interval '" + by.toMillis() + " milliseconds'";
  }

  @Override
  public Optional<String> writers(TableName table) {
    return Optional.of(
        "SELECT virtualtransaction FROM pg_locks WHERE locktype = 'relation'"
            + " AND database = (SELECT oid FROM pg_database WHERE datname = current_database())"
            + " AND relation = '"
            + table.quoted(this).replace("'", "''")
            + "'::regclass AND granted AND pid IS DISTINCT FROM pg_backend_pid()"
            + " AND mode IN ('RowExclusiveLock', 'ShareRowExclusiveLock', 'ExclusiveLock',"
            + " 'AccessExclusiveLock')");
  }

  /** Waits for a message that nobody sends. */
  @Override
  public void idle(Connection connection, Duration wait) throws SQLException {
    int millis = (int) Math.max(1, Math.min(1000, wait.toMillis()));
    var unused = connection.unwrap(PGConnection.class).getNotifications(millis);
  }

  @Override
  public List<String> lacking(Connection connection, Target target) throws SQLException {
    return new PostgresRights(connection, this).lacking(target);
  }

  @Override
  public List<String> lacking(Connection connection, TableName epochs, boolean exists)
      throws SQLException {
    return new PostgresRights(connection, this).lacking(epochs, exists);
  }

  private static Optional<String> decimal(DataType.Decimal type, TableColumn column) {
    Optional<String> other = among(type, column, "numeric");
    boolean rounds = column.size() > 0 && column.scale() < type.scale();
    if (other.isPresent() || !rounds) {
      return other;
    }
    return Optional.of(
        type + ", and its column keeps " + column.scale() + " digits after the point only");
  }

  private static Optional<String> number(DataType type, TableColumn column) {
    boolean exact = column.type().equals("numeric") && column.size() == 0;
    return exact ? Optional.empty() : among(type, column, "float8");
  }

  private static Optional<String> rounded(TableColumn column) {
    return column.scale() < MICROS
        ? Optional.of("timestamp, and its column keeps " + column.scale() + " digits of a second")
        : Optional.empty();
  }

  // Whatever the server reads from text: uuid, inet, types of the user's own.
  private static Optional<String> text(DataType type, TableColumn column) {
    List<String> others =
        List.of(
            "bool",
            "int2",
            "int4",
            "int8",
            "float4",
            "float8",
            "numeric",
            "bytea",
            "timestamp",
            "timestamptz",
            "date",
            "time",
            "timetz",
            "interval",
            "json",
            "jsonb");
    return others.contains(column.type()) ? Optional.of(meets(type, column)) : Optional.empty();
  }

  private static Optional<String> among(DataType type, TableColumn column, String... allowed) {
    return List.of(allowed).contains(column.type())
        ? Optional.empty()
        : Optional.of(meets(type, column));
  }

  private static String meets(DataType type, TableColumn column) {
    return type + ", and its column " + column.type();
  }
}
