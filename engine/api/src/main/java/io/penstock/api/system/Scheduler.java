package io.penstock.api.system;

import java.time.Duration;

/** Threads and timers, the only way to them for engine and connectors. Thread-safe. */
public interface Scheduler {
  /** Where nobody is to start anything or to wait. */
  Scheduler NONE =
      new Scheduler() {
        @Override
        public Handle start(String name, Runnable work) {
          throw new IllegalStateException("nothing is started here: " + name);
        }

        @Override
        public void sleep(Duration duration) {
          throw new IllegalStateException("nobody waits here: " + duration);
        }
      };

  /** A thread or timer that was started. */
  interface Handle {
    /** Waits for its end, at most so long; true if it has ended. */
    boolean await(Duration atMost) throws InterruptedException;
  }

  /**
   * Starts a named thread that runs until its work returns. Nothing interrupts it; it stops by a
   * flag of its own.
   */
  Handle start(String name, Runnable work);

  /** Waits on the calling thread. */
  void sleep(Duration duration) throws InterruptedException;
}
