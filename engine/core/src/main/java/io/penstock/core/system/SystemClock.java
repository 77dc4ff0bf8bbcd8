package io.penstock.core.system;

import io.penstock.api.system.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;

/** The machine's time. */
public final class SystemClock implements Clock {
  @Override
  public long micros() {
    return ChronoUnit.MICROS.between(Instant.EPOCH, Instant.now());
  }

  @Override
  public long nanos() {
    return System.nanoTime();
  }
}
