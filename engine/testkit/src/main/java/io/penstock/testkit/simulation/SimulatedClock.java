package io.penstock.testkit.simulation;

import io.penstock.api.system.Clock;
import java.time.Duration;
import java.util.Random;

/**
 * A clock that creeps on when it is looked at, by chance, so that steps of work end at places that
 * nobody chose; and jumps when nothing else can happen.
 */
public final class SimulatedClock implements Clock {
  private static final int CREEP_NANOS = 400_000;

  private final Random chance;
  private long micros;
  private long nanos;

  /**
   * A clock.
   *
   * @param micros where it stands, since 1970
   */
  public SimulatedClock(long micros, Random chance) {
    this.micros = micros;
    this.chance = chance;
  }

  /** Moves both times on. */
  public void advance(Duration by) {
    nanos += by.toNanos();
    micros += by.toNanos() / 1000;
  }

  @Override
  public long micros() {
    return micros;
  }

  @Override
  public long nanos() {
    int creep = chance.nextInt(CREEP_NANOS);
    nanos += creep;
    micros += creep / 1000;
    return nanos;
  }
}
