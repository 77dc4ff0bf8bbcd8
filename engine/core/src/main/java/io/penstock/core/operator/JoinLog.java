package io.penstock.core.operator;

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
 * What a join keeps over processes: a log of the rows that came and of those that have met one
 * since. A snapshot writes what is new as one segment, together with the last ones as long as these
 * have at most twice as many rows; once there are twice as many as may still meet others, all of
 * them. What is over is then left out. Behind the log a segment says how far time and the numbers
 * of rows have come. Single-threaded.
 */
final class JoinLog {
  private static final int FORMAT = 2;
  private static final int LEAST = 4096;

  /** The rows that a join holds. */
  record Rows(JoinSide[] sides, JoinDisk[] disks) {
    boolean isMatched(int side, long number) {
      int place = sides[side].place(number);
      return place >= 0 ? sides[side].isMatched(place) : disks[side].isMatched(number);
    }

    private boolean isThere(int side, long number) {
      int place = sides[side].place(number);
      return place >= 0 ? !sides[side].isOver(place) : !disks[side].isEmpty();
    }

    private long live() {
      return sides[0].live() + sides[1].live() + disks[0].rows() + disks[1].rows();
    }
  }

  /**
   * How far a join has come.
   *
   * @param next the number of the next row of each input
   */
  private record Reached(long watermark, long stamp, long next0, long next1) {
    static final Reached NOTHING = new Reached(TimeTracker.NOTHING, TimeTracker.NOTHING, 0, 0);

    long next(int side) {
      return side == 0 ? next0 : next1;
    }
  }

  /** Takes back what was kept. */
  interface Taker {
    /** How far the join had come is known. */
    void begin();

    void rows(JoinChunk chunk, long[] ends);

    void match(int side, long number);
  }

  private final StepContext context;
  private final JoinEntry entry;
  private final List<NumberList> matched = List.of(new NumberList(), new NumberList());
  private List<Segment> log = List.of();
  private Optional<Segment> times = Optional.empty();
  private Reached reached = Reached.NOTHING;
  private long whole;

  JoinLog(StepContext context, JoinEntry entry) {
    this.context = context;
    this.entry = entry;
  }

  /** A row has met one for the first time. */
  void matched(int side, long number) {
    if (number < reached.next(side)) {
      matched.get(side).add(number);
    }
  }

  /** How many bytes of memory it takes. */
  long bytes() {
    return matched.get(0).bytes() + matched.get(1).bytes();
  }

  /** The watermark of what was given back. */
  long watermark() {
    return reached.watermark();
  }

  /** The stamp of what was given back. */
  long stamp() {
    return reached.stamp();
  }

  /** The number of the next row of an input, after what was given back. */
  long next(int side) {
    return reached.next(side);
  }

  /** Writes what is new. After a failure all is as before. */
  void snapshot(Rows rows, long watermark, long stamp, SnapshotWriter to) throws IOException {
    JoinSide[] sides = rows.sides();
    Reached now = new Reached(watermark, stamp, sides[0].nextNumber(), sides[1].nextNumber());
    long fresh = matched.get(0).size() + matched.get(1).size();
    for (int side = 0; side < 2; side++) {
      fresh += now.next(side) - reached.next(side);
    }
    int kept = kept(fresh, rows.live());
    List<Segment> written = new ArrayList<>(log.subList(0, kept));
    written.forEach(to::keep);
    if (kept < log.size() || fresh > 0) {
      written.add(new Writing(rows, watermark).segment(kept, to));
    }
    if (now.equals(reached) && times.isPresent()) {
      to.keep(times.get());
    } else {
      times = Optional.of(write(now, to));
    }
    whole = kept == 0 ? written.stream().mapToLong(Segment::entries).sum() : whole;
    log = List.copyOf(written);
    reached = now;
    matched.forEach(NumberList::clear);
  }

  /** How many segments stay as they are. */
  private int kept(long fresh, long live) {
    long all = log.stream().mapToLong(Segment::entries).sum() + fresh;
    if (all > 2 * Math.max(live, whole) + LEAST) {
      return 0;
    }
    int kept = log.size();
    long sum = fresh;
    while (sum > 0 && kept > 0 && log.get(kept - 1).entries() <= 2 * sum) {
      sum += log.get(--kept).entries();
    }
    return kept;
  }

  private static Segment write(Reached now, SnapshotWriter to) throws IOException {
    StateOutput output = to.begin();
    output.number(FORMAT);
    output.number(now.watermark());
    output.number(now.stamp());
    output.number(now.next0());
    output.number(now.next1());
    return to.end(0);
  }

