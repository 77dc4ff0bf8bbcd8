package io.penstock.connectors.jdbc.trial;

import io.penstock.testkit.network.Threads;
import io.penstock.testkit.network.Wire;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.TimeUnit;

/** Cuts the way between a process and its database, and heals it. */
final class Cuts {
  private static final int LOOK_MILLIS = 10;
  private static final int BETWEEN_MILLIS = 300;

  private final Postgres server;
  private final int rows;
  private final List<Long> backMillis = new ArrayList<>();
  private final List<Integer> threads = new ArrayList<>();

  Cuts(Postgres server, int rows) {
    this.server = server;
    this.rows = rows;
  }

  /** Writes rows over a way that is cut so often for so long, and lets all come through. */
  Kills.Verdict round(Path folder, String table, Wire.State cut, int times, Duration length)
      throws Exception {
    ToTable trial = new ToTable(server, folder, "continuous", rows, table);
    Program program = trial.begin();
    try (Wire wire = Wire.to(server.port())) {
      Path file = folder.resolve("pipeline.yaml");
      String text = Files.readString(file);
      Files.writeString(
          file,
          text.replace("port: " + server.port(), "port: " + wire.port())
              .replace("timeout: 30s", "timeout: 3s, retry: { at_most: 1s }"));
      Process run = program.start();
      boolean ended = !goesOn(run, trial, 0);
      for (int i = 0; i < times && !ended; i++) {
        threads.add(Threads.of(run));
        wire.be(cut);
        ended = run.waitFor(length.toMillis(), TimeUnit.MILLISECONDS);
        long epoch = trial.epoch();
        long healed = System.nanoTime();
        wire.be(Wire.State.PASSING);
        ended |= !goesOn(run, trial, epoch);
        backMillis.add(TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - healed));
        ended |= run.waitFor(BETWEEN_MILLIS, TimeUnit.MILLISECONDS);
      }
      if (!ended) {
        threads.add(Threads.of(run));
      }
      Program.Outcome outcome = program.ended(run);
      if (outcome.code() != 0) {
        throw new IOException("the run ended with " + outcome.code() + ": " + outcome.text());
      }
    }
    return trial.verdict();
  }

  /** Waits for an epoch behind this one; false where the run ends before. */
  private static boolean goesOn(Process run, ToTable trial, long epoch) throws Exception {
    while (trial.epoch() <= epoch) {
      if (run.waitFor(LOOK_MILLIS, TimeUnit.MILLISECONDS)) {
        return false;
      }
    }
    return true;
  }

  /** How often the way was cut while the process ran. */
  int cuts() {
    return backMillis.size();
  }

  /** How many threads there were before each cut and in the end. */
  List<Integer> threads() {
    return threads;
  }

  /** What {@code engine/bench/cut.sh jdbc} starts: a folder, seconds, times. */
  public static void main(String[] words) throws Exception {
    Path folder = Path.of(words[0]).toAbsolutePath();
    Duration length = Duration.ofSeconds(Long.parseLong(words[1]));
    boolean clean = true;
    // The server may run as somebody else, who must be able to come here.
    Path data = Files.createTempDirectory("penstock-postgres");
    try (Postgres server = Postgres.in(data)) {
      for (Wire.State cut : List.of(Wire.State.RESET, Wire.State.SILENT)) {
        String name = cut.name().toLowerCase(Locale.ROOT);
        Cuts cuts = new Cuts(server, 3_000_000);
        Path here = Files.createDirectories(folder.resolve(name));
        Kills.Verdict verdict =
            cuts.round(here, "cut_" + name, cut, Integer.parseInt(words[2]), length);
        clean &= verdict.equals(Kills.Verdict.CLEAN);
        System.out.printf(
            "jdbc, %s for %s s: back after %s ms, threads %s, %s%n",
            name, length.toSeconds(), cuts.backMillis, cuts.threads, verdict);
      }
    } finally {
      KillCommand.remove(data);
    }
    System.exit(clean ? 0 : 1);
  }
}
