package io.penstock.connectors.jdbc.trial;

import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Properties;
import java.util.concurrent.TimeUnit;

/**
 * A PostgreSQL server in a process of its own, on loopback, that has all it needs in one folder.
 * Its log is told where it does not come up.
 */
final class Postgres implements AutoCloseable {
  private static final int SECONDS = 60;
  // Whom the server runs as where the tests run as root, which it refuses.
  private static final String NOBODY = "65534";

  private final Path folder;
  private final int port;
  private Process process;

  private Postgres(Path folder, int port) throws IOException {
    this.folder = folder;
    this.port = port;
    unpack();
    Files.writeString(folder.resolve("password"), "right\n");
    if (isRoot()) {
      run(List.of("chown", "-R", NOBODY + ":" + NOBODY, folder.toString()));
    }
    run(
        nobody(
            "initdb",
            "--no-sync",
            "--username=owner",
            "--pwfile=" + folder.resolve("password"),
            "--auth=scram-sha-256",
            "--encoding=UTF8",
            "--locale=C",
            "-D",
            data()));
    process = start();
  }

  /** A server that has its programs and data in this folder. */
  static Postgres in(Path folder) throws IOException {
    try (ServerSocket free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      int port = free.getLocalPort();
      free.close();
      return new Postgres(folder, port);
    }
  }

  private void unpack() throws IOException {
    Path archive = folder.resolve("postgres.txz");
    try (InputStream in = Postgres.class.getResourceAsStream("/postgres-linux-x86_64.txz")) {
      if (in == null) {
        throw new IOException("there is no server for this machine among the tests' jars");
      }
      long unused = Files.copy(in, archive);
    }
    Path programs = Files.createDirectory(folder.resolve("programs"));
    run(List.of("tar", "-xJf", archive.toString(), "-C", programs.toString()));
    Files.delete(archive);
  }

  private static boolean isRoot() {
    return System.getProperty("user.name").equals("root");
  }

  private String data() {
    return folder.resolve("data").toString();
  }

  private List<String> nobody(String program, String... arguments) {
    List<String> command = new ArrayList<>();
    if (isRoot()) {
      command.addAll(
          List.of("setpriv", "--reuid=" + NOBODY, "--regid=" + NOBODY, "--clear-groups"));
    }
    command.add(folder.resolve("programs/bin").resolve(program).toString());
    command.addAll(List.of(arguments));
    return command;
  }

  private ProcessBuilder command(List<String> command) {
    return new ProcessBuilder(command)
        .directory(folder.toFile())
        .redirectErrorStream(true)
        .redirectOutput(ProcessBuilder.Redirect.appendTo(log().toFile()));
  }

  private Path log() {
    return folder.resolve("server.log");
  }

  private void run(List<String> command) throws IOException {
    Process running = command(command).start();
    if (!waited(running, SECONDS * 1000L) || running.exitValue() != 0) {
      running.destroyForcibly();
      throw new IOException(command.get(0) + " failed: " + Files.readString(log()));
    }
  }

  private Process start() throws IOException {
    Process started =
        command(
                nobody(
                    "postgres",
                    "-D",
                    data(),
                    "-p",
                    Integer.toString(port),
                    "-c",
                    "listen_addresses=127.0.0.1",
                    "-c",
                    "unix_socket_directories=",
                    "-c",
                    "max_connections=40",
                    "-c",
                    "shared_buffers=64MB",
                    "-c",
                    "max_wal_size=512MB"))
            .start();
    long begun = System.nanoTime();
    while (!answers()) {
      boolean late = System.nanoTime() - begun > TimeUnit.SECONDS.toNanos(SECONDS);
      if (late || !started.isAlive()) {
        started.destroyForcibly();
        throw new IOException("the server did not come up: " + Files.readString(log()));
      }
      boolean unused = waited(started, 50);
    }
    return started;
  }

  private boolean answers() {
    try (Connection unused = connection()) {
      return true;
    } catch (SQLException notYet) {
      return false;
    }
  }

  private static boolean waited(Process process, long millis) {
    try {
      return process.waitFor(millis, TimeUnit.MILLISECONDS);
    } catch (InterruptedException stopped) {
      Thread.currentThread().interrupt();
      return false;
    }
  }

  /** The port on which it listens. */
  int port() {
    return port;
  }

  /** The options of a pipeline that say where it is and who asks: the owner of everything. */
  String options() {
    return "host: 127.0.0.1, port: "
        + port
        + ", database: postgres, auth: { user: owner, password: \"${PGPASSWORD:-right}\" }";
  }

  /** A connection of the owner. */
  Connection connection() throws SQLException {
    Properties who = new Properties();
    who.setProperty("user", "owner");
    who.setProperty("password", "right");
    return DriverManager.getConnection("jdbc:postgresql://127.0.0.1:" + port + "/postgres", who);
  }

  /** Does something, in SQL. */
  void execute(String text) throws SQLException {
    try (Connection connection = connection();
        Statement statement = connection.createStatement()) {
      statement.execute(text);
    }
  }

  /** The rows that a query gives, each as its values with a blank between them. */
  List<String> rows(String query) throws SQLException {
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

  /** Processor seconds of the server's processes that are there. */
  double busySeconds() {
    return busySeconds(process.toHandle())
        + process.toHandle().descendants().mapToDouble(Postgres::busySeconds).sum();
  }

  /** Processor seconds of a process so far. */
  static double busySeconds(ProcessHandle process) {
    return process.info().totalCpuDuration().map(took -> took.toNanos() / 1e9).orElse(0.0);
  }

  /** Ends at once, as a crash would, and comes up again with its data. */
  void killAndRestart() throws IOException {
    stop();
    startAgain();
  }

  /** Ends at once, as a crash would. */
  void stop() throws IOException {
    run(List.of("kill", "-QUIT", Long.toString(process.pid())));
    if (!waited(process, SECONDS * 1000L)) {
      throw new IOException("the server did not end: " + Files.readString(log()));
    }
  }

  /** Comes up again with its data. */
  void startAgain() throws IOException {
    process = start();
  }

  @Override
  public void close() {
    process.destroy();
    if (!waited(process, 5000)) {
      process.descendants().forEach(ProcessHandle::destroyForcibly);
      process.destroyForcibly();
      boolean unused = waited(process, 5000);
    }
  }
}
