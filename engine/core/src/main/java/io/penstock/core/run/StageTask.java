package io.penstock.core.run;

import io.penstock.api.data.Batch;
import io.penstock.api.data.Provenance;
import io.penstock.api.system.Clock;
import io.penstock.core.expression.RowErrors;
import io.penstock.core.operator.AggregateOperator;
import io.penstock.core.operator.Paced;
import io.penstock.core.operator.TimeTracker;
import io.penstock.core.operator.WindowGroups;
import io.penstock.core.operator.WindowTaker;
import io.penstock.core.operator.WriteOperator;
import java.util.ArrayDeque;
import java.util.Collection;
import java.util.List;
import java.util.function.Function;

/** The one task of a stage that is fed by others: a gathering step and what follows, or a sink. */
final class StageTask implements Task.Work {
  /** A step with the number of its input, for each entry of the stage. */
  record Entry(Fusion.Step step, int input) {}

  private record Rejected(Batch rows, RowErrors errors) {}

  private final List<Feed> feeds;
  private final List<Entry> entries;
  private final Fusion fusion;
  private final Collection<Outlet> outlets;
  private final Leaving leaving;
  private final BatchTime now;
  private final Clock clock;
  private final Watermarks watermarks;
  private final Function<Provenance, Watermarks.Key> keys;
  private final ArrayDeque<Rejected> rejected = new ArrayDeque<>();
  private final ArrayDeque<Integer> ends = new ArrayDeque<>();
  private final boolean[] ended;
  private final boolean[] aligned;
  private boolean begun;
  private volatile boolean tick;
  private long barrier;
  private volatile boolean ending;

  /**
   * A task.
   *
   * @param keys which partition rows are of
   */
  StageTask(
      List<Feed> feeds,
      List<Entry> entries,
      Fusion fusion,
      Collection<Outlet> outlets,
      Leaving leaving,
      BatchTime now,
      Clock clock,
      Function<Provenance, Watermarks.Key> keys) {
    this.feeds = List.copyOf(feeds);
    this.entries = List.copyOf(entries);
    this.fusion = fusion;
    this.outlets = List.copyOf(outlets);
    this.leaving = leaving;
    this.watermarks = leaving.watermarks();
    this.keys = keys;
    this.now = now;
    this.clock = clock;
    this.ended = new boolean[feeds.size()];
    this.aligned = new boolean[feeds.size()];
  }

  @Override
  public Task.Progress step() {
    long start = clock.nanos();
    if (!begun) {
      begun = true;
      now.set(clock.micros());
      for (int port = 0; port < entries.size(); port++) {
        Entry entry = entries.get(port);
        fusion.watermark(entry.step(), entry.input(), watermarks.reached(port));
      }
      for (int port = 0; port < entries.size(); port++) {
        time(port);
      }
    }
    do {
      for (Outlet outlet : outlets) {
        if (!outlet.flush()) {
          return Task.Progress.WAITS;
        }
      }
      if (!fusion.isIdle()) {
        fusion.advance();
      } else if (takeRejected() || takeTick()) {
        continue;
      } else if (ending) {
        return Task.Progress.DONE;
      } else if (release()) {
        continue;
      } else if (!ends.isEmpty() && !holds()) {
        end(ends.remove());
      } else if (allEnded() && ends.isEmpty()) {
        finish();
      } else if (barrierThrough()) {
        align();
      } else if (!poll()) {
        return holds() ? Task.Progress.POLLS : Task.Progress.WAITS;
      }
    } while (clock.nanos() - start < WorkTask.SLICE_NANOS);
    return Task.Progress.MORE;
  }

  /** Lets rows go on for which a step has waited. */
  private boolean release() {
    for (Entry entry : entries) {
      if (entry.step().operator() instanceof Paced paced && paced.isDue()) {
        now.set(clock.micros());
        fusion.release(entry.step());
        return true;
      }
    }
    return false;
  }

  /** Whether a step has rows that wait for the clock; until they are gone no input ends. */
  private boolean holds() {
    for (Entry entry : entries) {
      if (entry.step().operator() instanceof Paced paced && paced.holds()) {
        return true;
      }
    }
    return false;
  }

  private boolean poll() {
    for (int i = 0; i < ended.length; i++) {
      if (!ended[i] && !aligned[i]) {
        Item item = feeds.get(i).poll();
        if (item != null) {
          take(i, item);
          return true;
        }
      }
    }
    return false;
  }

  private void take(int feed, Item item) {
    // What time that has passed hands on is of now too.
    now.set(clock.micros());
    if (item instanceof Item.Rows rows) {
      leaving.givenRows();
      rows(feed, rows);
    } else if (item instanceof Item.Mark mark) {
      watermarks.take(feed, mark, entries.get(mark.port()).step().watermark());
      time(mark.port());
    } else if (item instanceof Item.Passed passed) {
      watermarks.passed(feed, passed);
      time(passed.port());
    } else if (item instanceof Item.Groups groups) {
      leaving.givenRows();
      Entry entry = entries.get(groups.port());
      ((AggregateOperator) entry.step().operator()).groups(groups.state());
    } else if (item instanceof Item.Windows windows) {
      leaving.givenRows();
      windows(feed, windows.port(), windows.block());
    } else if (item instanceof Item.Barrier mark) {
      aligned[feed] = true;
      barrier = mark.epoch();
    } else if (item instanceof Item.End) {
      ended[feed] = true;
      if (!leaving.wasFinished()) {
        ends.add(feed);
      } else if (allEnded() && leaving.hasRows()) {
        // It had ended before, and then was given rows that came back from a sink.
        for (int i = 0; i < ended.length; i++) {
          ends.add(i);
        }
      }
    }
  }

