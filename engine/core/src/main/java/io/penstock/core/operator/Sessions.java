package io.penstock.core.operator;

import io.penstock.api.data.Batch;
import io.penstock.api.data.Column;
import io.penstock.api.data.ColumnBuilder;
import io.penstock.api.data.DataType;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.List;

/**
 * The open sessions of all keys, each numbered; a number is not used again. A row opens a session,
 * makes one longer, or brings several together. Single-threaded.
 */
final class Sessions {
  private static final int NONE = -1;

  /** Told that one session becomes a part of another. */
  @FunctionalInterface
  interface Joins {
    void join(int into, int from);
  }

  private final List<DataType> types;
  private final long gap;
  private final KeyIndex index;
  private final List<Column[]> keys = new ArrayList<>();
  private int[] heads = new int[64];
  private int[] next = new int[64];
  private int[] idOf = new int[64];
  private int[] chunkOf = new int[64];
  private int[] rowOf = new int[64];
  private long[] starts = new long[64];
  private long[] ends = new long[64];
  private int[] into = new int[64];
  private final BitSet open = new BitSet();
  private final BitSet changed = new BitSet();
  private int size;

  /**
   * Sessions.
   *
   * @param types of the keys
   * @param gap microseconds
   */
  Sessions(List<DataType> types, long gap) {
    this.types = types.isEmpty() ? List.of(DataType.INT) : types;
    this.gap = gap;
    this.index = KeyIndex.ofKeysOnly(this.types);
    Arrays.fill(heads, NONE);
  }

  /** The number of the session of each row; those that become one are joined. */
  void number(Column[] key, Batch rows, int[] numbers, Joins joins) {
    int count = rows.size();
    Column[] columns = key.length > 0 ? key : new Column[] {Columns.repeated(0, count)};
    long[] times = Windower.times(rows);
    int[] ids = new int[count];
    index.number(columns, count, ids);
    int chunk = keys.size();
    boolean opened = false;
    for (int row = 0; row < count; row++) {
      int session = find(ids[row], times[row], joins);
      if (session == NONE) {
        session = open(ids[row], times[row], Windower.plus(times[row], gap), chunk, row);
        opened = true;
      }
      changed.set(session);
      numbers[row] = session;
    }
    if (opened) {
      Column[] kept = new Column[columns.length];
      for (int i = 0; i < kept.length; i++) {
        kept[i] = columns[i].packed();
      }
      keys.add(kept);
    }
    for (int row = 0; row < count; row++) {
      numbers[row] = root(numbers[row]);
    }
  }

  /** The session that a row of this time belongs to, longer by it; -1 for none. */
  private int find(int id, long time, Joins joins) {
    int found = NONE;
    long end = Windower.plus(time, gap);
    int before = NONE;
    int at = id < heads.length ? heads[id] : NONE;
    while (at != NONE) {
      int following = next[at];
      if (starts[at] <= end && ends[at] >= time) {
        if (found == NONE) {
          found = at;
          starts[at] = Math.min(starts[at], time);
          ends[at] = Math.max(ends[at], end);
          before = at;
        } else {
          merge(found, at, before, joins);
        }
      } else {
        before = at;
      }
      at = following;
    }
    return found;
  }

  private void merge(int first, int other, int before, Joins joins) {
    starts[first] = Math.min(starts[first], starts[other]);
    ends[first] = Math.max(ends[first], ends[other]);
    next[before] = next[other];
    into[other] = first;
    open.clear(other);
    changed.set(other);
    joins.join(first, other);
  }

  private int root(int session) {
    int at = session;
    while (into[at] != at) {
      at = into[at];
    }
    return at;
  }

  private int open(int id, long start, long end, int chunk, int row) {
    if (id >= heads.length) {
      int had = heads.length;
      heads = Arrays.copyOf(heads, Math.max(id + 1, had * 2));
      Arrays.fill(heads, had, heads.length, NONE);
    }
    if (size == next.length) {
      int more = Math.addExact(size, size);
      next = Arrays.copyOf(next, more);
      idOf = Arrays.copyOf(idOf, more);
      chunkOf = Arrays.copyOf(chunkOf, more);
      rowOf = Arrays.copyOf(rowOf, more);
      starts = Arrays.copyOf(starts, more);
      ends = Arrays.copyOf(ends, more);
      into = Arrays.copyOf(into, more);
    }
    next[size] = heads[id];
    heads[id] = size;
    idOf[size] = id;
    chunkOf[size] = chunk;
    rowOf[size] = row;
    starts[size] = start;
    ends[size] = end;
    into[size] = size;
    open.set(size);
    return size++;
  }

  /** The session is over. */
  void close(int session) {
    open.clear(session);
    changed.set(session);
    int id = idOf[session];
    if (heads[id] == session) {
      heads[id] = next[session];
      return;
    }
    int at = heads[id];
    while (next[at] != session) {
      at = next[at];
    }
    next[at] = next[session];
  }

  /**
   * Opens a session as it was.
   *
   * @param key one row
   * @return its number
   */
  int restore(Column[] key, long start, long end) {
    Column[] columns = key.length > 0 ? key : new Column[] {Columns.repeated(0, 1)};
    int[] ids = new int[1];
    index.number(columns, 1, ids);
    keys.add(columns);
    return open(ids[0], start, end, keys.size() - 1, 0);
  }

  boolean isOpen(int session) {
    return open.get(session);
  }

  long start(int session) {
    return starts[session];
  }

  long end(int session) {
    return ends[session];
  }

  /** How many numbers were given. */
  int size() {
    return size;
  }

  /** How many sessions are open. */
  int live() {
    return open.cardinality();
  }

  BitSet open() {
    return open;
  }

  /** The sessions that were opened, grew, or ended since this was cleared last. */
  BitSet changed() {
    return changed;
  }

  /** A part of the keys of some sessions. */
  Column key(int part, int[] sessions, int count) {
    ColumnBuilder values = ColumnBuilder.of(types.get(part));
    for (int i = 0; i < count; i++) {
      Columns.append(values, keys.get(chunkOf[sessions[i]])[part], rowOf[sessions[i]]);
    }
    return values.build();
  }

  /** About how many bytes of memory they take. */
  long bytes() {
    long sum = index.bytes() + 48L * next.length + 4L * heads.length;
    for (Column[] chunk : keys) {
      for (Column column : chunk) {
        sum += Columns.bytes(column);
      }
    }
    return sum;
  }
}
