package io.penstock.dsl.launcher.test;

import io.penstock.core.runner.CrashPoint;
import io.penstock.core.runner.CrashPoints;
import java.util.List;
import java.util.Optional;

/**
 * Kills a run that one thread does step by step, and says when: once a row was read, and before the
 * next one is, either soon, or where the run comes to a place of interest on the way to keeping
 * what the row has brought about. The places take turns. Single-threaded.
 */
final class Kills implements CrashPoints {
  private static final int SOON = 16;
  private static final int PATIENCE = 2_000;
  private static final long MOST_STEPS = 50_000_000;

  /** Empty: soon. Most come behind the decision, so that there is something to go on from. */
  private static final List<Optional<CrashPoint>> PLACES =
      List.of(
          Optional.of(CrashPoint.TIDIED),
          Optional.empty(),
          Optional.of(CrashPoint.SINK_COMMITTED),
          Optional.of(CrashPoint.CHECKPOINT_DURABLE),
          Optional.of(CrashPoint.OPERATOR_SNAPSHOT),
          Optional.of(CrashPoint.SOURCES_ACKNOWLEDGED),
          Optional.of(CrashPoint.ALL_PREPARED),
          Optional.of(CrashPoint.CHECKPOINT_RENAMED));

  private final When when;
  private final Reading reading;
  private int turn;
  private int patience;
  private int choices;
  private long steps;

  /** Which rows a run is killed after; always where the test says {@code restart}. */
  sealed interface When {
    /** Never of its own accord. */
    record Never() implements When {}

    /** Each row. */
    record EachRow() implements When {}

    /** One row, by its number over all sources from 1. */
    record Row(int number) implements When {}
  }

  /** The run ends here as a process does that is killed. */
  static final class Killed extends Error {
    private static final long serialVersionUID = 1L;

    Killed() {
      super("killed", null, false, false);
    }
  }

  /**
   * Kills of a run.
   *
   * @param reading what its sources have given so far; told to hold where a kill is due
   */
  Kills(When when, Reading reading) {
    this.when = when;
    this.reading = reading;
    reading.goOn();
    if (when instanceof When.Row row) {
      this.turn = row.number();
      reading.holdBehind(row.number());
    } else if (when instanceof When.EachRow) {
      reading.holdBehind(1);
    } else {
      reading.holdBehind(Reading.ALL);
    }
    this.patience = patience();
  }

  private Optional<CrashPoint> place() {
    return PLACES.get(turn % PLACES.size());
  }

  private int patience() {
    return place().isPresent() ? PATIENCE : turn % SOON;
  }

  /**
   * A number that chooses the next step.
   *
   * @throws Killed where the run ends here
   */
  int choice() {
    if (++steps > MOST_STEPS) {
      throw new IllegalStateException("the run of a test does not end");
    }
    if (reading.isHeld() && patience-- <= 0) {
      throw new Killed();
    }
    choices = choices * 1_664_525 + 1_013_904_223;
    return choices >>> 1;
  }

  @Override
  public void reached(String point) {
    boolean here = place().map(CrashPoint::text).filter(point::equals).isPresent();
    if (!here || !reading.isHeld()) {
      return;
    }
    // What a step throws is taken for its failure; so the run ends before its next step.
    patience = 0;
    if (place().get() != CrashPoint.OPERATOR_SNAPSHOT) {
      throw new Killed();
    }
  }

  /** The run begins again. */
  void again() {
    turn++;
    patience = patience();
    reading.goOn();
    reading.holdBehind(when instanceof When.EachRow ? reading.rows() + 1 : Reading.ALL);
  }
}
