package io.penstock.core.schedule;

import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Optional;

/** The multiples of a period since 1970. */
final class Multiples implements Times {
  private static final long MICROS = 1_000_000;

  private final long period;

  /**
   * Multiples of a period.
   *
   * @param period at least a microsecond
   */
  Multiples(Duration period) {
    this.period = Math.addExact(Math.multiplyExact(period.getSeconds(), MICROS), micros(period));
    if (this.period <= 0) {
      throw new IllegalArgumentException("a period must be longer than nothing, not " + period);
    }
  }

  @Override
  public Optional<Instant> after(Instant instant) {
    long number = Math.floorDiv(micros(instant), period);
    return Optional.of(at(Math.addExact(number, 1)));
  }

  @Override
  public Optional<Instant> upTo(Instant instant) {
    return Optional.of(at(Math.floorDiv(micros(instant), period)));
  }

  private Instant at(long number) {
    return Instant.EPOCH.plus(Math.multiplyExact(number, period), ChronoUnit.MICROS);
  }

  /** Rounded down: the nanoseconds of an instant are never negative. */
  private static long micros(Instant instant) {
    return Math.addExact(
        Math.multiplyExact(instant.getEpochSecond(), MICROS), instant.getNano() / 1000);
  }

  private static long micros(Duration period) {
    return period.getNano() / 1000;
  }
}
