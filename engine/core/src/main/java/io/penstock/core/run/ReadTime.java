package io.penstock.core.run;

import io.penstock.api.system.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;

/**
 * When reading something was begun, by both times of a clock.
 *
 * @param nanos for how long ago that is
 * @param micros for people
 */
record ReadTime(long nanos, long micros) {
  static ReadTime now(Clock clock) {
    return new ReadTime(clock.nanos(), clock.micros());
  }

  Instant instant() {
    return Instant.EPOCH.plus(micros, ChronoUnit.MICROS);
  }
}
