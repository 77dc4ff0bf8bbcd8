package io.penstock.core.run;

import io.penstock.core.runner.RunRequest;

/** Whether a run has come to a limit of its request. Told by the supervisor; anybody may ask. */
final class Limits {
  private final RunRequest request;
  private final boolean countsRows;
  private final long startNanos;
  private volatile boolean reached;

  /**
   * The limits of a run that begins now.
   *
   * @param countsRows whether it ends by the rows that it has read; where no state is kept, the
   *     task that reads them cuts them off itself
   */
  Limits(RunRequest request, boolean countsRows) {
    this.request = request;
    this.countsRows = countsRows;
    this.startNanos = request.clock().nanos();
  }

  /** Called again and again while the tasks work. */
  void look(Readers readers, Meters meters) {
    request
        .untilTime()
        .ifPresent(most -> reached |= request.clock().nanos() - startNanos >= most.toNanos());
    if (countsRows && request.untilRows().isPresent()) {
      reached |= readers.rows(meters) >= request.untilRows().getAsLong();
    }
  }

  /** Whether a limit was reached. */
  boolean isReached() {
    return reached;
  }
}
