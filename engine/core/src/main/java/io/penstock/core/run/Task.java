package io.penstock.core.run;

import java.util.concurrent.atomic.AtomicReference;

/**
 * Work that is done in short steps which never wait, by one thread at a time. Others wake it when
 * what it waits for may have come; a wake during a step is not lost.
 */
final class Task {
  /** What a step came to. */
  enum Progress {
    /** It may go on at once. */
    MORE,
    /** It waits until it is woken. */
    WAITS,
    /** It waits until it is woken, or for the time being. */
    POLLS,
    /** It is never called again. */
    DONE
  }

  /** A step of work. */
  @FunctionalInterface
  interface Work {
    Progress step();
  }

  private enum State {
    RESTING,
    QUEUED,
    WORKING,
    WOKEN,
    DONE
  }

  private final String name;
  private final TaskPool pool;
  private final Work work;
  private final AtomicReference<State> state = new AtomicReference<>(State.RESTING);

  Task(String name, TaskPool pool, Work work) {
    this.name = name;
    this.pool = pool;
    this.work = work;
  }

  /** Lets the task go on. */
  void wake() {
    while (true) {
      State now = java.util.Objects.requireNonNull(state.get());
      switch (now) {
        case RESTING -> {
          if (state.compareAndSet(now, State.QUEUED)) {
            pool.queue(this);
            return;
          }
        }
        case WORKING -> {
          if (state.compareAndSet(now, State.WOKEN)) {
            return;
          }
        }
        case QUEUED, WOKEN, DONE -> {
          return;
        }
      }
    }
  }

  /** Does a step; only the pool calls this, after the task was queued. */
  void run() {
    state.set(State.WORKING);
    Progress progress = work.step();
    switch (progress) {
      case MORE -> {
        state.set(State.QUEUED);
        pool.queue(this);
      }
      case WAITS, POLLS -> rest(progress);
      case DONE -> {
        state.set(State.DONE);
        pool.done();
      }
    }
  }

  private void rest(Progress progress) {
    if (progress == Progress.POLLS) {
      pool.polls(this);
    }
    if (!state.compareAndSet(State.WORKING, State.RESTING)) {
      state.set(State.QUEUED);
      pool.queue(this);
    }
  }

  @Override
  public String toString() {
    return name;
  }
}
