package io.penstock.core.operator;

import io.penstock.api.data.Batch;
import io.penstock.api.data.Column;
import io.penstock.api.data.ColumnBuilder;
import io.penstock.api.data.Provenance;
import io.penstock.api.data.Schema;
import io.penstock.core.expression.OverCall;
import io.penstock.core.expression.RowErrors;
import io.penstock.core.logical.Over;
import java.util.ArrayDeque;
import java.util.ArrayList;
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
  private static final int ROW = 24;

  private final Schema input;
  private final Schema output;
  private final String step;
  private final OverInput read;
  private final OverFrames frames;
  private final OverGroups groups;
  private final OverTallies tallies;
  private final TimedLog log;
  private final ArrayDeque<Waiting> waiting = new ArrayDeque<>();
  private final boolean running;
  private final boolean holds;
  private final boolean peers;
  private final long within;
  private final long ahead;
  private final long held;
  private final long kept;
  private long watermark = TimeTracker.NOTHING;
  private long taken = Long.MIN_VALUE;
  private long partBytes;
  private boolean untidy;

  OverRows(Over over, StepContext context) {
    this.input = context.inputs().get(0);
    this.output = context.node().schema();
    this.step = context.node().step();
    this.read = new OverInput(over, context);
    this.frames = new OverFrames(over, context);
    this.groups = new OverGroups(read.types(), frames);
    this.tallies = new OverTallies(groups, frames);
    this.log = new TimedLog(input);
    this.running = over.isRunning();
    this.within = over.within().map(TimeTracker::micros).orElse(Long.MAX_VALUE);
    boolean aggregates = over.calls().stream().anyMatch(OverCall.Aggregated.class::isInstance);
    this.peers = aggregates && over.frame() instanceof Over.Range;
    this.ahead = ahead(over);
    this.holds = peers || over.rowsBefore() > 0 || over.rowsAfter() > 0;
    this.held = Windower.plus(Math.max(times(over.rowsBefore()), reach(over)), ahead);
    this.kept = Windower.plus(running || over.rowsBefore() > 0 ? within : reach(over), ahead);
  }

  /** For how long after a row others may come that it looks at. */
  private long ahead(Over over) {
    long time = peers ? TimeTracker.micros(((Over.Range) over.frame()).after()) : 0;
    return Math.max(time, times(over.rowsAfter()));
  }

  /** How far apart so many rows are at most. */
  private long times(long rows) {
    if (rows == 0) {
      return 0;
    }
    return within > Long.MAX_VALUE / rows ? Long.MAX_VALUE : rows * within;
  }

  /** How far back in time aggregates see. */
  private long reach(Over over) {
    return peers ? TimeTracker.micros(((Over.Range) over.frame()).before()) : 0;
  }

  @Override
  public Batch admitted(Batch rows, Operator.Out out) {
    return read.admitted(rows, out);
  }

  @Override
  public Batch rows(Batch rows, Operator.Out out) {
    OverPart part = read.part(rows, new long[0], null);
    if (holds) {
      long[] until = new long[rows.size()];
      for (int row = 0; row < until.length; row++) {
        until[row] = Windower.plus(part.time(row), held);
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
    OverPart part = read.part(chunk.rows(), chunk.until(), null);
    partBytes += part.bytes() + (long) ROW * part.rows().size();
    return part;
  }

  private void take(int id, OverPart part, int row) {
    OverSeries series = groups.current(id);
    long time = part.time(row);
    if (series == null || time > Windower.plus(series.last, within)) {
      series = groups.begin(id);
    }
    series.add(part, row);
    series.last = time;
    waiting.add(new Waiting(series, part, row));
  }

  /** Whether all rows have come that a row of this time looks at. */
  private boolean isComplete(long time) {
    long until = Windower.plus(time, ahead);
    return until <= watermark || (peers || ahead > 0 ? until < taken : time <= taken);
  }

  @Override
  public Optional<Batch> due(Operator.Out out) {
    if (waiting.isEmpty() || !isComplete(waiting.element().time())) {
      tidy();
      return Optional.empty();
    }
    List<Batch> pieces = new ArrayList<>();
    ColumnBuilder[] given = frames.builders();
    RowErrors errors = new RowErrors();
    int size = 0;
    while (size < Batch.MAX_ROWS && !waiting.isEmpty() && isComplete(waiting.element().time())) {
      OverPart part = waiting.element().part();
      int[] rows = new int[Math.min(part.rows().size(), Batch.MAX_ROWS - size)];
      int count = 0;
      while (count < rows.length
          && !waiting.isEmpty()
          && waiting.element().part() == part
          && isComplete(waiting.element().time())) {
        Waiting next = waiting.remove();
        rows[count] = next.row();
        frames.give(next.series(), given, size + count, errors);
        groups.given(next.series());
        count++;
      }
      pieces.add(part.rows().gather(rows, count));
      size += count;
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
    untidy = true;
  }

  /** Lets go of what nobody looks at; after all rows that are complete were given their values. */
  private void tidy() {
    if (!untidy) {
      return;
    }
    untidy = false;
    if (kept != Long.MAX_VALUE && groups.areMany()) {
      List<OverSeries> going = new ArrayList<>();
      waiting.forEach(row -> going.add(row.series()));
      groups.leave(watermark, kept, going);
      tallies.compacted();
    }
    if (holds && log.prune()) {
      replay();
    }
  }

  /** Puts the rows that are held into series anew. */
  private void replay() {
    waiting.clear();
    partBytes = 0;
    frames.values().forEach(OverValue::forgetFrames);
    groups.replay();
    for (TimedLog.Chunk chunk : log.chunks()) {
      OverPart part = held(chunk);
      int[] ids = groups.number(read.keys(part.rows()), part.rows().size());
      for (int row = 0; row < ids.length; row++) {
        if (Windower.plus(part.time(row), ahead) > watermark) {
          take(ids[row], part, row);
        } else {
          takeGiven(ids[row], part, row);
        }
      }
    }
    groups.replayed();
  }

  /** A row that was given its values before. */
  private void takeGiven(int id, OverPart part, int row) {
    OverSeries series = groups.current(id);
    long time = part.time(row);
    if (series == null) {
      series = groups.begin(id);
    } else if (series.end() > series.first()
        && time > Windower.plus(series.time(series.end() - 1), within)) {
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
    return LatestRows.back(reached, ahead);
  }

  @Override
  public long bytes() {
    return log.bytes() + partBytes + 48L * waiting.size() + groups.bytes() + frames.bytes();
  }

  @Override
  public List<Stored> stores() {
    return running ? List.of(log, tallies) : List.of(log);
  }

  @Override
  public void restored() {
    watermark = log.watermark();
    replay();
  }
}
