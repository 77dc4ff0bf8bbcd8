package io.penstock.testkit.simulation;

import io.penstock.api.system.Scheduler;
import java.time.Duration;

/** Starts no threads: who simulates does their steps. Sleeping moves the clock. */
public final class SimulatedScheduler implements Scheduler {
  private final SimulatedClock clock;
  private final Power power;

  /** A scheduler for processes that have this power. */
  public SimulatedScheduler(SimulatedClock clock, Power power) {
    this.clock = clock;
    this.power = power;
  }

  @Override
  public Handle start(String name, Runnable work) {
    return atMost -> true;
  }

  @Override
  public void sleep(Duration duration) {
    power.step("sleep", "", duration.toMillis());
    clock.advance(duration);
  }
}
