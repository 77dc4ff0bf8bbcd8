package io.penstock.core.run;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * The tasks that may go on, taken by a fixed set of threads. The first failure of a task stops all
 * of them. A thread is not woken for a task while another one is about to come for it: to wake up
 * takes longer than a short step.
 */
final class TaskPool {
  /** A reader that helps does not read, so it does not go on with it. */
  private static final int MOST_HELP = 16;

  private final ReentrantLock lock = new ReentrantLock();
  private final Condition runnable = lock.newCondition();
  private final Condition event = lock.newCondition();
  private final ArrayDeque<Task> queue = new ArrayDeque<>();
  private final List<Task> polling = new ArrayList<>();
  private final Consumer<Throwable> failed;
  private int working;
  private int helping;
  private boolean attended;
  private int left;
  private boolean stopped;
  private boolean rung;

  /**
   * An empty pool.
   *
   * @param failed is told of the first failure
   */
  TaskPool(Consumer<Throwable> failed) {
    this.failed = failed;
  }

  /** Adds a task; it is begun when it is woken. */
  Task task(String name, Task.Work work) {
    lock.lock();
    try {
      left++;
      return new Task(name, this, work);
    } finally {
      lock.unlock();
    }
  }

  void queue(Task task) {
    lock.lock();
    try {
      queue.add(task);
      if (queue.size() > working + helping) {
        runnable.signal();
      }
    } finally {
      lock.unlock();
    }
  }

  /**
   * Does on the calling thread, which is none of the pool's, what gives tasks something to do; and
   * then a few steps of theirs, where threads do them and none does any now.
   *
   * @param tells whether the supervisor is woken when nothing is left to do then; else it looks
   *     soon enough, and to be woken for each record read costs more than the rest
   */
  void helping(Runnable giving, boolean tells) {
    helps(1);
    try {
      giving.run();
      for (int i = 0; i < MOST_HELP && attended; i++) {
        Task task = takeAlone();
        if (task == null) {
          return;
        }
        run(task, tells);
        helps(1);
      }
    } finally {
      helps(-1);
    }
  }

  private void helps(int more) {
    lock.lock();
    try {
      helping += more;
      callForQueued();
    } finally {
      lock.unlock();
    }
  }

  private @Nullable Task takeAlone() {
    lock.lock();
    try {
      if (stopped || working > 0 || queue.isEmpty()) {
        return null;
      }
      helping--;
      working++;
      return queue.poll();
    } finally {
      lock.unlock();
    }
  }

  /** Wakes threads for tasks for which nobody would come at once. */
  private void callForQueued() {
    for (int i = working + helping; i < queue.size(); i++) {
      runnable.signal();
    }
  }

  /** Wakes a thread where a task still waits for one that does a long step. */
  void callForWaiting() {
    lock.lock();
    try {
      if (!queue.isEmpty()) {
        runnable.signal();
      }
    } finally {
      lock.unlock();
    }
  }

  /** The task wants to be woken by {@link #wakePolling}. */
  void polls(Task task) {
    lock.lock();
    try {
      polling.add(task);
    } finally {
      lock.unlock();
    }
  }

  /** Wakes the tasks that look for news from time to time. */
  void wakePolling() {
    List<Task> woken;
    lock.lock();
    try {
      woken = new ArrayList<>(polling);
      polling.clear();
    } finally {
      lock.unlock();
    }
    woken.forEach(Task::wake);
  }

  void done() {
    lock.lock();
    try {
      left--;
      event.signalAll();
    } finally {
      lock.unlock();
    }
  }

  /** No more steps; those under way are finished. */
  void stop() {
    lock.lock();
    try {
      stopped = true;
      runnable.signalAll();
      event.signalAll();
    } finally {
      lock.unlock();
    }
  }

  boolean isStopped() {
    lock.lock();
    try {
      return stopped;
    } finally {
      lock.unlock();
    }
  }

  /** Whether all tasks are done. */
  boolean isDone() {
    lock.lock();
    try {
      return left == 0;
    } finally {
      lock.unlock();
    }
  }

  /** Whether nothing goes on, and nothing will without news from outside. */
  boolean isQuiet() {
    lock.lock();
    try {
      return queue.isEmpty() && working == 0;
    } finally {
      lock.unlock();
    }
  }

  /** Whether some task looks for news from time to time. */
  boolean hasPolling() {
    lock.lock();
    try {
      return !polling.isEmpty();
    } finally {
      lock.unlock();
    }
  }

  /** The supervisor is to look; if it does not wait now, it does not begin to. */
  void ring() {
    lock.lock();
    try {
      rung = true;
      event.signalAll();
    } finally {
      lock.unlock();
    }
  }

  /** Waits until the supervisor should look, at most so long. */
  void awaitEvent(long nanos) throws InterruptedException {
    lock.lock();
    try {
      boolean nothing = !stopped && !rung && left > 0;
      if (nothing) {
        boolean unused = event.await(nanos, TimeUnit.NANOSECONDS);
      }
      rung = false;
    } finally {
      lock.unlock();
    }
  }

  /** Waits until no thread does a step any more; after {@link #stop}. */
  void awaitStopped() throws InterruptedException {
    lock.lock();
    try {
      while (working > 0) {
        event.await();
      }
    } finally {
      lock.unlock();
    }
  }

  /** What a thread does, until the pool is stopped. */
  void work() {
    attend();
    for (Task task = take(); task != null; task = take()) {
      run(task, true);
    }
  }

  private void attend() {
    lock.lock();
    attended = true;
    lock.unlock();
  }

  private void run(Task task, boolean tells) {
    try {
      task.run();
    } catch (Throwable e) {
      // The one place: whatever a step throws ends the run, with a problem.
      fail(e);
    } finally {
      finished(tells);
    }
  }

  /** Does one step on the calling thread, of the task at this place of the queue; for tests. */
  boolean step(int choice) {
    Task chosen;
    lock.lock();
    try {
      if (stopped || queue.isEmpty()) {
        return false;
      }
      List<Task> all = new ArrayList<>(queue);
      chosen = all.get(Math.floorMod(choice, all.size()));
      queue.remove(chosen);
      working++;
    } finally {
      lock.unlock();
    }
    run(chosen, true);
    return true;
  }

  void fail(Throwable e) {
    failed.accept(e);
    stop();
  }

  private @Nullable Task take() {
    lock.lock();
    try {
      while (queue.isEmpty() && !stopped) {
        runnable.awaitUninterruptibly();
      }
      if (stopped) {
        return null;
      }
      working++;
      return queue.poll();
    } finally {
      lock.unlock();
    }
  }

  private void finished(boolean tells) {
    lock.lock();
    try {
      working--;
      if (working == 0 && (stopped || tells && queue.isEmpty())) {
        event.signalAll();
      }
    } finally {
      lock.unlock();
    }
  }
}
