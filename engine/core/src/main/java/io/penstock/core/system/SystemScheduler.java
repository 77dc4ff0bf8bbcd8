package io.penstock.core.system;

import io.penstock.api.system.Scheduler;
import java.time.Duration;

/** Threads of the machine. They end with the program, whatever they are doing. */
public final class SystemScheduler implements Scheduler {
  @Override
  public Handle start(String name, Runnable work) {
    Thread thread = new Thread(work, name);
    thread.setDaemon(true);
    thread.start();
    return atMost -> {
      thread.join(Math.max(1, atMost.toMillis()));
      return !thread.isAlive();
    };
  }

  @Override
  public void sleep(Duration duration) throws InterruptedException {
    Thread.sleep(duration.toMillis(), duration.toNanosPart() % 1_000_000);
  }
}
