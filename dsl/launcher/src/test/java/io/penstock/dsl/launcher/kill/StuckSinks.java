package io.penstock.dsl.launcher.kill;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * Stops processes whose sink never comes back from a call: by the deadline, or by a second signal.
 * Then the pipeline runs to its end with a sink that answers.
 */
final class StuckSinks {
  /** Who does not come back. */
  enum Where {
    /** A sink that waits for an answer. */
    SINK,
    /** Standard output and standard error, a pipe that nobody reads. */
    PIPE
  }

  /** What ends the process. */
  enum By {
    DEADLINE,
    SECOND_SIGNAL
  }

  private static final int UNFINISHED = 4;
  private static final int LOOK_MILLIS = 20;
  private static final int FILES = 100;
  private static final int SIGNALS_APART_MILLIS = 400;
  private static final int DEADLINE_SECONDS = 2;

  /** The most that a pipe holds, less the piece that did not go in. */
  private static final int FULL = 60_000;

  private final Program program;
  private final String mode;
  private final Orders orders;
  private final List<Long> millis = new ArrayList<>();

  /**
   * Stops of runs in one mode.
   *
   * @param program with the sink of {@link StuckCatalogue}
   * @param mode {@code continuous} or {@code micro_batch}
   */
  StuckSinks(Program program, String mode, Orders orders) {
    this.program = program;
    this.mode = mode;
    this.orders = orders;
  }

  /** How long each process lived beyond its deadline, or its second signal. */
  List<Long> millis() {
    return List.copyOf(millis);
  }

  /** One pipeline: gets stuck, is stopped, and runs to its end. */
  Verdict once(Path folder, Where where, By by) throws IOException, InterruptedException {
    Trial trial = new Trial(folder, program, Shape.STICKS, mode, orders, FILES);
    String deadline = by == By.DEADLINE ? DEADLINE_SECONDS + "s" : "1h";
    Process process =
        where == Where.SINK
            ? trial.start("stuck sink", List.of("-Dstuck=true"), List.of("--deadline", deadline))
            : trial.piped("stuck pipe", List.of("--deadline", deadline));
    awaitStuck(trial, process, folder, where);
    long since = signalled(process, by);
    int code = trial.ended(process);
    millis.add(TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - since));
    if (code != UNFINISHED) {
      throw trial.failure("exit " + code);
    }
    trial.toTheEnd();
    return trial.verdict();
  }

  private static void awaitStuck(Trial trial, Process process, Path folder, Where where)
      throws IOException, InterruptedException {
    InputStream unread = process.getInputStream();
    while (where == Where.SINK
        ? !Files.exists(folder.resolve("stuck"))
        : unread.available() < FULL) {
      if (process.waitFor(LOOK_MILLIS, TimeUnit.MILLISECONDS)) {
        throw trial.failure("exit " + process.exitValue() + " before it was stuck");
      }
    }
  }

  /** Tells it to stop; when it should have ended, in nanoseconds. */
  private static long signalled(Process process, By by) throws InterruptedException {
    long now = System.nanoTime();
    boolean unused = process.toHandle().destroy();
    if (by == By.DEADLINE) {
      return now + TimeUnit.SECONDS.toNanos(DEADLINE_SECONDS);
    }
    if (!process.waitFor(SIGNALS_APART_MILLIS, TimeUnit.MILLISECONDS)) {
      now = System.nanoTime();
      unused = process.toHandle().destroy();
    }
    return now;
  }
}