  /** One segment being written. */
  private final class Writing {
    private final Rows rows;
    private final long watermark;
    private final long[] first = {Long.MAX_VALUE, Long.MAX_VALUE};
    private long entries;

    Writing(Rows rows, long watermark) {
      this.rows = rows;
      this.watermark = watermark;
    }

    /** Writes what is left of the segments from this one on, and what is new. */
    Segment segment(int from, SnapshotWriter to) throws IOException {
      List<NumberList> met = List.of(new NumberList(), new NumberList());
      StateOutput output = to.begin();
      output.number(FORMAT);
      for (Segment earlier : log.subList(from, log.size())) {
        try (StateInput input = open(to, earlier)) {
          while (input.flag()) {
            write(JoinChunk.read(context.inputs(), input), output);
          }
          met.get(0).addAll(input);
          met.get(1).addAll(input);
        }
      }
      for (int side = 0; side < 2; side++) {
        spilled(side, output);
        for (JoinSide.Left left : rows.sides()[side].left(reached.next(side))) {
          long[] numbers = left.numbers();
          boolean[] none = new boolean[numbers.length];
          write(new JoinChunk(side, left.rows(), numbers, new byte[0][], none), output);
        }
        met.get(side).addAll(matched.get(side));
      }
      output.flag(false);
      for (int side = 0; side < 2; side++) {
        // What rows of this segment have met stands beside them.
        long begin = from == 0 ? Long.MIN_VALUE : first[side];
        entries += met.get(side).write(begin, output);
      }
      return to.end(entries);
    }

    private void write(JoinChunk chunk, StateOutput output) throws IOException {
      long[] ends = entry.expiries(chunk.side(), chunk.rows());
      JoinChunk left =
          chunk.left(
              row -> ends[row] > watermark && rows.isThere(chunk.side(), chunk.numbers()[row]));
      if (left.numbers().length == 0) {
        return;
      }
      for (int row = 0; row < left.met().length; row++) {
        left.met()[row] = rows.isMatched(left.side(), left.numbers()[row]);
      }
      first[left.side()] = Math.min(first[left.side()], left.numbers()[0]);
      entries += left.numbers().length;
      output.flag(true);
      left.write(output);
    }

    /** Writes the new rows that are on the disk. */
    private void spilled(int side, StateOutput output) throws IOException {
      long begin = reached.next(side);
      if (!rows.disks()[side].hasFrom(begin)) {
        return;
      }
      try (NumberedRows fresh =
          new NumberedRows(
              rows.disks()[side].from(begin), context.inputs().get(side), context.node().step())) {
        Optional<NumberedRows.Part> next = fresh.next();
        while (next.isPresent()) {
          NumberedRows.Part part = next.get();
          boolean[] none = new boolean[part.numbers().length];
          write(new JoinChunk(side, part.rows(), part.numbers(), part.starts(), none), output);
          next = fresh.next();
        }
      }
    }
  }

  /** Gives back what was kept and is not over. */
  void restore(SnapshotReader from, Taker taker) throws IOException {
    List<Segment> all = from.segments();
    if (all.isEmpty()) {
      return;
    }
    log = List.copyOf(all.subList(0, all.size() - 1));
    times = Optional.of(all.get(all.size() - 1));
    try (StateInput input = open(from::open, times.get())) {
      reached = new Reached(input.number(), input.number(), input.number(), input.number());
    }
    taker.begin();
    for (Segment segment : log) {
      try (StateInput input = open(from::open, segment)) {
        while (input.flag()) {
          restore(JoinChunk.read(context.inputs(), input), taker);
        }
        for (int side = 0; side < 2; side++) {
          for (int left = input.count(Integer.MAX_VALUE); left > 0; left--) {
            taker.match(side, input.number());
          }
        }
      }
    }
  }

  private void restore(JoinChunk chunk, Taker taker) {
    long[] every = entry.expiries(chunk.side(), chunk.rows());
    JoinChunk left = chunk.left(row -> every[row] > reached.watermark());
    if (left.numbers().length > 0) {
      taker.rows(left, entry.expiries(left.side(), left.rows()));
    }
  }

  private static StateInput open(io.penstock.core.state.Segments home, Segment segment)
      throws IOException {
    StateInput input = home.open(segment);
    long format = input.number();
    if (format != FORMAT) {
      input.close();
      throw new DamagedException("a join's state has the format " + format);
    }
    return input;
  }
}
