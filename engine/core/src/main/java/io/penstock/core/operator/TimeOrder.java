package io.penstock.core.operator;

import io.penstock.api.data.Batch;
import io.penstock.api.data.Column;
import io.penstock.api.data.DataType;
import io.penstock.api.data.Provenance;
import io.penstock.api.data.Schema;
import io.penstock.core.state.SnapshotReader;
import io.penstock.core.state.SnapshotWriter;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.PriorityQueue;

/**
 * Holds rows until the watermark has passed their times, and gives them in the order of these; rows
 * of one time by source, split and position, then as they came. Rows that are given up lie on the
 * disk in this order. Single-threaded.
 */
final class TimeOrder implements Stored, AutoCloseable {
  /** Rows that came together, in order, and how many of them were given. */
  private static final class Cursor implements Comparable<Cursor> {
    private final Batch rows;
    private final Provenance from;
    private final int[] order;
    private final long number;
    private int at;

    Cursor(Batch rows, Provenance from, int[] order, long number) {
      this.rows = rows;
      this.from = from;
      this.order = order;
      this.number = number;
    }

    long time() {
      return rows.times().orElseThrow().values()[order[at]];
    }

    @Override
    public int compareTo(Cursor other) {
      int by = Long.compare(time(), other.time());
      by = by != 0 ? by : from.source().compareTo(other.from.source());
      by = by != 0 ? by : from.split().compareTo(other.from.split());
      by = by != 0 ? by : Long.compare(position(), other.position());
      by =
          by != 0
              ? by
              : Integer.compare(from.index(order[at]), other.from.index(other.order[other.at]));
      return by != 0 ? by : Long.compare(number, other.number);
    }

    private long position() {
      return from.position(order[at]);
    }

    SpilledTimes.Row row() {
      return new SpilledTimes.Row(rows, from, order[at], number + order[at]);
    }
  }

  private final Schema schema;
  private final String step;
  private final PriorityQueue<Cursor> cursors = new PriorityQueue<>();
  private final TimedLog log;
  private final SpilledTimes spilled;
  private long watermark = TimeTracker.NOTHING;
  private long number;

  TimeOrder(Schema schema, StepContext context) {
    this.schema = schema;
    this.step = context.node().step();
    this.log = new TimedLog(schema);
    this.spilled = new SpilledTimes(schema, context);
  }

  /** Takes rows, which have times. */
  void add(Batch rows) {
    if (rows.size() == 0) {
      return;
    }
    Provenance from = rows.provenance();
    Provenance plain =
        new Provenance(from.source(), from.split(), from.positions(), from.index(), Map.of());
    Batch held =
        new Batch(schema, rows.size(), rows.columns(), plain, rows.marks().withoutStamps());
    hold(log.add(held, rows.times().orElseThrow().values().clone()).rows());
  }

  private void hold(Batch rows) {
    Batch bare =
        new Batch(schema, rows.size(), rows.columns(), Provenance.none(step), rows.marks());
    cursors.add(new Cursor(bare, rows.provenance(), order(rows), number));
    number += rows.size();
  }

  /** The rows of a batch by time, position and index. */
  private static int[] order(Batch rows) {
    int size = rows.size();
    Column.Longs times = rows.times().orElseThrow();
    Provenance from = rows.provenance();
    List<RowOrder.Key> keys = new ArrayList<>();
    keys.add(new RowOrder.Key(DataType.INT, times, false, false));
    if (from.positions().length > 0) {
      long[] positions = from.positions();
      long[] index = new long[size];
      for (int row = 0; row < size; row++) {
        index[row] = from.index(row);
      }
      keys.add(
          new RowOrder.Key(DataType.INT, new Column.Longs(size, positions, null), false, false));
      keys.add(new RowOrder.Key(DataType.INT, new Column.Longs(size, index, null), false, false));
    }
    return new RowOrder(keys).sorted(size);
  }

  /** The watermark has come so far. */
  void reach(long reached) {
    watermark = reached;
    log.reach(reached);
  }

  long watermark() {
    return watermark;
  }

  /** The next rows whose time the watermark has passed, at most a batch; empty where none is. */
  Optional<Batch> next() {
    List<Batch> parts = new ArrayList<>();
    int size = 0;
    while (size < Batch.MAX_ROWS && hasDue()) {
      int most = Batch.MAX_ROWS - size;
      Batch part = spilled.isEmpty() ? held(most) : spilled.isFirst(first()) ? read(most) : held(1);
      parts.add(part);
      size += part.size();
    }
    return parts.isEmpty() ? Optional.empty() : Optional.of(Rows.concat(schema, parts));
  }

  private boolean hasDue() {
    return !cursors.isEmpty() && cursors.peek().time() <= watermark || spilled.hasDue(watermark);
  }

  /** The next rows of the batch in memory that is first. */
  private Batch held(int most) {
    Cursor first = cursors.remove();
    int[] run = new int[Math.min(first.order.length - first.at, most)];
    int count = 0;
    do {
      run[count++] = first.order[first.at++];
    } while (count < run.length
        && first.time() <= watermark
        && (cursors.isEmpty() || first.compareTo(cursors.peek()) < 0));
    if (first.at < first.order.length) {
      cursors.add(first);
    }
    return first.rows.gather(run, count);
  }

  /** The rows on the disk that are before all in memory. */
  private Batch read(int most) {
    Optional<SpilledTimes.Row> until = first();
    int count = 0;
    while (count < most && spilled.hasDue(watermark) && spilled.isFirst(until)) {
      spilled.take();
      count++;
    }
    return spilled.taken();
  }

  /** The first row in memory. */
  private Optional<SpilledTimes.Row> first() {
    return Optional.ofNullable(cursors.peek()).map(Cursor::row);
  }

  /** Gives all rows to the disk. */
  void giveUp() {
    if (!cursors.isEmpty()) {
      spilled.add(this::following, number);
      log.forget();
    }
  }

  /** Takes the next row away from those in memory, however far time has come. */
  private Optional<SpilledTimes.Row> following() {
    Optional<SpilledTimes.Row> row = first();
    if (row.isPresent()) {
      Cursor first = cursors.remove();
      first.at++;
      if (first.at < first.order.length) {
        cursors.add(first);
      }
    }
    return row;
  }

  /** Lets go of rows that were given; after all that are due. */
  void tidy() {
    if (log.prune()) {
      refill();
    }
  }

  private void refill() {
    cursors.clear();
    for (TimedLog.Chunk chunk : log.chunks()) {
      hold(chunk.rows());
    }
  }

  /** About how many bytes of memory the rows take. */
  long bytes() {
    return log.bytes();
  }

  @Override
  public void snapshot(SnapshotWriter to) throws IOException {
    log.snapshot(to, spilled);
    spilled.settled(number);
  }

  @Override
  public void restore(SnapshotReader from) throws IOException {
    restore(from, () -> {});
  }

  /**
   * Takes rows back.
   *
   * @param held called whenever more is held
   */
  void restore(SnapshotReader from, Runnable held) throws IOException {
    log.restore(
        from,
        chunk -> {
          hold(chunk.rows());
          held.run();
        });
    watermark = log.watermark();
    spilled.settled(number);
  }

  @Override
  public void close() {
    spilled.close();
  }
}
