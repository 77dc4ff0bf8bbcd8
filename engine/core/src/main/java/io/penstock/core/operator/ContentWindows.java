package io.penstock.core.operator;

import io.penstock.api.data.Batch;
import io.penstock.api.data.Column;
import io.penstock.api.data.ColumnBuilder;
import io.penstock.api.data.DataType;
import io.penstock.core.logical.Window;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.List;
import java.util.function.IntConsumer;

/**
 * The open windows of all keys of all partitions, where rows say by their content which of them are
 * first or last: at most one of each key. Each has a number as long as it is in memory, not used
 * again, and a name that stays. Single-threaded.
 */
final class ContentWindows {
  static final int NONE = -1;

  /** What ends a window; lengths in microseconds. */
  record Rule(boolean starts, long idle, long maxRows) {
    static Rule of(Window.Content window) {
      return new Rule(
          window.edge() == Window.Edge.STARTS,
          window.idle().map(TimeTracker::micros).orElse(Long.MAX_VALUE),
          window.maxRows().orElse(Long.MAX_VALUE));
    }

    /** Whether a window is over once time has come so far. */
    boolean isIdle(long active, long reached) {
      return idle != Long.MAX_VALUE
          && reached != TimeTracker.NOTHING
          && reached >= Windower.plus(active, idle);
    }
  }

  /**
   * What is known of a window.
   *
   * @param key its key and, at the end, its partition; one row
   * @param start the least time of its rows
   * @param last the greatest one
   * @param active how far time had come in the partition when its last row arrived
   */
  record Open(Column[] key, long name, long start, long last, long active, long rows) {}

  private final List<DataType> types;
  private final Rule rule;
  private final KeyIndex index;
  private final List<Column[]> keys = new ArrayList<>();
  private final BitSet open = new BitSet();
  private int[] current = new int[64];
  private int[] idOf = new int[64];
  private int[] chunkOf = new int[64];
  private int[] rowOf = new int[64];
  private long[] names = new long[64];
  private long[] starts = new long[64];
  private long[] lasts = new long[64];
  private long[] active = new long[64];
  private long[] rows = new long[64];
  private long keyBytes;
  private int size;

  /**
   * No windows yet.
   *
   * @param types of the keys and, at the end, of the partition
   */
  ContentWindows(List<DataType> types, Rule rule) {
    this.types = types;
    this.rule = rule;
    this.index = KeyIndex.ofKeysOnly(types);
    Arrays.fill(current, NONE);
  }

  /**
   * Puts rows of one partition into windows, in their order.
   *
   * @param key the rows' keys and their partition
   * @param found whether the condition is true of each row
   * @param numbers takes the window of each row
   * @param name of the first window that is opened; the following ones count on
   * @param over is told of each window that is over, in order
   */
  void number(
      Column[] key, Batch batch, boolean[] found, int[] numbers, long name, IntConsumer over) {
    int count = batch.size();
    int[] ids = new int[count];
    index.number(key, count, ids);
    grow();
    long[] times = Windower.times(batch);
    long[] stamps = Windower.stamps(batch);
    int[] first = new int[count];
    int opened = 0;
    for (int row = 0; row < count; row++) {
      int window = current[ids[row]];
      if (window != NONE && (rule.starts() && found[row] || isIdle(window, times, stamps, row))) {
        close(window);
        over.accept(window);
        window = NONE;
      }
      if (window == NONE) {
        window = open(ids[row], name + opened, times[row], keys.size(), opened);
        first[opened++] = row;
      }
      numbers[row] = window;
      add(window, times[row], stamps[row]);
      if (!rule.starts() && found[row] || rows[window] >= rule.maxRows()) {
        close(window);
        over.accept(window);
      }
    }
    if (opened > 0) {
      keep(key, first, opened);
    }
  }

  private void keep(Column[] key, int[] first, int opened) {
    Column[] kept = new Column[key.length];
    for (int i = 0; i < kept.length; i++) {
      kept[i] = key[i].gather(first, opened).packed();
      keyBytes += Columns.bytes(kept[i]);
    }
    keys.add(kept);
  }

  /** A row exactly so much later still belongs to the window, as to a session. */
  private boolean isIdle(int window, long[] times, long[] stamps, int row) {
    return rule.isIdle(active[window], stamps[row])
        || times[row] != Long.MIN_VALUE && rule.isIdle(active[window], times[row] - 1);
  }

  private void add(int window, long time, long stamp) {
    starts[window] = Math.min(starts[window], time);
    lasts[window] = Math.max(lasts[window], time);
    active[window] = Math.max(active[window], Math.max(time, stamp));
    rows[window]++;
  }

  private void grow() {
    if (index.size() > current.length) {
      int had = current.length;
      current = Arrays.copyOf(current, Math.max(index.size(), had * 2));
      Arrays.fill(current, had, current.length, NONE);
    }
  }

  private int open(int id, long name, long time, int chunk, int row) {
    if (size == names.length) {
      int more = Math.addExact(size, size);
      idOf = Arrays.copyOf(idOf, more);
      chunkOf = Arrays.copyOf(chunkOf, more);
      rowOf = Arrays.copyOf(rowOf, more);
      names = Arrays.copyOf(names, more);
      starts = Arrays.copyOf(starts, more);
      lasts = Arrays.copyOf(lasts, more);
      active = Arrays.copyOf(active, more);
      rows = Arrays.copyOf(rows, more);
    }
    idOf[size] = id;
    chunkOf[size] = chunk;
    rowOf[size] = row;
    names[size] = name;
    starts[size] = time;
    lasts[size] = time;
    active[size] = time;
    current[id] = size;
    open.set(size);
    return size++;
  }

  /** The window is over. */
  void close(int window) {
    open.clear(window);
    current[idOf[window]] = NONE;
  }

  /** Opens a window as it was; its number. */
  int restore(Open one) {
    int[] ids = new int[1];
    index.number(one.key(), 1, ids);
    grow();
    for (Column column : one.key()) {
      keyBytes += Columns.bytes(column);
    }
    keys.add(one.key());
    int window = open(ids[0], one.name(), one.start(), keys.size() - 1, 0);
    lasts[window] = one.last();
    active[window] = one.active();
    rows[window] = one.rows();
    return window;
  }

  /** What is known of a window, over or not. */
  Open get(int window) {
    int[] one = {window};
    Column[] key = new Column[types.size()];
    for (int i = 0; i < key.length; i++) {
      key[i] = key(i, one, 1);
    }
    return new Open(
        key, names[window], starts[window], lasts[window], active[window], rows[window]);
  }

  /** A part of the keys of some windows. */
  Column key(int part, int[] windows, int count) {
    ColumnBuilder values = ColumnBuilder.of(types.get(part));
    for (int i = 0; i < count; i++) {
      Columns.append(values, keys.get(chunkOf[windows[i]])[part], rowOf[windows[i]]);
    }
    return values.build();
  }

  boolean isOpen(int window) {
    return open.get(window);
  }

  long name(int window) {
    return names[window];
  }

  long start(int window) {
    return starts[window];
  }

  long last(int window) {
    return lasts[window];
  }

  long active(int window) {
    return active[window];
  }

  /** How many numbers were given. */
  int size() {
    return size;
  }

  /** The windows that are open. */
  BitSet open() {
    return open;
  }

  /** About how many bytes of memory they take. */
  long bytes() {
    return index.bytes() + 4L * current.length + 52L * names.length + keyBytes;
  }
}
