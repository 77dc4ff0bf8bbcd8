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

/**
 * Rows that are held until the watermark has reached a moment of each. On disk a log of them, a
 * segment for each epoch; begun anew whenever it has grown past what is held. Single-threaded.
 */
final class TimedLog implements Stored {
  private static final int FORMAT = 1;
  private static final int LEAST = 4096;

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

  private final Schema schema;
  private List<Chunk> written = new ArrayList<>();
  private List<Chunk> fresh = new ArrayList<>();
  private List<Segment> segments = List.of();
  private long onDisk;
  private long watermark = TimeTracker.NOTHING;
  private long rows;
  private long pruneAt = LEAST;
  private long bytes;

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

  /** About how many bytes of memory the rows take. */
  long bytes() {
    return bytes;
  }

  @Override
  public void snapshot(SnapshotWriter to) throws IOException {
    long live = chunks().stream().mapToLong(chunk -> chunk.live(watermark)).sum();
    boolean anew = onDisk > 2 * live + LEAST;
    List<Segment> now = new ArrayList<>(anew ? List.of() : segments);
    now.forEach(to::keep);
    List<Chunk> news = left(anew ? chunks() : fresh);
    StateOutput output = to.begin();
    output.number(FORMAT);
    output.number(watermark);
    output.number(news.size());
    long entries = 0;
    for (Chunk chunk : news) {
      write(chunk, output);
      entries += chunk.until().length;
    }
    now.add(to.end(entries));
    segments = List.copyOf(now);
    onDisk = (anew ? 0 : onDisk) + entries;
    written.addAll(fresh);
    fresh.clear();
  }

  private static void write(Chunk chunk, StateOutput to) throws IOException {
    BatchCodec.write(chunk.rows(), to);
    to.longs(chunk.until(), chunk.until().length);
    var windows = chunk.rows().marks().windows();
    to.flag(windows.isPresent());
    if (windows.isPresent()) {
      BatchCodec.write(windows.get().starts(), to);
      BatchCodec.write(windows.get().ends(), to);
    }
  }

  @Override
  public void restore(SnapshotReader from) throws IOException {
    segments = List.copyOf(from.segments());
    List<Chunk> all = new ArrayList<>();
    for (Segment segment : segments) {
      try (StateInput input = from.open(segment)) {
        long format = input.number();
        if (format != FORMAT) {
          throw new DamagedException("rows held by time have the format " + format);
        }
        watermark = input.number();
        for (int left = input.count(Integer.MAX_VALUE); left > 0; left--) {
          Chunk chunk = read(input);
          onDisk += chunk.until().length;
          all.add(chunk);
        }
      }
    }
    written = left(all);
    for (Chunk chunk : written) {
      rows += chunk.until().length;
      bytes += Columns.bytes(chunk.rows()) + 8L * chunk.until().length;
    }
    pruneAt = Math.max(LEAST, 2 * rows);
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