  private void rows(int feed, Item.Rows rows) {
    Entry entry = entries.get(rows.port());
    Batch batch = rows.batch();
    if (batch.marks().stamps().isPresent()) {
      Watermarks.Key key = keys.apply(batch.provenance());
      batch = watermarks.stamped(feed, rows.port(), key, batch, entry.step().watermark());
      fusion.enter(entry.step(), entry.input(), batch);
      time(rows.port());
    } else {
      fusion.enter(entry.step(), entry.input(), batch);
    }
  }

  private void windows(int feed, int port, WindowGroups block) {
    Entry entry = entries.get(port);
    Fusion.Step step = entry.step();
    Watermarks.Key key = keys.apply(block.rows().get(0).provenance());
    long known = watermarks.known(feed, port, key, step.watermark());
    // What enters last is done first.
    time(port);
    if (block.isGrouped()) {
      ((WindowTaker) step.operator()).groups(block, known);
      fusion.drain(step);
      return;
    }
    List<Batch> rows = block.rows();
    for (int i = rows.size() - 1; i >= 0; i--) {
      fusion.enter(step, entry.input(), TimeTracker.raised(rows.get(i), known));
    }
  }

  /** Tells the step of an entry how far its time has come. */
  private void time(int port) {
    Entry entry = entries.get(port);
    fusion.watermark(entry.step(), entry.input(), watermarks.least(port));
  }

  private void end(int feed) {
    List<Integer> ports = feeds.get(feed).ports();
    ports.forEach(port -> watermarks.ended(feed, port));
    ports.forEach(port -> fusion.end(entries.get(port).step()));
    for (int port : ports) {
      if (!entries.get(port).step().isEnded()) {
        time(port);
      }
    }
  }

  /** Rows of this task's sink that came back after the decision fail. Called by the supervisor. */
  void reject(Batch rows, RowErrors errors) {
    synchronized (rejected) {
      rejected.add(new Rejected(rows, errors));
    }
  }

  /** Some time has passed: a sink may want to end a part. Called by the supervisor. */
  void tick() {
    tick = true;
  }

  private boolean takeTick() {
    if (!tick) {
      return false;
    }
    tick = false;
    if (!ending && fusion.steps().get(0).operator() instanceof WriteOperator writer) {
      writer.tick();
    }
    return true;
  }

  /** Whether rows that came back have come too late: the task has given its last. */
  boolean isStranded() {
    synchronized (rejected) {
      return ending && !rejected.isEmpty();
    }
  }

  private boolean takeRejected() {
    Rejected next;
    if (ending) {
      return false;
    }
    synchronized (rejected) {
      next = rejected.poll();
    }
    if (next == null) {
      return false;
    }
    Fusion.Step step = fusion.steps().get(0);
    ((WriteOperator) step.operator()).rejected(next.rows(), next.errors());
    fusion.drain(step);
    return true;
  }

  private boolean allEnded() {
    for (boolean end : ended) {
      if (!end) {
        return false;
      }
    }
    return true;
  }

  /**
   * Whether every input has delivered the barrier or has ended. Where all have ended and rows still
   * wait, no barrier comes any more, and the one that is asked for counts.
   */
  private boolean barrierThrough() {
    boolean any = allEnded() && leaving.isAsked();
    barrier = any ? leaving.asked() : barrier;
    for (int i = 0; i < ended.length; i++) {
      if (!ended[i] && !aligned[i]) {
        return false;
      }
      any |= aligned[i];
    }
    return any;
  }

  private void align() {
    leaving.passed(barrier, fusion);
    toAll(new Item.Barrier(barrier));
    java.util.Arrays.fill(aligned, false);
  }

  private void finish() {
    ending = true;
    now.set(clock.micros());
    leaving.ended(fusion);
    toAll(new Item.End());
  }

  private void toAll(Item item) {
    for (Outlet outlet : outlets) {
      outlet.put(item);
    }
  }

  /** Takes in what is left in the channels and has its turn, after all threads have stopped. */
  void drainLeft() {
    for (Feed feed : feeds) {
      for (Item item = feed.poll(); item != null; item = feed.poll()) {
        if (item instanceof Item.Rows rows) {
          Entry entry = entries.get(rows.port());
          fusion.enter(entry.step(), entry.input(), rows.batch());
        }
        while (!fusion.isIdle()) {
          fusion.advance();
        }
      }
    }
  }

  /** Prepares what was taken in, unless that was done. */
  void prepareLeft() {
    if (!ending) {
      leaving.ended(fusion);
    }
  }
}
