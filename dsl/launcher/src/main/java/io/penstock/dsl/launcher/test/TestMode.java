package io.penstock.dsl.launcher.test;

import io.penstock.core.logical.RunSettings.Mode;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * A way to run a pipeline; all must agree.
 *
 * @param batchRows of a batch; empty: all
 * @param kills when a run that keeps its state is killed, to go on from there; empty: no state is
 *     kept
 */
record TestMode(Mode mode, OptionalInt batchRows, int workers, Optional<Kills.When> kills) {
  private static final int MOST_SINGLE_KILLS = 24;
  private static final OptionalInt ONE = OptionalInt.of(1);
  private static final OptionalInt THREE = OptionalInt.of(3);
  private static final OptionalInt ALL = OptionalInt.empty();

  /** All ways to run a test that gives so many rows. */
  static List<TestMode> all(int rows) {
    List<TestMode> modes = new ArrayList<>();
    modes.add(plain(Mode.CONTINUOUS, ONE, 1));
    modes.add(plain(Mode.CONTINUOUS, ALL, 2));
    modes.add(plain(Mode.MICRO_BATCH, ONE, 1));
    modes.add(plain(Mode.MICRO_BATCH, THREE, 1));
    modes.add(plain(Mode.MICRO_BATCH, THREE, 2));
    modes.add(plain(Mode.MICRO_BATCH, ALL, 2));
    Kills.When each = rows == 0 ? new Kills.When.Never() : new Kills.When.EachRow();
    modes.add(killed(Mode.CONTINUOUS, ONE, 1, each));
    modes.add(killed(Mode.CONTINUOUS, ALL, 2, each));
    modes.add(killed(Mode.MICRO_BATCH, ONE, 1, each));
    modes.add(killed(Mode.MICRO_BATCH, THREE, 2, each));
    modes.add(killed(Mode.MICRO_BATCH, ALL, 1, each));
    // Many rows are taken evenly; each is killed after in the ways above.
    int step = Math.max(1, (rows + MOST_SINGLE_KILLS - 1) / MOST_SINGLE_KILLS);
    for (int row = 1; row <= rows; row += step) {
      Mode mode = row / step % 2 == 0 ? Mode.CONTINUOUS : Mode.MICRO_BATCH;
      modes.add(killed(mode, row % 3 == 0 ? THREE : ONE, 1, new Kills.When.Row(row)));
    }
    return modes;
  }

  /** Whether a test is run in this way before any other. */
  boolean isFirst() {
    return equals(all(0).get(0));
  }

  private static TestMode plain(Mode mode, OptionalInt batchRows, int workers) {
    return new TestMode(mode, batchRows, workers, Optional.empty());
  }

  private static TestMode killed(Mode mode, OptionalInt batchRows, int workers, Kills.When when) {
    return new TestMode(mode, batchRows, workers, Optional.of(when));
  }

  @Override
  public String toString() {
    String how =
        mode == Mode.CONTINUOUS
            ? "per event"
            : "micro-batches of " + (batchRows.isPresent() ? batchRows.getAsInt() : "all");
    String text = how + ", " + workers + (workers == 1 ? " worker" : " workers");
    return kills.map(when -> text + killed(when)).orElse(text);
  }

  private static String killed(Kills.When when) {
    if (when instanceof Kills.When.Row row) {
      return ", killed and restored after row " + row.number();
    }
    return when instanceof Kills.When.EachRow
        ? ", killed and restored after each row"
        : ", keeping state";
  }
}
