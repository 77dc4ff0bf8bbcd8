package io.penstock.testkit;

import io.penstock.api.system.Clock;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;

/** A clock that moves when told. Thread-safe. */
public final class ManualClock implements Clock {
  private final AtomicLong micros;
  private final AtomicLong jumped = new AtomicLong();

  /** A clock that stands at this time, micros since 1970. */
  public ManualClock(long micros) {
    this.micros = new AtomicLong(micros);
  }

  /** Moves both times on. */
  public void advance(Duration by) {
    micros.addAndGet(by.toNanos() / 1000);
  }

  /** Sets the wall time forward, or back, while the other goes on as before. */
  public void jump(Duration by) {
    jumped.addAndGet(by.toNanos() / 1000);
  }

  @Override
  public long micros() {
    return micros.get() + jumped.get();
  }

  @Override
  public long nanos() {
    return micros.get() * 1000;
  }
}
