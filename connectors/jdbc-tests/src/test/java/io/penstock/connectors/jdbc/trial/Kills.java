package io.penstock.connectors.jdbc.trial;

import io.penstock.connectors.jdbc.trial.Program.Outcome;
import java.io.IOException;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.zip.CRC32;

/**
 * Files to a table without any rule that would hide a row that comes twice, while the process, or
 * the server, is killed at times drawn by a seed. The judge asks the table alone.
 */
final class Kills {
  private static final int FILES = 60;
  private static final int LEAST_MILLIS = 50;
  private static final int MOST_MILLIS = 2000;
  private static final int AMID_MILLIS = 400;
  private static final int LOOK_MILLIS = 10;

  private final Postgres server;
  private final Path folder;
  private final String mode;
  private final int rows;
  private final Random chance;
  private final String table;
  private int kills;
  private int amid;

  Kills(Postgres server, Path folder, String mode, int rows, long seed) {
    this.server = server;
    this.folder = folder;
    this.mode = mode;
    this.rows = rows;
    this.chance = new Random(seed);
    this.table = "kills_" + mode + "_" + seed;
  }

  /** Rows that are nowhere, there again, nobody's, or not as they were written. */
  record Verdict(long lost, long doubled, long phantom, long corrupt) {
    static final Verdict CLEAN = new Verdict(0, 0, 0, 0);
  }

  /** How many kills there were. */
  int kills() {
    return kills;
  }

  /** How many of them came after the process had brought an epoch to the table. */
  int amid() {
    return amid;
  }

  private Program begin() throws IOException, SQLException {
    server.execute(
        "create table "
            + table
            + " (seq bigint, name text, amount numeric(12,2), checksum bigint)");
    Path input = Files.createDirectories(folder.resolve("rows"));
    for (int file = 0; file < FILES; file++) {
      Path path = input.resolve("rows-%03d.jsonl".formatted(file));
      try (Writer out = Files.newBufferedWriter(path, StandardCharsets.UTF_8)) {
        long to = (long) rows * (file + 1) / FILES;
        for (long seq = (long) rows * file / FILES; seq < to; seq++) {
          out.write(line(seq));
        }
      }
    }
    Program program = new Program(folder);
    program.write(
        """
        sources:
          rows:
            file: rows/*.jsonl
            schema: { seq: int, name: string, amount: 'decimal(12,2)', checksum: int }
        sinks:
          out:
            jdbc: { %s, table: %s, epochs: %s_epochs, timeout: 10s }
        run:
          mode: %s
          %s
        """
            .formatted(
                server.options(),
                table,
                table,
                mode,
                mode.equals("continuous") ? "checkpoint: 50ms" : "batch: { max_rows: 3000 }"));
    return program;
  }

  private static String line(long seq) {
    return "{\"seq\":%d,\"name\":\"n-%d\",\"amount\":%d.%02d,\"checksum\":%d}\n"
        .formatted(seq, seq, seq % 100_000, seq % 100, checksum(seq));
  }

  private static long checksum(long seq) {
    CRC32 crc = new CRC32();
    crc.update(("n-" + seq).getBytes(StandardCharsets.UTF_8));
    return crc.getValue();
  }

  private long epoch() throws SQLException {
    if (server.rows("select to_regclass('" + table + "_epochs')").get(0).equals("null")) {
      return 0;
    }
    return server.rows("select coalesce(max(epoch), 0) from " + table + "_epochs").stream()
        .mapToLong(Long::parseLong)
        .sum();
  }

  /** Kills the process so many times, then lets it come to the end. */
  Verdict ofTheProcess(int most) throws IOException, InterruptedException, SQLException {
    Program program = begin();
    for (int kill = 0; kill < most; kill++) {
      long before = epoch();
      Process run = program.start();
      if (endsBeforeItsMoment(run, before)) {
        program.ended(run);
        break;
      }
      run.destroyForcibly().waitFor();
      kills++;
      amid += epoch() > before ? 1 : 0;
    }
    return end(program);
  }

  // Every other moment is counted from the first epoch, whatever a start takes.
  private boolean endsBeforeItsMoment(Process run, long before)
      throws InterruptedException, SQLException {
    int millis = LEAST_MILLIS + chance.nextInt(MOST_MILLIS - LEAST_MILLIS);
    if (chance.nextBoolean()) {
      while (epoch() == before) {
        if (run.waitFor(LOOK_MILLIS, TimeUnit.MILLISECONDS)) {
          return true;
        }
      }
      millis = chance.nextInt(AMID_MILLIS);
    }
    return run.waitFor(millis, TimeUnit.MILLISECONDS);
  }

  /** Kills the server so many times, and starts it again, while one process goes on. */
  Verdict ofTheServer(int most) throws IOException, InterruptedException, SQLException {
    Program program = begin();
    Process run = program.start();
    while (kills < most) {
      long before = epoch();
      if (endsBeforeItsMoment(run, before)) {
        break;
      }
      server.killAndRestart();
      kills++;
      amid += epoch() > before ? 1 : 0;
    }
    Outcome outcome = program.ended(run);
    if (outcome.code() != 0) {
      throw new IOException("the run ended with " + outcome.code() + ": " + outcome.text());
    }
    return verdict();
  }

  private Verdict end(Program program) throws IOException, InterruptedException, SQLException {
    Outcome outcome = program.run();
    if (outcome.code() != 0) {
      throw new IOException("the run ended with " + outcome.code() + ": " + outcome.text());
    }
    return verdict();
  }

  private Verdict verdict() throws SQLException {
    long lost =
        number(
            "select count(*) from generate_series(0, "
                + (rows - 1)
                + ") s where not exists (select 1 from "
                + table
                + " where seq = s)");
    long doubled = number("select count(*) - count(distinct seq) from " + table);
    long phantom = number("select count(*) from " + table + " where seq < 0 or seq >= " + rows);
    long corrupt =
        number(
            "select count(*) from "
                + table
                + " where name is distinct from 'n-' || seq or amount is distinct from"
                + " (seq % 100000) + (seq % 100) / 100.0 or checksum is null");
    return new Verdict(lost, doubled, phantom, corrupt);
  }

  private long number(String query) throws SQLException {
    return Long.parseLong(server.rows(query).get(0));
  }
}
