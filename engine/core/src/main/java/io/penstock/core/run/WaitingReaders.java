package io.penstock.core.run;

import io.penstock.api.system.Scheduler;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/**
 * The readers that may wait inside a call, each on a thread of its own. One that does not come back
 * when the run ends is left alone. Used by the supervisor only.
 */
final class WaitingReaders {
  /** A reader looks up from its waiting many times in this. */
  private static final Duration PATIENCE = Duration.ofSeconds(1);

  private final List<Waiting> all = new ArrayList<>();
  private final List<Scheduler.Handle> threads = new ArrayList<>();
  private long since;

  /** A reader with the pool of its thread. */
  private record Waiting(ReadTask reader, TaskPool pool) {}

  void add(ReadTask reader, TaskPool pool) {
    all.add(new Waiting(reader, pool));
  }

  /** Whether the thread is that of such a reader; then {@link #halt} waits for it. */
  boolean takes(TaskPool pool, Scheduler.Handle thread) {
    boolean ours = all.stream().anyMatch(waiting -> waiting.pool() == pool);
    if (ours) {
      threads.add(thread);
    }
    return ours;
  }

  /** A barrier is under way: readers that wait do not hold it up. */
  void passBarrier() {
    all.forEach(waiting -> waiting.reader().passBarrier());
  }

  /** Whether the readers had their time to come back, from the first call on. */
  boolean isPatienceOver(long nanos) {
    if (since == 0) {
      since = nanos;
    }
    return nanos - since > PATIENCE.toNanos();
  }

  /**
   * Leaves those alone that are inside a call; their sources end here.
   *
   * @param stays whether that is no end, because a later run goes on with them
   */
  void leave(boolean stays) {
    for (Waiting waiting : all) {
      if (!waiting.pool().isDone() && waiting.reader().abandon(stays)) {
        waiting.pool().done();
      }
    }
  }

  /** Waits for the threads, but not for those whose readers do not come back. */
  void halt() throws InterruptedException {
    for (Scheduler.Handle thread : threads) {
      if (!thread.await(PATIENCE)) {
        leave(false);
      }
    }
  }
}
