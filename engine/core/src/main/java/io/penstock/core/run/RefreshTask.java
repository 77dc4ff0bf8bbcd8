package io.penstock.core.run;

import io.penstock.api.problem.PipelineException;
import io.penstock.api.problem.Problem;
import io.penstock.api.system.Clock;
import io.penstock.core.operator.LookupTable;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * Reads a table again each time that it is woken, and hands over what has come of it. The reader
 * may wait inside a step, so the task has a thread of its own; whoever closes it does not wait for
 * that step, after which it closes itself.
 */
final class RefreshTask implements Task.Work, AutoCloseable {
  /** What came of a reading. */
  sealed interface Outcome {}

  /**
   * The table was read.
   *
   * @param at when that was begun
   */
  record Read(LookupTable table, ReadTime at) implements Outcome {}

  /** The table could not be read. */
  record Failed(Problem why) implements Outcome {}

  private final TableReader reader;
  private final Clock clock;
  private final ReentrantLock lock = new ReentrantLock();
  private @Nullable ReadTime begun;
  private volatile Optional<Outcome> outcome = Optional.empty();
  private volatile boolean closed;

  RefreshTask(TableReader reader, Clock clock) {
    this.reader = reader;
    this.clock = clock;
  }

  @Override
  public Task.Progress step() {
    lock.lock();
    try {
      return closed ? Task.Progress.WAITS : read();
    } finally {
      lock.unlock();
      if (closed) {
        close();
      }
    }
  }

  private Task.Progress read() {
    ReadTime at = begun == null ? ReadTime.now(clock) : begun;
    begun = at;
    try {
      Optional<LookupTable> made = reader.step();
      if (made.isEmpty()) {
        return Task.Progress.MORE;
      }
      outcome = Optional.of(new Read(made.get(), at));
    } catch (PipelineException e) {
      closeReader();
      outcome = Optional.of(new Failed(e.problem()));
    }
    begun = null;
    return Task.Progress.WAITS;
  }

  /** What came of the last reading, once; for who wakes the task, before the next time. */
  Optional<Outcome> take() {
    Optional<Outcome> came = outcome;
    if (came.isPresent()) {
      outcome = Optional.empty();
    }
    return came;
  }

  @Override
  public void close() {
    closed = true;
    if (lock.tryLock()) {
      try {
        closeReader();
      } finally {
        lock.unlock();
      }
    }
  }

  private void closeReader() {
    try {
      reader.close();
    } catch (PipelineException e) {
      // What was read does not count, so neither does this.
    }
  }
}
