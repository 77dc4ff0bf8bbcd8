package io.penstock.core.operator;

import io.penstock.api.data.Batch;
import io.penstock.api.data.Column;
import io.penstock.api.data.RowMarks;
import io.penstock.api.data.Schema;
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
import java.util.function.Consumer;

/**
 * Rows that are held until the watermark has reached a moment of each. On disk a log of them, a
 * segment for each epoch; begun anew whenever it has grown past what is held. Rows may be {@link
 * #forget forgotten} here and be held elsewhere. Single-threaded.
 */
final class TimedLog implements Stored {
  private static final int FORMAT = 2;
  private static final int LEAST = 4096;

  /** What a segment costs beside its rows, in rows: without rows they must not pile up. */
  private static final int SEGMENT = 64;

  /**
   * Rows that came together.
   *
   * @param until the watermark at which each is held no longer; may be lowered
   */
  record Chunk(Batch rows, long[] until) {
    int live(long watermark) {
      int count = 0;
      for (long end : until) {
        count += end > watermark ? 1 : 0;
      }
      return count;
    }

    Chunk left(long watermark) {
      int[] kept = new int[until.length];
      int count = 0;
      for (int row = 0; row < until.length; row++) {
        if (until[row] > watermark) {
          kept[count++] = row;
        }
      }
      if (count == until.length) {
        return this;
      }
      long[] ends = new long[count];
      for (int i = 0; i < count; i++) {
        ends[i] = until[kept[i]];
      }
      return new Chunk(rows.gather(kept, count).packed(), ends);
    }
  }

  /** Rows of the log that are held elsewhere. */
  interface Elsewhere {
    /** Takes rows. */
    @FunctionalInterface
    interface Taker {
      void take(Chunk chunk) throws IOException;
    }

    /** How many rows there are. */
    long left();

    /** Gives those that no snapshot has yet. */
    void fresh(Taker taker) throws IOException;

    /** Whether it can tell which of them are still held, so that {@link #all} gives these. */
    default boolean knowsAll() {
      return false;
    }

    /** Gives all that are still held. */
    default void all(Taker taker) throws IOException {}
  }

  /** No rows elsewhere. */
  private record Nowhere() implements Elsewhere {
    @Override
    public long left() {
      return 0;
    }

    @Override
    public void fresh(Taker taker) {}
  }

  private final Schema schema;
  private List<Chunk> written = new ArrayList<>();
  private List<Chunk> fresh = new ArrayList<>();
  private List<Segment> segments = List.of();
  private long onDisk;
  private long watermark = TimeTracker.NOTHING;
  private long rows;
  private long pruneAt = LEAST;
  private long bytes;
  private boolean whole = true;

  TimedLog(Schema schema) {
    this.schema = schema;
  }

  /** Takes rows; their stamps and metadata are left out. */
  Chunk add(Batch added, long[] until) {
    Chunk chunk = new Chunk(added.packed(), until);
    fresh.add(chunk);
    rows += until.length;
    bytes += Columns.bytes(chunk.rows()) + 8L * until.length;
    return chunk;
  }

  /** The watermark has come so far. */
  void reach(long reached) {
    watermark = reached;
  }

  long watermark() {
    return watermark;
  }

  /**
   * Lets go of rows that are held no longer, once they are many; then chunks are others than
   * before.
   */
  boolean prune() {
    if (rows < pruneAt) {
      return false;
    }
    written = left(written);
    fresh = left(fresh);
    rows = 0;
    bytes = 0;
    for (Chunk chunk : chunks()) {
      rows += chunk.until().length;
      bytes += Columns.bytes(chunk.rows()) + 8L * chunk.until().length;
    }
    pruneAt = Math.max(LEAST, 2 * rows);
    return true;
  }

  private List<Chunk> left(List<Chunk> chunks) {
    List<Chunk> left = new ArrayList<>();
    for (Chunk chunk : chunks) {
      Chunk kept = chunk.left(watermark);
      if (kept.until().length > 0) {
        left.add(kept);
      }
    }
    return left;
  }

  /** All rows in the order in which they came, and perhaps some that are held no longer. */
  List<Chunk> chunks() {
    List<Chunk> all = new ArrayList<>(written);
    all.addAll(fresh);
    return all;
  }

  /** The rows in memory that a snapshot has. */
  List<Chunk> written() {
    return List.copyOf(written);
  }

