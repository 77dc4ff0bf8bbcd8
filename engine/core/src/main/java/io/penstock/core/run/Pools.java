package io.penstock.core.run;

import io.penstock.api.system.Scheduler;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.IntSupplier;

/**
 * The pools of tasks of a run and their threads: the first one's tasks are done by all workers,
 * each of the others belongs to a reader that may wait, waits for the disk, or reads a table again.
 * Used by the supervisor.
 */
final class Pools {
  private static final Duration PATIENCE = Duration.ofSeconds(1);

  private final List<TaskPool> all = new ArrayList<>();
  private final List<TaskPool> beside = new ArrayList<>();
  private final List<Scheduler.Handle> threads = new ArrayList<>();
  private final List<Scheduler.Handle> leftAlone = new ArrayList<>();
  private final Consumer<Throwable> failed;
  private Optional<TaskPool> forcing = Optional.empty();

  /**
   * No pools yet.
   *
   * @param failed is told of the first failure of a task
   */
  Pools(Consumer<Throwable> failed) {
    this.failed = failed;
  }

  /** One more pool. */
  TaskPool add() {
    TaskPool pool = new TaskPool(failed);
    all.add(pool);
    return pool;
  }

  /** The pool whose tasks all workers do; after the first {@link #add}. */
  TaskPool first() {
    return all.get(0);
  }

  /**
   * One more pool with a thread of its own, whose tasks may wait inside a step. Nobody waits for
   * them: the run comes to its end, and rests, whatever they do.
   */
  TaskPool addBeside() {
    TaskPool pool = new TaskPool(failed);
    beside.add(pool);
    return pool;
  }

  /** The pool whose tasks wait for the disk; one is added at the first call. */
  TaskPool forcing() {
    TaskPool pool = forcing.orElseGet(this::add);
    forcing = Optional.of(pool);
    return pool;
  }

  private boolean isForcing(TaskPool pool) {
    return forcing.filter(pool::equals).isPresent();
  }

  /** Starts the threads; those of readers that may wait are theirs to wait for. */
  void start(Scheduler scheduler, int workers, Readers readers) {
    for (int i = 0; i < all.size(); i++) {
      TaskPool pool = all.get(i);
      int count = i == 0 ? workers : 1;
      for (int k = 0; k < count; k++) {
        String what = i == 0 ? "work" : isForcing(pool) ? "force" : "read-" + i;
        String name = "penstock-" + what + "-" + k;
        Scheduler.Handle thread = scheduler.start(name, pool::work);
        if (!readers.takes(pool, thread)) {
          threads.add(thread);
        }
      }
    }
    for (int i = 0; i < beside.size(); i++) {
      leftAlone.add(scheduler.start("penstock-beside-" + i, beside.get(i)::work));
    }
  }

  /** Does a step of each pool on the calling thread; false where none had one. */
  boolean step(IntSupplier choice) {
    boolean any = false;
    for (TaskPool pool : all) {
      any |= pool.step(choice.getAsInt());
    }
    for (TaskPool pool : beside) {
      any |= pool.step(choice.getAsInt());
    }
    return any;
  }

  /** Waits until something has happened, at most so long. */
  void awaitEvent(long nanos) throws InterruptedException {
    // What is still to be forced when all else is done is waited for too.
    TaskPool pool = all.get(0).isDone() ? forcing.orElse(all.get(0)) : all.get(0);
    pool.awaitEvent(nanos);
  }

  /** Something has happened. */
  void ring() {
    all.get(0).ring();
    forcing.ifPresent(TaskPool::ring);
  }

  /** Whether nothing is left to do. */
  boolean areDone() {
    for (TaskPool pool : all) {
      if (!pool.isDone()) {
        return false;
      }
    }
    return true;
  }

  /** Whether nothing is left to do, or may be done. */
  boolean areOver() {
    for (TaskPool pool : all) {
      if (!pool.isDone() && !pool.isStopped()) {
        return false;
      }
    }
    return true;
  }

  /** Whether no task can go on at once, whatever waits for the disk. */
  boolean areStill() {
    for (TaskPool pool : all) {
      if (!pool.isQuiet() && !isForcing(pool)) {
        return false;
      }
    }
    return true;
  }

  /** Whether no task can go on, not even after looking for news. */
  boolean areStuck() {
    for (TaskPool pool : all) {
      if (!pool.isQuiet() || pool.hasPolling()) {
        return false;
      }
    }
    return true;
  }

  /** Wakes tasks that look for news, and threads for tasks that have waited for long. */
  void wakePolling() {
    all.forEach(TaskPool::wakePolling);
    all.get(0).callForWaiting();
  }

  /** What the units before have left to do may still fail, and then is the first failure. */
  void fail(RuntimeException first) {
    if (all.get(0).isQuiet()) {
      all.get(0).fail(first);
    }
  }

  /** Stops all threads; what they were doing is finished, but for a step that may wait. */
  void halt() throws InterruptedException {
    all.forEach(TaskPool::stop);
    beside.forEach(TaskPool::stop);
    for (Scheduler.Handle thread : threads) {
      while (!thread.await(Duration.ofSeconds(1))) {
        // A step that is under way never waits for long.
      }
    }
    if (!all.isEmpty()) {
      // A reader that may be left alone may be doing a step of the first pool.
      all.get(0).awaitStopped();
    }
    for (Scheduler.Handle thread : leftAlone) {
      boolean unused = thread.await(PATIENCE);
    }
  }
}
