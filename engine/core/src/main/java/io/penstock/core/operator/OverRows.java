package io.penstock.core.operator;

import io.penstock.api.data.Batch;
import io.penstock.api.data.ColumnBuilder;
import io.penstock.api.data.Provenance;
import io.penstock.api.data.Schema;
import io.penstock.core.expression.RowErrors;
import io.penstock.core.logical.Over;
import io.penstock.core.state.SnapshotReader;
import io.penstock.core.state.SnapshotWriter;
import io.penstock.json.ByteBuilder;
import java.io.IOException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;

/**
 * Adds to rows what follows from the rows around them in the order of time. A row waits until all
 * rows that it looks at have come.
 */
final class OverRows implements Sequence {
  /** A row that waits for its values. */
  private record Waiting(OverSeries series, OverPart part, int row) {
    long time() {
      return part.time(row);
    }
  }

  /** What a row takes beside its values, in the ring of its series. */
  static final int ROW = 24;

  private final StepContext context;
  private final Schema input;
  private final Schema output;
  private final String step;
  private final OverInput read;
  private final OverFrames frames;
  private final OverGroups groups;
  private final OverTallies tallies;
  private final TimedLog log;
  private final SpilledSeries spilled;
  private final SpilledWaiting away;
  private final ArrayDeque<Waiting> waiting = new ArrayDeque<>();
  private final boolean running;
  private final OverReach reach;
  private long watermark = TimeTracker.NOTHING;
  private long taken = Long.MIN_VALUE;
  private long partBytes;
  private boolean untidy;
  private long arrived;
  private Optional<SnapshotReader> kept = Optional.empty();

  OverRows(Over over, StepContext context) {
    this.context = context;
    this.input = context.inputs().get(0);
    this.output = context.node().schema();
    this.step = context.node().step();
    this.read = new OverInput(over, context);
    this.frames = new OverFrames(over, context);
    this.log = new TimedLog(input);
    this.running = over.isRunning();
    this.reach = OverReach.of(over);
    OverTallies.Codec codec = new OverTallies.Codec(frames);
    this.away = new SpilledWaiting(context);
    this.spilled = new SpilledSeries(codec, reach, context);
    this.groups = new OverGroups(read, frames, spilled);
    this.tallies = new OverTallies(groups, codec, context);
  }

  @Override
  public Batch admitted(Batch rows, Operator.Out out) {
    return read.admitted(rows, out);
  }

  @Override
  public Batch rows(Batch rows, Operator.Out out) {
    if (rows.size() == 0) {
      return Rows.none(output, step);
    }
    OverPart part = numbered(read.part(rows, new long[0], null));
    if (reach.holds()) {
      long[] until = new long[rows.size()];
      for (int row = 0; row < until.length; row++) {
        until[row] = reach.until(part.time(row));
      }
      TimedLog.Chunk chunk = log.add(rows, until);
      part = held(chunk);
    }
    int[] ids = groups.number(read.keys(part.rows()), rows.size());
    for (int row = 0; row < ids.length; row++) {
      take(ids[row], part, row);
    }
    taken = part.time(ids.length - 1);
    return Rows.none(output, step);
  }

  private OverPart held(TimedLog.Chunk chunk) {
    OverPart part = numbered(read.part(chunk.rows(), chunk.until(), null));
    partBytes += part.bytes() + (long) ROW * part.rows().size();
    return part;
  }

  private OverPart numbered(OverPart part) {
    OverPart numbered = part.numbered(arrived);
    arrived += part.rows().size();
    return numbered;
  }

  private void take(int id, OverPart part, int row) {
    OverSeries series = groups.current(id);
    long time = part.time(row);
    if (series == null || reach.isApart(time, series.last)) {
      series = groups.begin(id);
    }
    series.add(part, row);
    series.last = time;
    waiting.add(new Waiting(series, part, row));
  }

  /** Whether all rows have come that a row of this time looks at. */
  private boolean isComplete(long time) {
    long until = reach.complete(time);
    return until <= watermark
        || (reach.peers() || reach.ahead() > 0 ? until < taken : time <= taken);
  }

  /** Whether there is a row that waits, and all have come that it looks at. */
  private boolean hasDue() {
    return !away.isEmpty()
        ? isComplete(away.firstTime())
        : !waiting.isEmpty() && isComplete(waiting.element().time());
  }

  /** The row that waits first; those on the disk came before those in memory. */
  private Waiting next() {
    if (away.isEmpty()) {
      return waiting.remove();
    }
    OverSeries series = groups.waiting(away.take());
    return new Waiting(series, series.part(series.next), series.row(series.next));
  }

  @Override
  public Optional<Batch> due(Operator.Out out) {
    if (!hasDue()) {
      tidy();
      return Optional.empty();
    }
    List<Batch> pieces = new ArrayList<>();
    ColumnBuilder[] given = frames.builders();
    RowErrors errors = new RowErrors();
    int[] rows = new int[Batch.MAX_ROWS];
    int count = 0;
    int size = 0;
    long most = groups.loaded() + context.memory().toSort();
    OverPart part = null;
    while (size < Batch.MAX_ROWS && hasDue() && (size == 0 || groups.loaded() < most)) {
      Waiting next = next();
      if (part != null && next.part() != part) {
        pieces.add(part.rows().gather(rows, count));
        count = 0;
      }
      part = next.part();
      rows[count++] = next.row();
      frames.give(next.series(), given, size++, errors);
      groups.given(next.series());
    }
    if (part != null) {
      pieces.add(part.rows().gather(rows, count));
    }
    return Optional.of(frames.made(plain(Rows.concat(input, pieces)), given, errors, out));
  }

