package io.penstock.dsl.launcher.test;

import java.util.OptionalInt;

/**
 * Kills a run that one thread does step by step, and says when. A run is killed some steps after a
 * row was read, so that it dies before and after what the row brings about is kept.
 * Single-threaded.
 */
final class Kills {
  private static final int MOST_GRACE = 48;
  private static final long MOST_STEPS = 20_000_000;
  private static final long STEP = 0x9e3779b97f4a7c15L;

  private final When when;
  private final Reading reading;
  private long state;
  private int killAt;
  private int restarts;
  private int grace;
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
   * @param reading what its sources have given so far
   */
  Kills(When when, Reading reading) {
    this.when = when;
    this.reading = reading;
    this.state = when.hashCode();
    this.killAt = first(when).orElse(Integer.MAX_VALUE);
    this.grace = (int) Math.floorMod(next(), MOST_GRACE);
  }

  private static OptionalInt first(When when) {
    if (when instanceof When.Row row) {
      return OptionalInt.of(row.number());
    }
    return when instanceof When.EachRow ? OptionalInt.of(1) : OptionalInt.empty();
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
    if ((reading.rows() >= killAt || reading.restarts() > restarts) && grace-- <= 0) {
      throw new Killed();
    }
    return (int) (next() >>> 33);
  }

  /** The run begins again. */
  void again() {
    grace = (int) Math.floorMod(next(), MOST_GRACE);
    restarts = reading.restarts();
    killAt = when instanceof When.EachRow ? reading.rows() + 1 : Integer.MAX_VALUE;
  }

  private long next() {
    state += STEP;
    long mixed = (state ^ state >>> 30) * 0xbf58476d1ce4e5b9L;
    return mixed ^ mixed >>> 27;
  }
}
