package io.penstock.core.run;

import io.penstock.api.system.Scheduler;
import io.penstock.testkit.ManualClock;
import java.time.Duration;

/**
 * The scheduler of a run that one thread does alone: nothing is started but the compiler, at once,
 * and the clock goes on while the run sleeps.
 *
 * @param whileAsleep done after each sleep
 */
record Alone(ManualClock clock, Runnable whileAsleep) implements Scheduler {
  @Override
  public Handle start(String name, Runnable work) {
    if (name.equals("penstock-compile")) {
      work.run();
    }
    return atMost -> true;
  }

  @Override
  public void sleep(Duration duration) {
    clock.advance(duration);
    whileAsleep.run();
  }
}