  private Batch plain(Batch rows) {
    return new Batch(input, rows.size(), rows.columns(), Provenance.none(step), rows.marks());
  }

  @Override
  public void reached(long now) {
    watermark = now;
    log.reach(now);
    spilled.reach(now);
    untidy = true;
  }

  /** Lets go of what nobody looks at; after all rows that are complete were given their values. */
  private void tidy() {
    if (!untidy) {
      return;
    }
    untidy = false;
    if (reach.kept() != Long.MAX_VALUE && spilled.isEmpty() && groups.areMany()) {
      List<OverSeries> going = new ArrayList<>();
      waiting.forEach(row -> going.add(row.series()));
      groups.leave(watermark, reach.kept(), going);
      tallies.compacted();
    }
    if (reach.holds() && spilled.isEmpty() && log.prune()) {
      replay();
    }
  }

  /** Puts the rows that are held into series anew. */
  private void replay() {
    waiting.clear();
    partBytes = 0;
    frames.values().forEach(OverValue::forgetFrames);
    groups.replay();
    log.chunks().forEach(this::replay);
    groups.replayed();
  }

  private void replay(TimedLog.Chunk chunk) {
    OverPart part = held(chunk);
    int[] ids = groups.number(read.keys(part.rows()), part.rows().size());
    for (int row = 0; row < ids.length; row++) {
      if (reach.complete(part.time(row)) > watermark) {
        take(ids[row], part, row);
      } else {
        takeGiven(ids[row], part, row);
      }
    }
  }

  /** A row that was given its values before. */
  private void takeGiven(int id, OverPart part, int row) {
    OverSeries series = groups.current(id);
    long time = part.time(row);
    if (series == null) {
      series = groups.begin(id);
    } else if (series.end() > series.first()
        && reach.isApart(time, series.time(series.end() - 1))) {
      series.forget();
    }
    series.add(part, row);
    series.next++;
    series.last = Math.max(series.last, time);
    series.givenTime = Math.max(series.givenTime, time);
    if (groups.given(id) == null) {
      groups.given(series);
    }
  }

  @Override
  public long handedOn(long reached) {
    return LatestRows.back(reached, reach.ahead());
  }

  @Override
  public long bytes() {
    return log.bytes() + partBytes + 48L * waiting.size() + groups.bytes() + frames.bytes();
  }

  @Override
  public void giveUp() {
    giveUpWaiting();
    List<OverPart> fresh = new ArrayList<>();
    if (!log.fresh().isEmpty()) {
      long number = arrived;
      for (TimedLog.Chunk chunk : log.fresh()) {
        number -= chunk.until().length;
      }
      for (TimedLog.Chunk chunk : log.fresh()) {
        fresh.add(read.part(chunk.rows(), chunk.until(), null).numbered(number));
        number += chunk.until().length;
      }
      spilled.addFresh(fresh);
    }
    groups.giveUp();
    log.forget();
    partBytes = 0;
  }

  private void giveUpWaiting() {
    if (waiting.isEmpty()) {
      return;
    }
    Iterator<Waiting> all = waiting.iterator();
    away.add(
        new SpilledWaiting.Rows() {
          private Waiting at = waiting.element();

          @Override
          public boolean next() {
            boolean is = all.hasNext();
            at = is ? all.next() : at;
            return is;
          }

          @Override
          public long number() {
            return at.part().number(at.row());
          }

          @Override
          public long time() {
            return at.time();
          }

          @Override
          public void key(ByteBuilder to) {
            groups.encode(at.series().id, to);
          }
        });
    waiting.clear();
  }

  @Override
  public List<Stored> stores() {
    return running ? List.of(new Held(), tallies) : List.of(new Held());
  }

  /** The rows that are held; they are read when tallies are known. */
  private final class Held implements Stored {
    @Override
    public void snapshot(SnapshotWriter to) throws IOException {
      log.snapshot(to, new All());
      spilled.rowsSettled();
      if (!running) {
        groups.changed().clear();
        spilled.settled();
      }
    }

    @Override
    public void restore(SnapshotReader from) {
      kept = Optional.of(from);
    }
  }

  /** Rows on the disk; to give all of them, all go there. */
  private final class All implements TimedLog.Elsewhere {
    @Override
    public long left() {
      return spilled.left();
    }

    @Override
    public void fresh(Taker taker) throws IOException {
      spilled.fresh(taker);
    }

    @Override
    public boolean knowsAll() {
      return true;
    }

    @Override
    public void all(Taker taker) throws IOException {
      if (!spilled.isEmpty()) {
        giveUp();
        spilled.all(taker);
      }
    }
  }

  @Override
  public void restored() throws IOException {
    groups.replay();
    if (kept.isPresent()) {
      log.restore(
          kept.get(),
          chunk -> {
            // Groups on the disk are not asked yet whether they are over: more of them comes.
            watermark = log.watermark();
            replay(chunk);
            if (context.memory().isHalf(bytes())) {
              giveUp();
            }
          });
      kept = Optional.empty();
    }
    watermark = log.watermark();
    spilled.reach(watermark);
    groups.replayed();
    spilled.rowsSettled();
    spilled.settled();
  }

  @Override
  public void close() {
    spilled.close();
    away.close();
  }
}
