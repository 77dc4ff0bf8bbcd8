package io.penstock.core.operator;

import io.penstock.api.data.Batch;
import io.penstock.api.data.Column;
import io.penstock.api.data.RowMarks;
import io.penstock.core.state.BatchCodec;
import io.penstock.core.state.DamagedException;
import io.penstock.core.state.Segment;
import io.penstock.core.state.SnapshotReader;
import io.penstock.core.state.SnapshotWriter;
import io.penstock.core.state.StateInput;
import io.penstock.core.state.StateOutput;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * What a join keeps on disk: a log of the rows that came and of those that have met one, a segment
 * for each epoch that has some; begun anew whenever the rows in memory are. Behind the log a
 * segment says how far time has come. Rows are numbered by side in the order of the log.
 * Single-threaded.
 */
final class JoinState {
  private static final int FORMAT = 1;

  /** A log of so many segments is written anew, as what is in memory. */
  private static final int MOST_SEGMENTS = 32;

  /** Takes rows back. */
  @FunctionalInterface
  interface TakesRows {
    void rows(int side, Batch rows);
  }

  /** Takes back that a row has met one. */
  @FunctionalInterface
  interface TakesMatch {
    void match(int side, int row);
  }

  private final StepContext context;
  private final boolean windows;
  private final int[] written = new int[2];
  private final List<List<Integer>> matched = List.of(new ArrayList<>(), new ArrayList<>());
  private List<Segment> log = List.of();
  private Optional<Segment> times = Optional.empty();
  private boolean anew = true;
  private long watermark = TimeTracker.NOTHING;
  private long stamp = TimeTracker.NOTHING;

  JoinState(StepContext context, boolean windows) {
    this.context = context;
    this.windows = windows;
  }

  /** A row has met one for the first time. */
  void matched(int side, int row) {
    if (row < written[side]) {
      matched.get(side).add(row);
    }
  }

  /** Rows have new numbers. */
  void compacted() {
    anew = true;
  }

  /** The watermark of what was given back. */
  long watermark() {
    return watermark;
  }

  /** The stamp of what was given back. */
  long stamp() {
    return stamp;
  }

  /** Writes what is new. After a failure all is as before. */
  void snapshot(JoinSide[] sides, long reached, long stamped, SnapshotWriter to)
      throws IOException {
    boolean whole = anew || log.size() >= MOST_SEGMENTS;
    List<Segment> now = new ArrayList<>(whole ? List.of() : log);
    now.forEach(to::keep);
    if (whole || hasNew(sides)) {
      now.add(written(sides, whole, to));
    }
    if (reached == watermark && stamped == stamp && times.isPresent()) {
      to.keep(times.get());
    } else {
      StateOutput output = to.begin();
      output.number(FORMAT);
      output.number(reached);
      output.number(stamped);
      times = Optional.of(to.end(0));
    }
    log = List.copyOf(now);
    anew = false;
    watermark = reached;
    stamp = stamped;
    for (int side = 0; side < 2; side++) {
      written[side] = sides[side].size();
      matched.get(side).clear();
    }
  }

  private boolean hasNew(JoinSide[] sides) {
    boolean is = false;
    for (int side = 0; side < 2; side++) {
      is |= sides[side].size() > written[side] || !matched.get(side).isEmpty();
    }
    return is;
  }

  private Segment written(JoinSide[] sides, boolean whole, SnapshotWriter to) throws IOException {
    StateOutput output = to.begin();
    output.number(FORMAT);
    long entries = 0;
    for (int side = 0; side < 2; side++) {
      int from = whole ? 0 : written[side];
      List<Batch> chunks = sides[side].chunks(from);
      output.number(chunks.size());
      for (Batch chunk : chunks) {
        BatchCodec.write(chunk, output);
        if (windows) {
          RowMarks.Windows own = chunk.marks().windows().orElseThrow();
          BatchCodec.write(own.starts(), output);
          BatchCodec.write(own.ends(), output);
        }
      }
      List<Integer> met = sides[side].matchedFrom(from);
      met.addAll(whole ? List.of() : matched.get(side));
      output.number(met.size());
      for (int row : met) {
        output.number(row);
      }
      entries += sides[side].size() - from;
    }
    return to.end(entries);
  }

  /** Gives back what was kept. */
  void restore(SnapshotReader from, TakesRows rows, TakesMatch match) throws IOException {
    List<Segment> all = from.segments();
    anew = all.isEmpty();
    if (anew) {
      return;
    }
    log = List.copyOf(all.subList(0, all.size() - 1));
    times = Optional.of(all.get(all.size() - 1));
    for (Segment segment : log) {
      try (StateInput input = open(from, segment)) {
        for (int side = 0; side < 2; side++) {
          restore(side, input, rows, match);
        }
      }
    }
    try (StateInput input = open(from, times.get())) {
      watermark = input.number();
      stamp = input.number();
    }
  }

  private static StateInput open(SnapshotReader from, Segment segment) throws IOException {
    StateInput input = from.open(segment);
    long format = input.number();
    if (format != FORMAT) {
      input.close();
      throw new DamagedException("a join's state has the format " + format);
    }
    return input;
  }

  private void restore(int side, StateInput input, TakesRows rows, TakesMatch match)
      throws IOException {
    for (int chunks = input.count(Integer.MAX_VALUE); chunks > 0; chunks--) {
      Batch chunk = chunk(side, input);
      written[side] += chunk.size();
      rows.rows(side, chunk);
    }
    for (int met = input.count(Integer.MAX_VALUE); met > 0; met--) {
      match.match(side, input.count(written[side]));
    }
  }

  private Batch chunk(int side, StateInput input) throws IOException {
    Batch chunk = BatchCodec.read(context.inputs().get(side), input);
    if (!windows) {
      return chunk;
    }
    Column.Longs starts = (Column.Longs) BatchCodec.read(chunk.size(), input);
    Column.Longs ends = (Column.Longs) BatchCodec.read(chunk.size(), input);
    RowMarks marks = RowMarks.of(chunk.times());
    return chunk.with(marks.withWindows(new RowMarks.Windows(starts, ends)));
  }
}
