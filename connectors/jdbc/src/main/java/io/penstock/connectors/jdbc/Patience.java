package io.penstock.connectors.jdbc;

import io.penstock.api.network.Retry;
import io.penstock.api.system.Clock;
import io.penstock.api.system.Scheduler;
import java.time.Duration;

/** For how long, and after which waits, something that may pass is tried again. */
record Patience(Clock clock, Scheduler scheduler, Retry retry) {
  /** When it began. */
  long begin() {
    return clock.nanos();
  }

  /** Whether it has lasted too long. */
  boolean isSpent(long begun) {
    return retry.giveUpAfter().isOver(clock.nanos() - begun);
  }

  /** Waits before the next try; false where the thread is to end. */
  boolean pause(int tries) {
    return sleep(retry.pause(tries));
  }

  /** Waits; false where the thread is to end. */
  boolean sleep(Duration wait) {
    try {
      scheduler.sleep(wait);
      return true;
    } catch (InterruptedException stopped) {
      Thread.currentThread().interrupt();
      return false;
    }
  }
}
