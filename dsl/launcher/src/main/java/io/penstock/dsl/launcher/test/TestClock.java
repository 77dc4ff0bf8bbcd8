package io.penstock.dsl.launcher.test;

import io.penstock.api.system.Clock;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;

/**
 * A wall clock that moves when a test says so. Durations are real: no source becomes idle because a
 * test moves the clock, which would depend on how far others were read by then. Thread-safe.
 */
final class TestClock implements Clock {
  /** 2026-01-01T00:00:00Z: the time at which every test begins. */
  private static final long START = 1_767_225_600_000_000L;

  private final Clock real;
  private final AtomicLong passed = new AtomicLong();

  TestClock(Clock real) {
    this.real = real;
  }

  void advance(Duration by) {
    passed.addAndGet(by.toNanos());
  }

  @Override
  public long micros() {
    return START + passed.get() / 1000;
  }

  @Override
  public long nanos() {
    return real.nanos();
  }
}
