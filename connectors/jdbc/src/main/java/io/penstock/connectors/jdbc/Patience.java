package io.penstock.connectors.jdbc;

import io.penstock.api.system.Clock;
import java.time.Duration;

/** For how long something that may pass is tried again. */
record Patience(Clock clock, Duration giveUpAfter) {
  /** When it began. */
  long begin() {
    return clock.nanos();
  }

  /** Whether it has lasted too long. */
  boolean isSpent(long begun) {
    return clock.nanos() - begun >= giveUpAfter.toNanos();
  }
}
