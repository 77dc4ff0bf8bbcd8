package io.penstock.dsl.launcher.trace;

import io.penstock.api.system.Clock;
import java.util.concurrent.atomic.AtomicLong;

/**
 * A wall clock that stands still but for leaps, so that two runs that read the same see the same
 * times. Durations are real. Thread-safe.
 */
final class TraceClock implements Clock {
  private final Clock real;
  private final long start;
  private final AtomicLong leapt = new AtomicLong();

  /**
   * A clock.
   *
   * @param start its time before any leap, wall time in microseconds
   */
  TraceClock(Clock real, long start) {
    this.real = real;
    this.start = start;
  }

  /** Passes over some time, in nanoseconds. */
  void leap(long nanos) {
    leapt.addAndGet(nanos);
  }

  @Override
  public long micros() {
    return start + leapt.get() / 1000;
  }

  @Override
  public long nanos() {
    return real.nanos() + leapt.get();
  }

  /** The same clock, by which nothing but leaps takes time. */
  Clock leapsOnly() {
    return new Clock() {
      @Override
      public long micros() {
        return TraceClock.this.micros();
      }

      @Override
      public long nanos() {
        return leapt.get();
      }
    };
  }
}