  /** The rows in memory that no snapshot has yet. */
  List<Chunk> fresh() {
    return List.copyOf(fresh);
  }

  /** All rows are held elsewhere from now on. */
  void forget() {
    written.clear();
    fresh.clear();
    rows = 0;
    bytes = 0;
    pruneAt = LEAST;
    whole = false;
  }

  /** About how many bytes of memory the rows take. */
  long bytes() {
    return bytes;
  }

  @Override
  public void snapshot(SnapshotWriter to) throws IOException {
    snapshot(to, new Nowhere());
  }

  /** Writes what is new. */
  void snapshot(SnapshotWriter to, Elsewhere others) throws IOException {
    long live = chunks().stream().mapToLong(chunk -> chunk.live(watermark)).sum();
    boolean anew = onDisk > 2 * (live + others.left()) + LEAST;
    List<Segment> now = new ArrayList<>(anew ? List.of() : segments);
    now.forEach(to::keep);
    StateOutput output = to.begin();
    output.number(FORMAT);
    output.number(watermark);
    long[] entries = {0};
    boolean all = anew && (whole || others.knowsAll());
    for (Segment segment : anew && !all ? segments : List.<Segment>of()) {
      try (StateInput input = to.open(segment)) {
        long unused = watermark(input);
        while (input.flag()) {
          entries[0] += write(read(input).left(watermark), output);
        }
      }
    }
    Elsewhere.Taker taker = chunk -> entries[0] += write(chunk, output);
    if (all) {
      others.all(taker);
    } else {
      others.fresh(taker);
    }
    for (Chunk chunk : left(all ? chunks() : fresh)) {
      entries[0] += write(chunk, output);
    }
    output.flag(false);
    now.add(to.end(entries[0]));
    segments = List.copyOf(now);
    onDisk = (anew ? 0 : onDisk) + SEGMENT + entries[0];
    written.addAll(fresh);
    fresh.clear();
  }

  private static int write(Chunk chunk, StateOutput to) throws IOException {
    if (chunk.until().length == 0) {
      return 0;
    }
    to.flag(true);
    BatchCodec.write(chunk.rows(), to);
    to.longs(chunk.until(), chunk.until().length);
    var windows = chunk.rows().marks().windows();
    to.flag(windows.isPresent());
    if (windows.isPresent()) {
      BatchCodec.write(windows.get().starts(), to);
      BatchCodec.write(windows.get().ends(), to);
    }
    return chunk.until().length;
  }

  @Override
  public void restore(SnapshotReader from) throws IOException {
    restore(from, chunk -> {});
  }

  /** Gives back what was kept and is still held; the rows may be forgotten meanwhile. */
  void restore(SnapshotReader from, Consumer<Chunk> taker) throws IOException {
    segments = List.copyOf(from.segments());
    if (segments.isEmpty()) {
      return;
    }
    try (StateInput last = from.open(segments.get(segments.size() - 1))) {
      watermark = watermark(last);
    }
    for (Segment segment : segments) {
      onDisk += SEGMENT;
      try (StateInput input = from.open(segment)) {
        long unused = watermark(input);
        while (input.flag()) {
          Chunk chunk = read(input);
          onDisk += chunk.until().length;
          Chunk left = chunk.left(watermark);
          if (left.until().length > 0) {
            written.add(left);
            rows += left.until().length;
            bytes += Columns.bytes(left.rows()) + 8L * left.until().length;
            taker.accept(left);
          }
        }
      }
    }
    pruneAt = Math.max(LEAST, 2 * rows);
  }

  private static long watermark(StateInput segment) throws IOException {
    long format = segment.number();
    if (format != FORMAT) {
      throw new DamagedException("rows held by time have the format " + format);
    }
    return segment.number();
  }

  private Chunk read(StateInput from) throws IOException {
    Batch batch = BatchCodec.read(schema, from);
    long[] until = from.longs(batch.size());
    if (from.flag()) {
      Column.Longs starts = (Column.Longs) BatchCodec.read(batch.size(), from);
      Column.Longs ends = (Column.Longs) BatchCodec.read(batch.size(), from);
      batch = batch.with(batch.marks().withWindows(new RowMarks.Windows(starts, ends)));
    }
    return new Chunk(batch, until);
  }
}
