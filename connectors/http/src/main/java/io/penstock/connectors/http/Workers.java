package io.penstock.connectors.http;

import io.penstock.api.system.Scheduler;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;

/** Some threads that do what they are given, in a queue that is bounded. Thread-safe. */
final class Workers implements Executor {
  private static final long LOOK_MILLIS = 200;

  private final BlockingQueue<Runnable> tasks;
  private final List<Scheduler.Handle> threads = new ArrayList<>();
  private volatile boolean stopping;

  Workers(String name, int count, int most, Scheduler scheduler) {
    tasks = new ArrayBlockingQueue<>(most);
    for (int i = 0; i < count; i++) {
      threads.add(scheduler.start(name + " " + i, this::work));
    }
  }

  private void work() {
    while (!stopping || !tasks.isEmpty()) {
      try {
        Runnable task = tasks.poll(LOOK_MILLIS, TimeUnit.MILLISECONDS);
        if (task != null) {
          task.run();
        }
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        return;
      }
    }
  }

  @Override
  public void execute(Runnable task) {
    if (stopping || !tasks.offer(task)) {
      throw new RejectedExecutionException("too much is to be done");
    }
  }

  /** Does what is left and ends; waits at most so long for each thread. */
  void stop(Duration wait) {
    stopping = true;
    for (Scheduler.Handle thread : threads) {
      try {
        boolean unused = thread.await(wait);
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        return;
      }
    }
  }
}
