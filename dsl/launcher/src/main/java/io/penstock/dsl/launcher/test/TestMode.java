package io.penstock.dsl.launcher.test;

import io.penstock.core.logical.RunSettings.Mode;
import java.util.List;
import java.util.OptionalInt;

/** A way to run a pipeline; all must agree. */
record TestMode(Mode mode, OptionalInt batchRows, int workers) {
  static final List<TestMode> ALL =
      List.of(
          new TestMode(Mode.CONTINUOUS, OptionalInt.of(1), 1),
          new TestMode(Mode.CONTINUOUS, OptionalInt.empty(), 2),
          new TestMode(Mode.MICRO_BATCH, OptionalInt.of(1), 1),
          new TestMode(Mode.MICRO_BATCH, OptionalInt.of(3), 1),
          new TestMode(Mode.MICRO_BATCH, OptionalInt.of(3), 2),
          new TestMode(Mode.MICRO_BATCH, OptionalInt.empty(), 2));

  @Override
  public String toString() {
    String how =
        mode == Mode.CONTINUOUS
            ? "per event"
            : "micro-batches of " + (batchRows.isPresent() ? batchRows.getAsInt() : "all");
    return how + ", " + workers + (workers == 1 ? " worker" : " workers");
  }
}
