package io.penstock.dsl.launcher.kill;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Random;
import java.util.concurrent.TimeUnit;

/** Kills at times drawn by a seed, each in a process that goes on where the one before was. */
final class RandomKills {
  private static final int LEAST_MILLIS = 50;
  private static final int MOST_MILLIS = 1500;
  private static final int AMID_MILLIS = 300;
  private static final int LOOK_MILLIS = 5;
  private static final int KILLS_OF_A_RUN = 20;
  private static final int ROWS_OF_A_FILE = 1000;

  private final Program program;
  private final String mode;
  private final Orders orders;
  private final Random chance;
  private int kills;
  private int amid;
  private long epochs;

  /**
   * Kills of runs in one mode.
   *
   * @param mode {@code continuous} or {@code micro_batch}
   */
  RandomKills(Program program, String mode, Orders orders, Random chance) {
    this.program = program;
    this.mode = mode;
    this.orders = orders;
    this.chance = chance;
  }

  /** How many there have been. */
  int kills() {
    return kills;
  }

  /**
   * One pipeline: runs and kills, then runs to the end. There are fewer kills where it comes to its
   * end before.
   *
   * @param files how many files the input is in
   */
  Verdict round(Path folder, int most, int files) throws IOException, InterruptedException {
    Trial trial = new Trial(folder, program, Shape.ENDS, mode, orders, files);
    for (int kill = 0; kill < most; kill++) {
      long before = trial.epoch();
      Process process = trial.start("kill " + kill);
      if (endsBeforeItsMoment(trial, process, before)) {
        trial.finished(process);
        epochs += trial.epoch();
        return trial.verdict();
      }
      process.destroyForcibly().waitFor();
      kills++;
      amid += trial.epoch() > before ? 1 : 0;
    }
    trial.toTheEnd();
    epochs += trial.epoch();
    return trial.verdict();
  }

  /**
   * Waits for a moment drawn by the seed. Every other one is counted from the first epoch that the
   * process decides, whatever its start takes: else a busy machine would be killed starting only.
   */
  private boolean endsBeforeItsMoment(Trial trial, Process process, long before)
      throws IOException, InterruptedException {
    int millis = LEAST_MILLIS + chance.nextInt(MOST_MILLIS - LEAST_MILLIS);
    if (chance.nextBoolean()) {
      while (trial.epoch() == before) {
        if (process.waitFor(LOOK_MILLIS, TimeUnit.MILLISECONDS)) {
          return true;
        }
      }
      millis = chance.nextInt(AMID_MILLIS);
    }
    return process.waitFor(millis, TimeUnit.MILLISECONDS);
  }

  /** As many kills as asked, in as many folders as it takes; what was found is printed. */
  Verdict all(Path folder, int wanted) throws IOException, InterruptedException {
    Verdict all = Verdict.CLEAN;
    for (int round = 0; kills < wanted; round++) {
      Path here = folder.resolve("round-" + round);
      // One file is read in large blocks, many in small ones, which makes more epochs.
      int files = round % 2 == 0 ? Math.max(1, orders.rows() / ROWS_OF_A_FILE) : 1;
      Verdict verdict = round(here, Math.min(KILLS_OF_A_RUN, wanted - kills), files);
      all = all.plus(verdict);
      System.out.printf(
          "%d kills, %d of them behind a new epoch, %d epochs in %d runs, %s%n",
          kills, amid, epochs, round + 1, all);
      KillCommand.keepOrRemove(here, verdict);
    }
    return all;
  }
}
