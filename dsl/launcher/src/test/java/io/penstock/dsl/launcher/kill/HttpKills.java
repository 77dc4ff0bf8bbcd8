package io.penstock.dsl.launcher.kill;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.zip.CRC32C;

/** Kills of runs that send the rows of files to a server. */
final class HttpKills {
  private static final int ROWS_OF_A_FILE = 500;
  private static final int LEAST_MILLIS = 50;
  private static final int MOST_MILLIS = 1500;
  private static final int AMID_MILLIS = 300;
  private static final int LOOK_MILLIS = 5;
  private static final int PATIENCE_SECONDS = 240;
  private static final int KILLS_OF_A_RUN = 20;

  private final Program program;
  private final String mode;
  private final int rows;
  private final Random chance;
  private int kills;
  private int amid;
  private int requests;
  private int repeated;

  /**
   * Kills of runs in one mode.
   *
   * @param mode {@code continuous} or {@code micro_batch}
   */
  HttpKills(Program program, String mode, int rows, Random chance) {
    this.program = program;
    this.mode = mode;
    this.rows = rows;
    this.chance = chance;
  }

  /** How many there have been. */
  int kills() {
    return kills;
  }

  /** As many kills as asked, in as many folders as it takes; what was found is printed. */
  Verdict all(Path folder, int wanted) throws IOException, InterruptedException {
    Verdict all = Verdict.CLEAN;
    for (int round = 0; kills < wanted; round++) {
      Path here = folder.resolve(mode + "-" + round);
      Verdict verdict = round(here, Math.min(KILLS_OF_A_RUN, wanted - kills));
      all = all.plus(verdict);
      System.out.printf(
          "%s: %d kills, %d of them behind a new request; %d requests, %d of them repeated with their key; %s%n",
          mode, kills, amid, requests, repeated, all);
      KillCommand.keepOrRemove(here, verdict);
    }
    return all;
  }

  /** One pipeline: runs and kills, then a run to the end. */
  Verdict round(Path folder, int most) throws IOException, InterruptedException {
    try (KeyedReceiver receiver = new KeyedReceiver(chance.nextLong())) {
      write(folder, receiver.url());
      boolean ended = false;
      for (int kill = 0; kill < most && !ended; kill++) {
        ended = kill(folder, receiver);
      }
      while (!ended) {
        Process process = start(folder);
        if (!process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS) || process.exitValue() != 0) {
          throw new AssertionError(Files.readString(folder.resolve("run.log")));
        }
        ended = true;
      }
      requests += receiver.requests();
      repeated += receiver.repeated();
      return verdict(receiver);
    }
  }

  private Process start(Path folder) throws IOException {
    return program.start(folder, List.of(), List.of("pipeline.yaml", "--quiet"));
  }

  /** True where the run came to its end before. */
  private boolean kill(Path folder, KeyedReceiver receiver)
      throws IOException, InterruptedException {
    int before = receiver.requests();
    Process process = start(folder);
    int millis = LEAST_MILLIS + chance.nextInt(MOST_MILLIS - LEAST_MILLIS);
    if (chance.nextBoolean()) {
      // Counted from the first request: else a busy machine would be killed starting only.
      while (receiver.requests() == before) {
        if (process.waitFor(LOOK_MILLIS, TimeUnit.MILLISECONDS)) {
          return ended(folder, process);
        }
      }
      millis = chance.nextInt(AMID_MILLIS);
    }
    if (process.waitFor(millis, TimeUnit.MILLISECONDS)) {
      return ended(folder, process);
    }
    process.destroyForcibly().waitFor();
    kills++;
    amid += receiver.requests() > before ? 1 : 0;
    return false;
  }

  private static boolean ended(Path folder, Process process) throws IOException {
    if (process.exitValue() != 0) {
      throw new AssertionError(Files.readString(folder.resolve("run.log")));
    }
    return true;
  }

  /** Writes rows, and a pipeline that sends them to this URL. */
  void write(Path folder, String url) throws IOException {
    Files.createDirectories(folder.resolve("in"));
    int file = 0;
    for (int first = 0; first < rows; first += ROWS_OF_A_FILE) {
      List<String> lines = new ArrayList<>();
      for (int seq = first; seq < Math.min(rows, first + ROWS_OF_A_FILE); seq++) {
        lines.add(line(seq));
      }
      Files.write(folder.resolve("in/%05d.jsonl".formatted(file++)), lines);
    }
    Files.writeString(
        folder.resolve("pipeline.yaml"),
        """
        name: kills
        sources:
          rows:
            file: "in/*.jsonl"
            schema: { seq: int, value: string, checksum: int }
        sinks:
          out:
            http:
              url: "%s"
              format: json
              batch: { max_rows: 100 }
              retry: { first: 10ms, at_most: 100ms }
        run:
          mode: %s
          checkpoint: 50ms
          %s
        """
            .formatted(
                url,
                mode,
                mode.equals("micro_batch")
                    ? "batch: { max_rows: 1000 }"
                    : "delivery: at_least_once"));
  }

  static String line(int seq) {
    String value = Integer.toString(seq * 7919, Character.MAX_RADIX);
    CRC32C check = new CRC32C();
    check.update((seq + ":" + value).getBytes(StandardCharsets.US_ASCII));
    return "{\"seq\":%d,\"value\":\"%s\",\"checksum\":%d}".formatted(seq, value, check.getValue());
  }

  /** What is wrong with what has come. */
  Verdict verdict(KeyedReceiver receiver) {
    int[] came = new int[rows];
    int reordered = 0;
    int phantom = 0;
    int last = -1;
    int corrupt = receiver.others();
    for (String line : receiver.lines()) {
      int seq = Integer.parseInt(line.replaceAll("\\{\"seq\":(\\d+),.*", "$1"));
      if (seq >= rows) {
        phantom++;
        continue;
      }
      corrupt += line.equals(line(seq)) ? 0 : 1;
      reordered += seq < last ? 1 : 0;
      last = seq;
      came[seq]++;
    }
    int lost = 0;
    int doubled = 0;
    for (int times : came) {
      lost += times == 0 ? 1 : 0;
      doubled += times > 1 ? 1 : 0;
    }
    return new Verdict(lost, doubled, reordered, corrupt, phantom);
  }
}
