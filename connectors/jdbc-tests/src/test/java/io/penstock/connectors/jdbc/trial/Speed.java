package io.penstock.connectors.jdbc.trial;

import io.penstock.connectors.jdbc.trial.Program.Outcome;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.Locale;

/**
 * How many rows in a second come to a table and out of one, start and end of the process included.
 */
final class Speed {
  private static final String SCHEMA =
      "{ id: int, name: string, amount: double, at: timestamp, ok: boolean }";

  private final Postgres server;
  private final Path folder;
  private final long rows;

  private Speed(Postgres server, Path folder, long rows) {
    this.server = server;
    this.folder = folder;
    this.rows = rows;
  }

  private double seconds(String name, String sources, String sinks, String run)
      throws IOException, InterruptedException {
    Path here = Files.createDirectories(folder.resolve(name.replace(' ', '-')));
    Program program = new Program(here);
    program.write(sources + sinks + run);
    long begun = System.nanoTime();
    Outcome outcome = program.ended(program.startPlain());
    double seconds = (System.nanoTime() - begun) / 1e9;
    if (outcome.code() != 0) {
      throw new IOException(name + " ended with " + outcome.code() + ": " + outcome.text());
    }
    return seconds;
  }

  private void table(String name) throws SQLException {
    server.execute(
        "create table "
            + name
            + " (id bigint primary key, name text not null, amount double precision not null,"
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
            at: timestamp('2026-01-01T00:00:00Z')
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

  private void print(String what, double seconds) {
    System.out.printf(Locale.ROOT, "%-28s %9.2f s %,12.0f rows/s%n", what, seconds, rows / seconds);
  }

  private void all(int times) throws Exception {
    String state = "run: { mode: micro_batch, batch: { max_rows: 200000 } }\n";
    for (int i = 0; i < times; i++) {
      table("plain" + i);
      print(
          "insert, one transaction", seconds("plain" + i, generator(), sink("plain" + i, ""), ""));
      table("kept" + i);
      print(
          "insert, epochs with state",
          seconds("kept" + i, generator(), sink("kept" + i, ""), state));
      table("merged" + i);
      String upsert = ", mode: upsert, key: id";
      print(
          "upsert, epochs with state",
          seconds("merged" + i, generator(), sink("merged" + i, upsert), state));
      String source =
          "sources:\n  rows:\n    jdbc: { %s, table: kept%d, key: id }\n    schema: %s\n"
              .formatted(server.options(), i, SCHEMA);
      print("read", seconds("read" + i, source, "sinks:\n  out: { discard: {} }\n", ""));
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
