package io.penstock.core.operator;

import io.penstock.api.data.Batch;
import io.penstock.api.data.Column;
import io.penstock.api.data.DataType;
import io.penstock.core.state.SnapshotReader;
import io.penstock.core.state.SnapshotWriter;
import java.io.IOException;
import java.util.Arrays;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.PriorityQueue;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Consumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * The last row of each key, until the watermark has reached a moment of it; in memory as long as
 * there is room, then on the disk. Rows of one batch are put, then {@link #settle} is called with
 * it. Single-threaded.
 */
final class LastRows implements Stored, AutoCloseable {
  /** A row, and how long it is held. */
  static final class Last {
    private final Batch rows;
    private final int row;
    private final long until;
    private long @Nullable [] held;

    Last(Batch rows, int row, long until) {
      this.rows = rows;
      this.row = row;
      this.until = until;
    }

    Batch rows() {
      return rows;
    }

    int row() {
      return row;
    }

    long until() {
      return until;
    }

    long time() {
      return rows.times().orElseThrow().values()[row];
    }

    /** The log need not hold it any more. */
    private void release() {
      if (held != null) {
        held[row] = Long.MIN_VALUE;
        held = null;
      }
    }
  }

  /** When the row of a key may be over; it is looked at again then. */
  private record End(long until, int id) implements Comparable<End> {
    @Override
    public int compareTo(End other) {
      int ends = Long.compare(until, other.until);
      return ends != 0 ? ends : Integer.compare(id, other.id);
    }
  }

  private final StepContext context;
  private final List<DataType> types;
  private final Function<Batch, Column[]> keys;
  private final TimedLog log;
  private final SpilledLast spilled;
  private final PriorityQueue<End> ends = new PriorityQueue<>();
  private final TreeSet<Integer> touched = new TreeSet<>();
  private KeyIndex index;
  private @Nullable Last[] last = new Last[16];

  /**
   * No rows yet.
   *
   * @param keys computes the keys of rows that had some before
   * @param handedOn whether somebody is told of rows that are over
   */
  LastRows(
      List<DataType> types, Function<Batch, Column[]> keys, boolean handedOn, StepContext context) {
    this.types = List.copyOf(types);
    this.keys = keys;
    this.context = context;
    this.log = new TimedLog(context.inputs().get(0));
    this.spilled = new SpilledLast(handedOn, context);
    this.index = KeyIndex.ofKeysOnly(types);
  }

  /** The numbers of keys, good until {@link #reach} and {@link #giveUp}. */
  int[] number(Column[] of, int size) {
    int[] ids = new int[size];
    index.number(of, size, ids);
    return ids;
  }

  /** The last row of a key; null where there is none. */
  @Nullable Last last(int id) {
    Last now = inMemory(id);
    return now != null || spilled.isEmpty() ? now : spilled.find(index, id).orElse(null);
  }

  private @Nullable Last inMemory(int id) {
    return id >= 0 && id < last.length ? last[id] : null;
  }

  /** A row is the last of its key now. */
  void put(int id, Batch rows, int row, long until) {
    Last before = inMemory(id);
    if (before == null) {
      ends.add(new End(until, id));
    } else {
      before.release();
    }
    if (id >= last.length) {
      last = Arrays.copyOf(last, Math.max(id + 1, last.length * 2));
    }
    last[id] = new Last(rows, row, until);
    touched.add(id);
  }

  /** Holds the rows that were put and are still the last of their keys. */
  void settle(Batch of) {
    int[] ids = touched.stream().mapToInt(Integer::intValue).toArray();
    touched.clear();
    if (ids.length == 0) {
      return;
    }
    int[] rows = new int[ids.length];
    long[] until = new long[ids.length];
    for (int i = 0; i < ids.length; i++) {
      Last now = java.util.Objects.requireNonNull(last[ids[i]]);
      rows[i] = now.row;
      until[i] = now.until;
    }
    TimedLog.Chunk chunk = log.add(of.gather(rows, rows.length), until);
    for (int i = 0; i < ids.length; i++) {
      hold(ids[i], chunk, i);
    }
  }

  private void hold(int id, TimedLog.Chunk chunk, int row) {
    Last now = new Last(chunk.rows(), row, chunk.until()[row]);
    now.held = chunk.until();
    last[id] = now;
  }

  /**
   * Hands on some of the rows on the disk that are over once the watermark has come so far; false
   * where there are none. All of them before {@link #reach}.
   */
  boolean release(long watermark, Consumer<Last> over) {
    return spilled.release(
        watermark, key -> inMemory(index.number(key, 0, key.length, false)) != null, over);
  }

  /**
   * The watermark has come so far; hands on the rows in memory that are over, in the order in which
   * they are.
   */
  void reach(long watermark, Consumer<Last> over) {
    while (!ends.isEmpty() && ends.peek().until() <= watermark) {
      End end = ends.remove();
      Last now = last[end.id()];
      if (now != null && now.until > watermark) {
        ends.add(new End(now.until, end.id()));
      } else if (now != null) {
        over.accept(now);
        now.release();
        last[end.id()] = null;
      }
    }
    log.reach(watermark);
    spilled.reach(watermark);
    if (log.prune()) {
      refill();
    }
  }

  private void refill() {
    forget();
    log.chunks().forEach(this::take);
  }

  private void forget() {
    index = KeyIndex.ofKeysOnly(types);
    last = new Last[16];
    ends.clear();
  }

  /** Takes back rows of which each may be the last of its key. */
  private void take(TimedLog.Chunk chunk) {
    int[] ids = number(keys.apply(chunk.rows()), chunk.rows().size());
    for (int row = 0; row < ids.length; row++) {
      if (chunk.until()[row] > log.watermark()) {
        put(ids[row], chunk.rows(), row, chunk.until()[row]);
        hold(ids[row], chunk, row);
      }
    }
    touched.clear();
  }

  /** Gives all rows in memory to the disk. */
  void giveUp() {
    if (index.size() == 0) {
      return;
    }
    Set<long[]> fresh = Collections.newSetFromMap(new IdentityHashMap<>());
    log.fresh().forEach(chunk -> fresh.add(chunk.until()));
    spilled.add(
        index,
        id -> {
          Last now = inMemory(id);
          return now == null || now.until <= log.watermark() ? null : now;
        },
        now -> now.held != null && fresh.contains(now.held));
    log.forget();
    forget();
  }

  /** Whether no row is on the disk. */
  boolean isInMemory() {
    return spilled.isEmpty();
  }

  /** About how many bytes of memory they take. */
  long bytes() {
    return inMemory() + spilled.bytes();
  }

  /** About how many of these bytes {@link #giveUp} gives back. */
  long inMemory() {
    return log.bytes() + index.bytes() + 56L * last.length;
  }

  @Override
  public void snapshot(SnapshotWriter to) throws IOException {
    log.snapshot(to, spilled);
    spilled.settled();
  }

  @Override
  public void restore(SnapshotReader from) throws IOException {
    log.restore(
        from,
        chunk -> {
          take(chunk);
          if (context.memory().isHalf(inMemory())) {
            giveUp();
          }
        });
    spilled.reach(log.watermark());
    spilled.settled();
  }

  @Override
  public void close() {
    spilled.close();
  }
}
