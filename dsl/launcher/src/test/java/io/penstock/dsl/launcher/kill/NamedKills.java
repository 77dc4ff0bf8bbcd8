package io.penstock.dsl.launcher.kill;

import io.penstock.core.runner.CrashPoint;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/** Kills at the places that have a name, by the process itself as it comes there. */
final class NamedKills {
  private static final int KILLED = 137;

  private final Program program;
  private final String mode;
  private final Orders orders;
  private final int files;
  private final Set<String> reached = new TreeSet<>();
  private final Set<String> missed = new TreeSet<>();

  /**
   * Kills of runs in one mode.
   *
   * @param mode {@code continuous} or {@code micro_batch}
   * @param files how many files the input is in
   */
  NamedKills(Program program, String mode, Orders orders, int files) {
    this.program = program;
    this.mode = mode;
    this.orders = orders;
    this.files = files;
  }

  /** Where processes were killed: place and number. */
  Set<String> reached() {
    return reached;
  }

  /** Where none came to. */
  Set<String> missed() {
    return missed;
  }

  /** One pipeline that is killed once at this place, and then runs to its end. */
  Verdict once(Path folder, CrashPoint point, int nth) throws IOException, InterruptedException {
    Trial trial = new Trial(folder, program, Shape.ENDS, mode, orders, files);
    before(trial, point);
    kill(trial, point, nth);
    trial.toTheEnd();
    return trial.verdict();
  }

  /** One pipeline that is killed at one place after the other; then runs to its end. */
  Verdict inARow(Path folder, List<CrashPoint> points) throws IOException, InterruptedException {
    Trial trial = new Trial(folder, program, Shape.ENDS, mode, orders, files);
    for (CrashPoint point : points) {
      before(trial, point);
      kill(trial, point, 1);
    }
    trial.toTheEnd();
    return trial.verdict();
  }

  /** What a start finds there is done by a start before. */
  private void before(Trial trial, CrashPoint point) throws IOException, InterruptedException {
    if (point == CrashPoint.RECOVERY_COMMITTED) {
      kill(trial, CrashPoint.CHECKPOINT_DURABLE, 1);
    } else if (point == CrashPoint.RECOVERY_ABORTED) {
      kill(trial, CrashPoint.ALL_PREPARED, 1);
    }
  }

  private void kill(Trial trial, CrashPoint point, int nth)
      throws IOException, InterruptedException {
    String place = point.text() + ":" + nth;
    Process process = trial.start(place, "-Dcrashpoint=" + place);
    int code = trial.ended(process);
    if (code == KILLED) {
      reached.add(place);
    } else if (code == 0) {
      missed.add(place);
    } else {
      throw trial.failure("exit " + code);
    }
  }
}
