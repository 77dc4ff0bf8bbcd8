package io.penstock.dsl.launcher.kill;

import io.penstock.testkit.network.Threads;
import io.penstock.testkit.network.Wire;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import java.util.concurrent.TimeUnit;

/** Cuts the way between a process and the server that it sends to, and heals it. */
final class HttpCuts {
  private static final int LOOK_MILLIS = 5;
  private static final int FIRST_REQUESTS = 5;
  private static final int BETWEEN_MILLIS = 200;
  private static final int PATIENCE_SECONDS = 240;

  private final Program program;
  private final int rows;
  private final List<Long> backMillis = new ArrayList<>();
  private final List<Integer> threads = new ArrayList<>();

  HttpCuts(Program program, int rows) {
    this.program = program;
    this.rows = rows;
  }

  /** How often the way was cut while the process ran. */
  int cuts() {
    return backMillis.size();
  }

  /** How many threads there were before each cut and in the end. */
  List<Integer> threads() {
    return threads;
  }

  /** Both ways of cutting, so often for so long; what was found is printed. */
  Verdict all(Path folder, Duration length, int times) throws IOException, InterruptedException {
    Verdict all = Verdict.CLEAN;
    for (Wire.State cut : List.of(Wire.State.RESET, Wire.State.SILENT)) {
      String name = cut.name().toLowerCase(Locale.ROOT);
      Verdict verdict = round(folder.resolve(name), cut, length, times);
      all = all.plus(verdict);
      System.out.printf(
          "http, %s for %s s: back after %s ms, threads %s, %s%n",
          name, length.toSeconds(), backMillis, threads, verdict);
      backMillis.clear();
      threads.clear();
    }
    return all;
  }

  /** Sends rows over a way that is cut so often for so long, and lets all come through. */
  Verdict round(Path folder, Wire.State cut, Duration length, int times)
      throws IOException, InterruptedException {
    HttpKills rest = new HttpKills(program, "continuous", rows, new Random(1));
    try (KeyedReceiver receiver = new KeyedReceiver(1);
        Wire wire = Wire.to(URI.create(receiver.url()).getPort())) {
      rest.write(folder, "http://localhost:" + wire.port() + "/rows");
      Path file = folder.resolve("pipeline.yaml");
      Files.writeString(
          file, Files.readString(file).replace("format: json", "timeout: 2s\n      format: json"));
      Process run = program.start(folder, List.of(), List.of("pipeline.yaml", "--quiet"));
      boolean ended = !goesOn(run, receiver, FIRST_REQUESTS);
      for (int i = 0; i < times && !ended; i++) {
        threads.add(Threads.of(run));
        wire.be(cut);
        ended = run.waitFor(length.toMillis(), TimeUnit.MILLISECONDS);
        int requests = receiver.requests();
        long healed = System.nanoTime();
        wire.be(Wire.State.PASSING);
        ended |= !goesOn(run, receiver, requests);
        backMillis.add(TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - healed));
        ended |= run.waitFor(BETWEEN_MILLIS, TimeUnit.MILLISECONDS);
      }
      if (!ended) {
        threads.add(Threads.of(run));
      }
      if (!run.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS) || run.exitValue() != 0) {
        throw new AssertionError(Files.readString(folder.resolve("run.log")));
      }
      return rest.verdict(receiver);
    }
  }

  /** Waits for more requests than so many; false where the run ends before. */
  private static boolean goesOn(Process run, KeyedReceiver receiver, int requests)
      throws InterruptedException {
    while (receiver.requests() <= requests) {
      if (run.waitFor(LOOK_MILLIS, TimeUnit.MILLISECONDS)) {
        return false;
      }
    }
    return true;
  }
}
