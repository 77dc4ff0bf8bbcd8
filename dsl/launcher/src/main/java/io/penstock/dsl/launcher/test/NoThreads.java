package io.penstock.dsl.launcher.test;

import io.penstock.api.system.Scheduler;
import java.time.Duration;

/** Starts no threads, for a run whose steps are done by the thread that waits for it. */
record NoThreads(Scheduler real) implements Scheduler {
  @Override
  public Handle start(String name, Runnable work) {
    return atMost -> true;
  }

  @Override
  public void sleep(Duration duration) throws InterruptedException {
    real.sleep(duration);
  }
}
