package io.penstock.core.run;

import io.penstock.api.problem.PipelineException;
import io.penstock.api.source.Reader;
import io.penstock.api.system.Clock;
import io.penstock.core.logical.LogicalNode;
import io.penstock.core.operator.Broken;
import io.penstock.core.operator.RowQuota;
import io.penstock.core.operator.StepCounters;
import io.penstock.core.operator.Unit;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.List;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.BooleanSupplier;

/** Reads a source and deals what it reads to the workers in turn. */
final class ReadTask implements Task.Work {
  private final LogicalNode node;
  private final Reader reader;
  private final Reader.Limits limits;
  private final Duration wait;
  private final List<Channel> workers;
  private final Epochs epochs;
  private final BooleanSupplier enough;
  private final FailedUnits broken;
  private final RowQuota quota;
  private final StepCounters counters;
  private final ArrayDeque<Unit> read = new ArrayDeque<>();
  private final UnitQueue out;
  private int turn;
  private long barrier;
  private boolean exhausted;
  private boolean ending;
  private boolean gaveUp;
  private long units;
  private volatile boolean anything;
  private final ReentrantLock calls = new ReentrantLock();
  private boolean inReader;
  private boolean abandoned;

  /**
   * A reading task.
   *
   * @param wait how long the reader may wait; zero where the source does not wait
   * @param enough whether nothing more is wanted
   * @param broken told where the reader gives up; once the run fails, nothing more is read
   */
  ReadTask(
      LogicalNode node,
      Reader reader,
      Reader.Limits limits,
      Duration wait,
      List<Channel> workers,
      Epochs epochs,
      BooleanSupplier enough,
      FailedUnits broken,
      RowQuota quota,
      Clock clock,
      StepCounters counters) {
    this.node = node;
    this.reader = reader;
    this.limits = limits;
    this.wait = wait;
    this.workers = workers;
    this.epochs = epochs;
    this.enough = enough;
    this.broken = broken;
    this.quota = quota;
    this.counters = counters;
    this.out = new UnitQueue(this::add, clock);
  }

  /** Whether something was read since the last call. */
  boolean takeAnything() {
    boolean was = anything;
    anything = false;
    return was;
  }

  @Override
  public Task.Progress step() {
    if (ending) {
      return Task.Progress.DONE;
    }
    if (broken.first().isPresent()) {
      return Task.Progress.WAITS;
    }
    while (!read.isEmpty()) {
      if (!workers.get(turn).put(new Item.Work(read.peek()))) {
        return Task.Progress.WAITS;
      }
      read.poll();
      turn = (turn + 1) % workers.size();
    }
    if (gaveUp) {
      return Task.Progress.WAITS;
    }
    long wanted = epochs.barrier();
    if (wanted > barrier) {
      barrier = wanted;
      toAll(new Item.Barrier(wanted));
    }
    if (exhausted || enough.getAsBoolean() || quota.isUsedUp()) {
      return end();
    }
    if (!workers.get(turn).hasRoom()) {
      return Task.Progress.WAITS;
    }
    return read();
  }

  /**
   * Leaves a reader alone that does not come back, as from a terminal where nobody types: the
   * source ends here, and what the reader may still bring is not taken. Called by the supervisor;
   * true if the reader was inside its call.
   */
  boolean abandon() {
    calls.lock();
    try {
      if (!inReader || abandoned) {
        return false;
      }
      abandoned = true;
      toAll(new Item.End());
      return true;
    } finally {
      calls.unlock();
    }
  }

  private void enter() {
    calls.lock();
    inReader = true;
    calls.unlock();
  }

  /** Whether what was read counts. */
  private boolean leave() {
    calls.lock();
    try {
      inReader = false;
      return !abandoned;
    } finally {
      calls.unlock();
    }
  }

  private Task.Progress read() {
    Reader.Step step;
    enter();
    try {
      step = reader.next(out, limits, wait);
    } catch (IOException e) {
      if (!leave()) {
        return Task.Progress.WAITS;
      }
      return giveUp(Broken.source(node, e));
    } catch (PipelineException e) {
      return leave() ? giveUp(e) : Task.Progress.WAITS;
    }
    if (!leave()) {
      return Task.Progress.WAITS;
    }
    return switch (step) {
      case MORE, SPLIT_ENDED -> Task.Progress.MORE;
      case NOTHING_NOW -> wait.isZero() ? Task.Progress.POLLS : Task.Progress.MORE;
      case ENDED -> {
        exhausted = true;
        yield Task.Progress.MORE;
      }
    };
  }

  private Task.Progress giveUp(RuntimeException why) {
    gaveUp = true;
    broken.failed(node.step(), units, why);
    return Task.Progress.MORE;
  }

  private Task.Progress end() {
    toAll(new Item.End());
    ending = true;
    return Task.Progress.DONE;
  }

  private void toAll(Item item) {
    for (Channel worker : workers) {
      // Marks take no room, so they are never refused.
      boolean unused = worker.put(item);
    }
  }

  private void add(Unit unit) {
    anything = true;
    units++;
    if (unit instanceof Unit.Bytes bytes) {
      counters.bytes(bytes.block().to() - bytes.block().from());
    }
    read.add(unit);
  }
}
