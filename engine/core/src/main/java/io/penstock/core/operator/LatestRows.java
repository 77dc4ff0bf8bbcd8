package io.penstock.core.operator;

import io.penstock.api.data.Batch;
import io.penstock.api.data.DataType;
import io.penstock.api.data.Schema;
import io.penstock.core.logical.Deduplicate;
import io.penstock.core.state.SnapshotReader;
import io.penstock.core.state.SnapshotWriter;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.PriorityQueue;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * Of rows of one key that are near by time to the first of them, passes the latest, when no other
 * can come.
 */
final class LatestRows implements Sequence {
  /** The latest row so far of a key, and until when others may come. */
  private static final class Open {
    private final long until;
    private Batch rows;
    private int row;
    private long @Nullable [] held;

    Open(long until, Batch rows, int row) {
      this.until = until;
      this.rows = rows;
      this.row = row;
    }

    /** Another row takes its place. */
    void replace(Batch newRows, int newRow) {
      release();
      rows = newRows;
      row = newRow;
    }

    /** The log need not hold its row any more. */
    void release() {
      if (held != null) {
        held[row] = Long.MIN_VALUE;
        held = null;
      }
    }
  }

  /** When an open key is over. */
  private record End(long until, int id) implements Comparable<End> {
    @Override
    public int compareTo(End other) {
      int ends = Long.compare(until, other.until);
      return ends != 0 ? ends : Integer.compare(id, other.id);
    }
  }

  private final StepCounters counters;
  private final RowKeys keys;
  private final Schema schema;
  private final long within;
  private final List<DataType> types;
  private final TimedLog log;
  private final PriorityQueue<End> ends = new PriorityQueue<>();
  private final List<Batch> over = new ArrayList<>();
  private KeyIndex index;
  private @Nullable Open[] open = new Open[16];

  LatestRows(Deduplicate deduplicate, StepContext context) {
    this.counters = context.counters();
    this.keys = new RowKeys(deduplicate.by(), context);
    this.schema = context.inputs().get(0);
    this.within = RecentKeys.within(deduplicate);
    this.types = deduplicate.by().stream().map(by -> by.expression().type().type()).toList();
    this.log = new TimedLog(schema);
    this.index = KeyIndex.ofKeysOnly(types);
  }

  @Override
  public Batch rows(Batch rows, Operator.Out out) {
    RowKeys.Keyed keyed = keys.of(rows, out);
    Batch good = keyed.rows();
    int[] ids = new int[good.size()];
    index.number(keyed.keys(), good.size(), ids);
    TreeSet<Integer> touched = new TreeSet<>();
    for (int row = 0; row < ids.length; row++) {
      take(ids[row], good, row);
      touched.add(ids[row]);
    }
    keep(good, touched);
    return good.gather(new int[0], 0);
  }

  private void take(int id, Batch rows, int row) {
    long time = rows.times().orElseThrow().values()[row];
    Open now = id < open.length ? open[id] : null;
    if (now != null && time <= now.until) {
      now.replace(rows, row);
      counters.filtered(1);
      return;
    }
    if (now != null) {
      close(now);
    }
    begin(id, new Open(Windower.plus(time, within), rows, row));
  }

  private void begin(int id, Open fresh) {
    if (id >= open.length) {
      open = Arrays.copyOf(open, Math.max(id + 1, open.length * 2));
    }
    open[id] = fresh;
    ends.add(new End(fresh.until, id));
  }

  private void close(Open now) {
    over.add(now.rows.gather(new int[] {now.row}, 1));
    now.release();
  }

  /** Puts the latest rows of the keys that were touched into the log. */
  private void keep(Batch rows, TreeSet<Integer> touched) {
    int[] kept = new int[touched.size()];
    long[] until = new long[kept.length];
    List<Open> each = new ArrayList<>();
    for (int id : touched) {
      Open now = java.util.Objects.requireNonNull(open[id]);
      kept[each.size()] = now.row;
      until[each.size()] = now.until;
      each.add(now);
    }
    if (kept.length > 0) {
      TimedLog.Chunk chunk = log.add(rows.gather(kept, kept.length), until);
      for (int row = 0; row < kept.length; row++) {
        hold(each.get(row), chunk, row);
      }
    }
  }

  private static void hold(Open now, TimedLog.Chunk chunk, int row) {
    now.rows = chunk.rows();
    now.row = row;
    now.held = chunk.until();
  }

  @Override
  public void reached(long watermark) {
    while (!ends.isEmpty() && ends.peek().until() <= watermark) {
      End end = ends.remove();
      Open now = open[end.id()];
      if (now != null && now.until == end.until()) {
        close(now);
        open[end.id()] = null;
      }
    }
    log.reach(watermark);
    if (log.prune()) {
      refill();
    }
  }

  private void refill() {
    index = KeyIndex.ofKeysOnly(types);
    open = new Open[16];
    ends.clear();
    for (TimedLog.Chunk chunk : log.chunks()) {
      int[] ids = new int[chunk.rows().size()];
      index.number(keys.of(chunk.rows()), ids.length, ids);
      for (int row = 0; row < ids.length; row++) {
        if (chunk.until()[row] > log.watermark()) {
          Open before = ids[row] < open.length ? open[ids[row]] : null;
          if (before != null) {
            before.release();
          }
          Open now = new Open(chunk.until()[row], chunk.rows(), row);
          begin(ids[row], now);
          hold(now, chunk, row);
        }
      }
    }
  }

  @Override
  public Optional<Batch> due() {
    int count = Math.min(over.size(), Batch.MAX_ROWS);
    if (count == 0) {
      return Optional.empty();
    }
    List<Batch> next = over.subList(0, count);
    Batch rows = Rows.concat(schema, next);
    next.clear();
    return Optional.of(rows);
  }

  @Override
  public long handedOn(long watermark) {
    if (watermark == Long.MAX_VALUE || watermark == TimeTracker.NOTHING) {
      return watermark;
    }
    long before = watermark - within;
    return before > watermark ? TimeTracker.NOTHING : before;
  }

  @Override
  public long bytes() {
    return log.bytes() + index.bytes() + 48L * open.length;
  }

  @Override
  public void snapshot(SnapshotWriter to) throws IOException {
    log.snapshot(to);
  }

  @Override
  public void restore(SnapshotReader from) throws IOException {
    log.restore(from);
    refill();
  }
}
