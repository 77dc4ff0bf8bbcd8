package io.penstock.dsl.launcher;

import io.penstock.api.system.Scheduler;
import java.time.Duration;
import java.util.function.BooleanSupplier;

/**
 * Ends a process that was told to end and does not: where nobody reads standard error any more, the
 * thread that stops the run may wait for ever to say so. Thread-safe.
 */
final class LastResort implements AutoCloseable {
  private static final Duration LOOK = Duration.ofMillis(50);

  private final Scheduler scheduler;
  private final BooleanSupplier overdue;
  private final Runnable end;
  private volatile boolean closed;

  /**
   * Does nothing until it is begun.
   *
   * @param overdue whether the time is over in which the process had to end
   * @param end ends it at once
   */
  LastResort(Scheduler scheduler, BooleanSupplier overdue, Runnable end) {
    this.scheduler = scheduler;
    this.overdue = overdue;
    this.end = end;
  }

  /** The process was told to end; from now on a thread of its own looks whether it does. */
  void begin() {
    Scheduler.Handle unused = scheduler.start("penstock-last-resort", this::watch);
  }

  private void watch() {
    try {
      while (!closed) {
        if (overdue.getAsBoolean()) {
          end.run();
          return;
        }
        scheduler.sleep(LOOK);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /** The run has ended, and all is said. */
  @Override
  public void close() {
    closed = true;
  }
}
