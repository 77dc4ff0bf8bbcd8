package io.penstock.dsl.launcher.kill;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;

/**
 * Starts a pipeline as a process of its own, kills it at times drawn by a seed, starts it again,
 * until it has come to its end; then looks at what lies there.
 */
final class KillLoop {
  /** With a place for the mode. */
  static final String PIPELINE =
      """
      sources:
        orders:
          file: orders.csv
          schema: { seq: int, key: string, value: string, checksum: int }
      transforms:
        valued:
          convert: { value: int }
        totals:
          from: valued
          aggregate: { by: [key], compute: { rows: count(), sum: sum(value) } }
      sinks:
        parts: { from: valued, file: { path: parts/, format: { json: lines } } }
        all: { from: valued, file: all.jsonl }
        totals: { from: totals, file: totals.jsonl }
      dead_letter:
        file: { path: bad/, format: { json: lines } }
      run:
        mode: %s
        checkpoint: 20ms
        batch: { max_rows: 3000 }
      """;

  private static final int PATIENCE_MINUTES = 5;

  private final Path folder;
  private final String mode;
  private final Orders orders;
  private final Random chance;
  private final List<Integer> beforeKills = new ArrayList<>();

  /**
   * A loop in an empty folder.
   *
   * @param mode {@code continuous} or {@code micro_batch}
   */
  KillLoop(Path folder, String mode, Orders orders, Random chance) {
    this.folder = folder;
    this.mode = mode;
    this.orders = orders;
    this.chance = chance;
  }

  /**
   * Runs and kills, then runs to the end.
   *
   * @param kills how many at most
   * @return how many there were; fewer where the pipeline came to its end before
   */
  int killed(int kills) throws IOException, InterruptedException {
    orders.write(folder.resolve("orders.csv"));
    Files.writeString(folder.resolve("pipeline.yaml"), PIPELINE.formatted(mode));
    for (int kill = 0; kill < kills; kill++) {
      Process process = start();
      // The first lines of the command alone take some 300 ms.
      int millis = 250 + chance.nextInt(1500);
      if (process.waitFor(millis, TimeUnit.MILLISECONDS)) {
        ended(process);
        return kill;
      }
      process.destroyForcibly().waitFor();
      beforeKills.add(millis);
    }
    Process process = start();
    if (!process.waitFor(PATIENCE_MINUTES, TimeUnit.MINUTES)) {
      process.destroyForcibly();
      throw new AssertionError("the run does not end, killed after " + beforeKills);
    }
    ended(process);
    return kills;
  }

  /** What is wrong with the outputs. */
  Verdict verdict() throws IOException {
    return Verdict.of(folder, orders);
  }

  private void ended(Process process) throws IOException {
    if (process.exitValue() != 0) {
      throw new AssertionError(
          "exit "
              + process.exitValue()
              + ", killed after "
              + beforeKills
              + " ms: "
              + Files.readString(folder.resolve("run.log")));
    }
  }

  private Process start() throws IOException {
    return new ProcessBuilder(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "-cp",
            System.getProperty("java.class.path"),
            "-XX:TieredStopAtLevel=1",
            "-Xmx256m",
            "io.penstock.dsl.launcher.Main",
            "run",
            "pipeline.yaml")
        .directory(folder.toFile())
        .redirectErrorStream(true)
        .redirectOutput(folder.resolve("run.log").toFile())
        .start();
  }

  /**
   * Kills as often as asked, in as many folders as it takes, and prints what was found.
   *
   * @param arguments mode, kills, rows, seed, folder
   */
  public static void main(String[] arguments) throws IOException, InterruptedException {
    int kills = Integer.parseInt(arguments[1]);
    Orders orders = new Orders(Integer.parseInt(arguments[2]));
    Random chance = new Random(Long.parseLong(arguments[3]));
    Verdict all = Verdict.CLEAN;
    int done = 0;
    for (int round = 0; done < kills; round++) {
      Path folder = Files.createDirectories(Path.of(arguments[4], "round-" + round));
      KillLoop loop = new KillLoop(folder, arguments[0], orders, chance);
      done += loop.killed(Math.min(20, kills - done));
      Verdict verdict = loop.verdict();
      all = all.plus(verdict);
      System.out.println(done + " kills in " + (round + 1) + " runs, " + all);
      if (!verdict.equals(Verdict.CLEAN)) {
        System.out.println("kept: " + folder);
      }
    }
    System.exit(all.equals(Verdict.CLEAN) ? 0 : 1);
  }
}
