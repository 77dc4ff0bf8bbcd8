package io.penstock.dsl.launcher.kill;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;

/**
 * Tells processes to stop by signal, at times drawn by a seed, while they read as fast as they can.
 * After each nothing unfinished may lie there, and no row may come out again, not even where nobody
 * can take it back.
 */
final class Stops {
  private static final int MOST_MILLIS = 1500;
  private static final int STOPS_OF_A_RUN = 10;
  private static final int FILES = 400;
  private static final int OK = 0;
  private static final int UNFINISHED = 4;

  /** How long a clean stop may take where nobody says otherwise. */
  private static final Duration DEADLINE = Duration.ofSeconds(30);

  private final Program program;
  private final String mode;
  private final Orders orders;
  private final Random chance;
  private final List<Long> millis = new ArrayList<>();
  private int early;

  /**
   * Stops of runs in one mode.
   *
   * @param mode {@code continuous} or {@code micro_batch}
   */
  Stops(Program program, String mode, Orders orders, Random chance) {
    this.program = program;
    this.mode = mode;
    this.orders = orders;
    this.chance = chance;
  }

  /** How many runs were stopped. */
  int stopped() {
    return millis.size();
  }

  /** One pipeline: is stopped so often, then runs to the end. */
  Verdict round(Path folder, Shape shape, int most) throws IOException, InterruptedException {
    Trial trial = new Trial(folder, program, shape, mode, orders, FILES);
    for (int stops = 0; stops < most; ) {
      int after = chance.nextInt(MOST_MILLIS);
      long epoch = trial.epoch();
      Process process = trial.start(after + " ms");
      if (process.waitFor(after, TimeUnit.MILLISECONDS)) {
        trial.finished(process);
        break;
      }
      stops += stop(trial, process, shape, epoch) ? 1 : 0;
    }
    trial.toTheEnd();
    return trial.verdict();
  }

  /** Whether there was something to stop. */
  private boolean stop(Trial trial, Process process, Shape shape, long epoch)
      throws IOException, InterruptedException {
    long printed = trial.printed();
    long since = System.nanoTime();
    boolean unused = process.toHandle().destroy();
    int code = trial.ended(process);
    long took = TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - since);
    List<String> left = trial.leftovers();
    boolean notBegun = trial.notBegun(code);
    if (notBegun) {
      trial.takeBackErrorOfJava(printed);
    }
    if (notBegun && trial.epoch() == epoch && trial.printed() == printed) {
      early++;
      return false;
    }
    boolean ended = code == OK && trial.said().contains("finished after");
    int right = shape == Shape.ENDS && !ended ? UNFINISHED : OK;
    if (code != right || took > DEADLINE.toMillis() || !left.isEmpty()) {
      throw trial.failure("exit " + code + " after " + took + " ms with " + left);
    }
    millis.add(took);
    return true;
  }

  /** As many stops as asked, in as many folders as it takes; what was found is printed. */
  Verdict all(Path folder, int wanted) throws IOException, InterruptedException {
    Verdict all = Verdict.CLEAN;
    for (int round = 0; stopped() < wanted; round++) {
      Path here = folder.resolve(mode + "-" + round);
      Shape shape = round % 2 == 0 ? Shape.GOES_ON : Shape.ENDS;
      Verdict verdict = round(here, shape, Math.min(STOPS_OF_A_RUN, wanted - stopped()));
      all = all.plus(verdict);
      System.out.printf("%s: %s, %s%n", mode, this, all);
      KillCommand.keepOrRemove(here, verdict);
    }
    return all;
  }

  @Override
  public String toString() {
    List<Long> sorted = millis.stream().sorted().toList();
    return sorted.isEmpty()
        ? "no stops"
        : "%d stops, middle %d ms, longest %d ms, and %d before the run began"
            .formatted(
                sorted.size(), sorted.get(sorted.size() / 2), sorted.get(sorted.size() - 1), early);
  }
}
