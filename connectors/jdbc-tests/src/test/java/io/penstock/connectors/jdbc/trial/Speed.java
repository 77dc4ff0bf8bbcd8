package io.penstock.connectors.jdbc.trial;

import io.penstock.connectors.jdbc.trial.Program.Outcome;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.Locale;
import java.util.concurrent.TimeUnit;

/**
 * How many rows in a second come to a table and out of one, start and end of the process included.
 */
final class Speed {
  private static final String SCHEMA =
      "{ id: int, name: string, amount: 'decimal(20,1)', at: timestamp, ok: boolean }";

  private final Postgres server;
  private final Path folder;
  private final long rows;

  private Speed(Postgres server, Path folder, long rows) {
    this.server = server;
    this.folder = folder;
    this.rows = rows;
  }

  /**
   * What a run took.
   *
   * @param seconds of the whole process
   * @param busy processor seconds of the process
   * @param serverBusy processor seconds of the server's processes
   */
  private record Took(double seconds, double busy, double serverBusy) {}

  private Took took(String name, String sources, String sinks, String run)
      throws IOException, InterruptedException {
    Path here = Files.createDirectories(folder.resolve(name.replace(' ', '-')));
    Program program = new Program(here);
    program.write(sources + sinks + run);
    long begun = System.nanoTime();
    Process process = program.startPlain();
    double busy = 0;
    double before = server.busySeconds();
    double after = before;
    do {
      busy = Math.max(busy, Postgres.busySeconds(process.toHandle()));
      after = Math.max(after, server.busySeconds());
    } while (!process.waitFor(20, TimeUnit.MILLISECONDS));
    double seconds = (System.nanoTime() - begun) / 1e9;
    Outcome outcome = program.ended(process);
    if (outcome.code() != 0) {
      throw new IOException(name + " ended with " + outcome.code() + ": " + outcome.text());
    }
    return new Took(seconds, busy, after - before);
  }

  private void table(String name) throws SQLException {
    server.execute(
        "create table "
            + name
            + " (id bigint primary key, name text not null, amount numeric(20,1) not null,"
            + " at timestamptz not null, ok boolean not null)");
  }

  private String generator() {
    return """
    sources:
      rows:
        generator:
          count: %d
          fields:
            id: n
            name: "'customer ' + (n %% 1000)"
            amount: n * 0.5
            at: now()
            ok: n %% 3 == 0
    """
        .formatted(rows);
  }

  private String sink(String table, String options) {
    return """
    sinks:
      out:
        jdbc: { %s, table: %s%s }
    """
        .formatted(server.options(), table, options);
  }

  private void print(String what, Took took) {
    System.out.printf(
        Locale.ROOT,
        "%-28s %7.2f s %,10.0f rows/s; processor: own %6.2f s, server %6.2f s%n",
        what,
        took.seconds,
        rows / took.seconds,
        took.busy,
        took.serverBusy);
  }

  private void all(int times) throws Exception {
    String state = "run: { mode: micro_batch, batch: { max_rows: 200000 } }\n";
    for (int i = 0; i < times; i++) {
      table("plain" + i);
      print("insert, one transaction", took("plain" + i, generator(), sink("plain" + i, ""), ""));
      table("kept" + i);
      print(
          "insert, epochs with state", took("kept" + i, generator(), sink("kept" + i, ""), state));
      table("merged" + i);
      String upsert = ", mode: upsert, key: id";
      print(
          "upsert, epochs with state",
          took("merged" + i, generator(), sink("merged" + i, upsert), state));
      String source =
          "sources:\n  rows:\n    jdbc: { %s, table: kept%d, key: id }\n    schema: %s\n"
              .formatted(server.options(), i, SCHEMA);
      print("read", took("read" + i, source, "sinks:\n  out: { discard: {} }\n", ""));
      if (!server.rows("select count(*) from kept" + i).equals(server.rows("select " + rows))) {
        throw new IOException("rows are missing");
      }
    }
  }

  /** The folder to work in, how many rows, how many times. */
  public static void main(String[] arguments) throws Exception {
    Path folder = Files.createDirectories(Path.of(arguments[0]).toAbsolutePath());
    Path data = Files.createTempDirectory("penstock-postgres");
    try (Postgres server = Postgres.in(data)) {
      new Speed(server, folder, Long.parseLong(arguments[1])).all(Integer.parseInt(arguments[2]));
    } finally {
      KillCommand.remove(data);
    }
  }
}
