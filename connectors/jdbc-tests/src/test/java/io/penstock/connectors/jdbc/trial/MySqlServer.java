package io.penstock.connectors.jdbc.trial;

import io.penstock.testkit.network.Ports;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Properties;

/**
 * A MySQL server in a process of its own, on loopback. Its programs are no dependency of the tests:
 * they lie in a folder that {@code engine/bench/mysql.sh} has filled and the property names.
 */
final class MySqlServer implements Server {
  private static final String PROGRAMS = "penstock.mysql";

  private final Path folder;
  private final Path programs;
  private final Commands commands;
  private final int port;
  private Process process;

  private MySqlServer(Path folder, Path programs, int port) throws IOException, SQLException {
    this.folder = folder;
    this.programs = programs;
    this.commands = new Commands(folder);
    this.port = port;
    Files.createDirectory(folder.resolve("data"));
    commands.handOver();
    commands.run(mysqld(List.of("--initialize-insecure")));
    process = start(() -> answers("root", ""));
    try (Connection root = connection("root", "", "mysql");
        Statement statement = root.createStatement()) {
      statement.execute("create database shop character set utf8mb4");
      statement.execute("create user owner identified by 'right'");
      statement.execute("grant all on *.* to owner with grant option");
    }
  }

  /** A server that keeps its data in this folder; empty where no programs are named. */
  static Optional<Server> in(Path folder) throws IOException, SQLException {
    String named = System.getProperty(PROGRAMS, "");
    return named.isEmpty()
        ? Optional.empty()
        : Optional.of(new MySqlServer(folder, Path.of(named), Ports.free()));
  }

  // The programs are of a newer system than this one may be, and bring its libraries.
  private List<String> mysqld(List<String> more) {
    Path libraries = programs.resolve("usr/lib/x86_64-linux-gnu");
    List<String> words =
        new ArrayList<>(
            List.of(
                "--library-path",
                libraries.toString(),
                programs.resolve("usr/sbin/mysqld").toString(),
                "--no-defaults",
                "--basedir=" + programs.resolve("usr"),
                "--datadir=" + folder.resolve("data")));
    words.addAll(more);
    return commands.nobody(libraries.resolve("ld-linux-x86-64.so.2").toString(), words);
  }

  private Process start(Commands.Answers answers) throws IOException {
    List<String> arguments =
        List.of(
            "--port=" + port,
            "--bind-address=127.0.0.1",
            "--socket=" + folder.resolve("data/socket"),
            "--mysqlx=OFF",
            "--secure-file-priv=NULL",
            "--innodb-buffer-pool-size=64M");
    return commands.started(mysqld(arguments), answers);
  }

  private boolean answers(String user, String password) {
    try (Connection unused = connection(user, password, "mysql")) {
      return true;
    } catch (SQLException notYet) {
      return false;
    }
  }

  @Override
  public int port() {
    return port;
  }

  @Override
  public String options() {
    return "kind: mysql, host: 127.0.0.1, port: "
        + port
        + ", database: shop, auth: { user: owner, password: \"${MARIADB_PASSWORD:-right}\" },"
        + " properties: { allowPublicKeyRetrieval: true }";
  }

  @Override
  public Connection connection() throws SQLException {
    return connection("owner", "right", "shop");
  }

  private Connection connection(String user, String password, String database) throws SQLException {
    Properties how = new Properties();
    how.setProperty("user", user);
    how.setProperty("password", password);
    how.setProperty("sslMode", "disable");
    how.setProperty("allowPublicKeyRetrieval", "true");
    how.setProperty("sessionVariables", "time_zone='+00:00',cte_max_recursion_depth=10000000");
    return DriverManager.getConnection("jdbc:mariadb://127.0.0.1:" + port + "/" + database, how);
  }

  @Override
  public String numbers(int below) {
    return "(with recursive counted(n) as"
        + " (select 0 union all select n + 1 from counted where n < "
        + (below - 1)
        + ") select n from counted) numbers";
  }

  @Override
  public String waits() {
    return "time > 0";
  }

  @Override
  public void stop() throws IOException {
    commands.end(process, "-KILL");
  }

  @Override
  public void startAgain() throws IOException {
    process = start(() -> answers("owner", "right"));
  }

  @Override
  public void close() {
    Commands.close(process);
  }
}
