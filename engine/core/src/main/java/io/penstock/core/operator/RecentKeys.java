package io.penstock.core.operator;

import io.penstock.api.data.Batch;
import io.penstock.api.data.Column;
import io.penstock.api.data.DataType;
import io.penstock.api.data.Field;
import io.penstock.api.data.Provenance;
import io.penstock.api.data.Schema;
import io.penstock.core.expression.NamedExpression;
import io.penstock.core.logical.Deduplicate;
import io.penstock.core.state.SnapshotReader;
import io.penstock.core.state.SnapshotWriter;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Keys that were let through, with their times, as long as a row that is on time may be near one;
 * in memory as long as there is room, then on the disk. Single-threaded.
 */
final class RecentKeys implements Stored, AutoCloseable {
  private final long within;
  private final StepContext context;
  private final Schema schema;
  private final List<DataType> types = new ArrayList<>();
  private final TimedLog log;
  private final SpilledKeys spilled;
  private KeyIndex index;
  private int[] last = new int[16];
  private int[] before = new int[16];
  private long[] times = new long[16];
  private int entries;

  /**
   * No keys yet.
   *
   * @param deduplicate says what the keys are, and how far apart two rows of one key are that both
   *     pass
   */
  RecentKeys(Deduplicate deduplicate, StepContext context) {
    this.within = within(deduplicate);
    this.context = context;
    List<Field> fields = new ArrayList<>();
    for (NamedExpression key : deduplicate.by()) {
      fields.add(new Field("key" + fields.size(), key.expression().type()));
      types.add(key.expression().type().type());
    }
    this.schema = Schema.of(fields);
    this.log = new TimedLog(schema);
    this.spilled = new SpilledKeys(schema, within, context);
    this.index = KeyIndex.ofKeysOnly(types);
  }

  /** The distance in microseconds; the greatest number where any is near. */
  static long within(Deduplicate deduplicate) {
    return deduplicate.within().map(TimeTracker::micros).orElse(Long.MAX_VALUE);
  }

  /**
   * Takes the keys of rows.
   *
   * @param fresh gets the rows that pass: none of their key is near them
   * @return how many these are
   */
  int take(Column[] keys, Column.Longs at, int[] fresh) {
    int size = at.size();
    int[] ids = new int[size];
    index.number(keys, size, ids);
    int count = 0;
    for (int row = 0; row < size; row++) {
      long time = at.values()[row];
      if (!isNear(ids[row], time)
          && (spilled.isEmpty() || !spilled.isNear(index, ids[row], time))) {
        remember(ids[row], time);
        fresh[count++] = row;
      }
    }
    if (count > 0) {
      Batch all =
          Batch.of(schema, size, keys, Provenance.none(context.node().step())).withTimes(at);
      Batch passed = all.gather(fresh, count);
      TimedLog.Chunk unused = log.add(passed, ends(passed));
    }
    return count;
  }

  private long[] ends(Batch rows) {
    long[] ends = rows.times().orElseThrow().values().clone();
    for (int row = 0; row < ends.length; row++) {
      ends[row] = Windower.plus(ends[row], within);
    }
    return ends;
  }

  /** Whether two times are near each other. */
  static boolean isNear(long time, long other, long within) {
    return Windower.plus(other, within) >= time && Windower.plus(time, within) >= other;
  }

  private boolean isNear(int id, long time) {
    int entry = id < last.length ? last[id] - 1 : -1;
    while (entry >= 0) {
      if (isNear(time, times[entry], within)) {
        return true;
      }
      entry = before[entry] - 1;
    }
    return false;
  }

  /** Numbers of entries are one higher where they are linked, so that none is zero. */
  private void remember(int id, long time) {
    if (id >= last.length) {
      last = Arrays.copyOf(last, Math.max(id + 1, last.length * 2));
    }
    if (entries == times.length) {
      times = Arrays.copyOf(times, entries * 2);
      before = Arrays.copyOf(before, entries * 2);
    }
    times[entries] = time;
    before[entries] = last[id];
    last[id] = ++entries;
  }

  /** The watermark has come so far. */
  void reached(long watermark) {
    log.reach(watermark);
    spilled.reach(watermark);
    if (log.prune()) {
      refill();
    }
  }

  /** Gives all keys in memory to the disk. */
  void giveUp() {
    if (!log.written().isEmpty()) {
      spilled.add(log.written(), log.watermark(), index);
      spilled.settled();
    }
    spilled.add(log.fresh(), log.watermark(), index);
    log.forget();
    refill();
  }

  private void refill() {
    index = KeyIndex.ofKeysOnly(types);
    last = new int[16];
    before = new int[16];
    times = new long[16];
    entries = 0;
    log.chunks().forEach(this::remember);
  }

  private void remember(TimedLog.Chunk chunk) {
    int[] ids = new int[chunk.rows().size()];
    index.number(chunk.rows().columns(), ids.length, ids);
    for (int row = 0; row < ids.length; row++) {
      remember(ids[row], chunk.rows().times().orElseThrow().values()[row]);
    }
  }

  /** About how many bytes of memory they take. */
  long bytes() {
    return inMemory() + spilled.bytes();
  }

  /** About how many of these bytes {@link #giveUp} gives back. */
  long inMemory() {
    return log.bytes() + index.bytes() + 4L * last.length + 12L * times.length;
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
          remember(chunk);
          if (context.memory().isHalf(inMemory())) {
            giveUp();
          }
        });
  }

  @Override
  public void close() {
    spilled.close();
  }
}
