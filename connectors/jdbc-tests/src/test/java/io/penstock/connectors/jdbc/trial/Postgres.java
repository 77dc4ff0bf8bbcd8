package io.penstock.connectors.jdbc.trial;

import io.penstock.testkit.network.Ports;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Properties;

/**
 * A PostgreSQL server in a process of its own, on loopback, that has all it needs in one folder.
 * Its log is told where it does not come up.
 */
final class Postgres implements Server {
  private final Path folder;
  private final Commands commands;
  private final int port;
  private Process process;

  private Postgres(Path folder, int port) throws IOException {
    this.folder = folder;
    this.commands = new Commands(folder);
    this.port = port;
    unpack();
    Files.writeString(folder.resolve("password"), "right\n");
    commands.handOver();
    commands.run(
        commands.nobody(
            "bin/initdb",
            List.of(
                "--no-sync",
                "--username=owner",
                "--pwfile=" + folder.resolve("password"),
                "--auth=scram-sha-256",
                "--encoding=UTF8",
                "--locale=C",
                "-D",
                data())));
    process = start(List.of());
  }

  /** A server that has its programs and data in this folder. */
  static Postgres in(Path folder) throws IOException {
    return new Postgres(folder, Ports.free());
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
    commands.run(List.of("tar", "-xJf", archive.toString(), "-C", programs.toString()));
    Files.delete(archive);
  }

  private String data() {
    return folder.resolve("data").toString();
  }

  private Process start(List<String> more) throws IOException {
    List<String> arguments =
        new ArrayList<>(
            List.of(
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
                "max_wal_size=512MB"));
    arguments.addAll(more);
    return commands.started(commands.nobody("bin/postgres", arguments), this::answers);
  }

  private boolean answers() {
    try (Connection unused = connection()) {
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
    return "host: 127.0.0.1, port: "
        + port
        + ", database: postgres, auth: { user: owner, password: \"${PGPASSWORD:-right}\" }";
  }

  @Override
  public Connection connection() throws SQLException {
    Properties who = new Properties();
    who.setProperty("user", "owner");
    who.setProperty("password", "right");
    return DriverManager.getConnection("jdbc:postgresql://127.0.0.1:" + port + "/postgres", who);
  }

  @Override
  public String numbers(int below) {
    return "generate_series(0, " + (below - 1) + ") n";
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

  @Override
  public void stop() throws IOException {
    commands.end(process, "-QUIT");
  }

  @Override
  public void startAgain() throws IOException {
    process = start(List.of());
  }

  /** Comes up again with a certificate of its own. */
  void secure(Path certificate, Path key) throws IOException {
    stop();
    for (String file : List.of("server.crt", "server.key")) {
      Path to = folder.resolve("data").resolve(file);
      Files.deleteIfExists(to);
      Files.copy(file.endsWith("crt") ? certificate : key, to);
      commands.run(List.of("chmod", "600", to.toString()));
    }
    commands.handOver();
    process = start(List.of("-c", "ssl=on"));
  }

  @Override
  public void close() {
    Commands.close(process);
  }
}
