package io.penstock.core.operator;

import io.penstock.api.data.Batch;
import io.penstock.api.data.Column;
import io.penstock.api.data.ColumnBuilder;
import io.penstock.api.data.DataType;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.UnaryOperator;

/**
 * The rows of one input of a join that may still meet others and are in memory, found by the number
 * of their key. Rows are called by their places here, in the order in which they came; a row that
 * is over stays in its place until those that are not are put into a new side. Each also has a
 * number, which stays the same wherever the row goes. Behind the rows that are kept there may be
 * guests, which are on the disk. Single-threaded.
 */
final class JoinSide {
  private static final int NONE = -1;

  /** What a row takes beside its values: its places here, and in the queue of those that wait. */
  private static final long ROW_BYTES = 104;

  /** What the objects of a batch take. */
  private static final long CHUNK_BYTES = 400;

  private final List<Batch> chunks = new ArrayList<>();
  private int[] chunkOf = new int[64];
  private int[] rowOf = new int[64];
  private int[] next = new int[64];
  private int[] keyOf = new int[64];
  private long[] numbers = new long[64];
  private long[] times = new long[64];
  private long[] expiries = new long[64];
  private boolean[] matched = new boolean[64];
  private boolean[] over = new boolean[64];
  private int[] heads = new int[64];
  private int[] tails = new int[64];
  private int size;
  private int live;
  private long bytes;
  private long nextNumber;
  private int keptChunks;

  /**
   * A side without rows.
   *
   * @param nextNumber the number of the next row that comes
   */
  JoinSide(long nextNumber) {
    this.nextNumber = nextNumber;
    Arrays.fill(heads, NONE);
  }

  /** Keeps rows that have come, with the next numbers. */
  int add(Batch rows, int[] keys, long[] ends) {
    long[] next = new long[rows.size()];
    for (int row = 0; row < next.length; row++) {
      next[row] = nextNumber + row;
    }
    return add(rows, keys, ends, next);
  }

  /**
   * Keeps rows.
   *
   * @param keys the number of each row's key; below zero for a row that meets nobody
   * @param ends until which watermark each may meet others
   * @param given the numbers of the rows, greater than those of all before
   * @return the place of the first of them
   */
  int add(Batch rows, int[] keys, long[] ends, long[] given) {
    Batch packed = rows.packed();
    Batch kept = packed.with(packed.marks().withoutStamps());
    int first = size;
    int chunk = chunks.size();
    chunks.add(kept);
    keptChunks = chunks.size();
    bytes += Columns.bytes(kept) + CHUNK_BYTES + ROW_BYTES * rows.size();
    long[] at = Windower.times(rows);
    room(size + rows.size());
    for (int row = 0; row < rows.size(); row++) {
      chunkOf[size] = chunk;
      rowOf[size] = row;
      next[size] = NONE;
      keyOf[size] = keys[row];
      numbers[size] = given[row];
      nextNumber = Math.max(nextNumber, given[row] + 1);
      times[size] = at[row];
      expiries[size] = ends[row];
      if (keys[row] >= 0) {
        link(keys[row]);
      }
      size++;
      live++;
    }
    return first;
  }

  private void link(int key) {
    if (key >= heads.length) {
      int before = heads.length;
      heads = Arrays.copyOf(heads, Math.max(key + 1, before * 2));
      tails = Arrays.copyOf(tails, heads.length);
      Arrays.fill(heads, before, heads.length, NONE);
    }
    if (heads[key] == NONE) {
      heads[key] = size;
    } else {
      next[tails[key]] = size;
    }
    tails[key] = size;
  }

  private void room(int needed) {
    if (needed > times.length) {
      int more = Math.max(needed, Math.addExact(times.length, times.length));
      chunkOf = Arrays.copyOf(chunkOf, more);
      rowOf = Arrays.copyOf(rowOf, more);
      next = Arrays.copyOf(next, more);
      keyOf = Arrays.copyOf(keyOf, more);
      numbers = Arrays.copyOf(numbers, more);
      times = Arrays.copyOf(times, more);
      expiries = Arrays.copyOf(expiries, more);
      matched = Arrays.copyOf(matched, more);
      over = Arrays.copyOf(over, more);
    }
  }

  /**
   * Lets rows in that are not kept, until all {@link #leave}; their places follow.
   *
   * @param place the place of the first of them
   * @param given their numbers
   */
  void visit(Batch rows, int place, long[] given) {
    int chunk = chunks.size();
    chunks.add(rows);
    long[] at = Windower.times(rows);
    room(place + rows.size());
    for (int row = 0; row < rows.size(); row++) {
      chunkOf[place + row] = chunk;
      rowOf[place + row] = row;
      numbers[place + row] = given[row];
      times[place + row] = at[row];
    }
  }

  /** The guests from this place on go; they begin a batch. */
  void leave(int place) {
    int chunk = place == size ? keptChunks : chunkOf[place];
    chunks.subList(Math.min(chunk, chunks.size()), chunks.size()).clear();
  }

  /** The first row of a key that is kept, in the order in which they came; -1 for none. */
  int first(int key) {
    return key >= 0 && key < heads.length ? heads[key] : NONE;
  }

  /** The last row of a key that is kept; -1 for none. */
  int last(int key) {
    return first(key) == NONE ? NONE : tails[key];
  }

  /** The next row of the same key; -1 for none. */
  int next(int row) {
    return next[row];
  }

  /** The number of a row's key; below zero for one that meets nobody. */
  int key(int row) {
    return keyOf[row];
  }

  /** The number of a row, guests among them. */
  long number(int row) {
    return numbers[row];
  }

  /** The number of the next row that comes. */
  long nextNumber() {
    return nextNumber;
  }

  /** The place of the row with a number; below zero where it is not in memory. */
  int place(long number) {
    return Arrays.binarySearch(numbers, 0, size, number);
  }

  long time(int row) {
    return times[row];
  }

  long expiry(int row) {
    return expiries[row];
  }

  boolean isMatched(int row) {
    return matched[row];
  }

  /** The row has met one; whether it is the first. */
  boolean match(int row) {
    boolean first = !matched[row];
    matched[row] = true;
    return first;
  }

  boolean isOver(int row) {
    return over[row];
  }

  /** The row meets nobody any more. */
  void end(int row) {
    if (!over[row]) {
      over[row] = true;
      live--;
    }
  }

  int size() {
    return size;
  }

  int live() {
    return live;
  }

  /** About how many bytes of memory the rows take. */
  long bytes() {
    return bytes;
  }

  /** The batch that a row is in. */
  Batch chunk(int row) {
    return chunks.get(chunkOf[row]);
  }

  /** The place of a row in its batch. */
  int place(int row) {
    return rowOf[row];
  }

  /** A column of some rows; null for those below zero. */
  Column gather(int column, DataType type, int[] rows, int count) {
    ColumnBuilder values = ColumnBuilder.of(type);
    for (int i = 0; i < count; i++) {
      if (rows[i] < 0) {
        values.addNull();
      } else {
        Columns.append(values, chunk(rows[i]).column(column), rowOf[rows[i]]);
      }
    }
    return values.build();
  }

  /** The rows that are not over, with this number or a greater one, batch by batch as they came. */
  List<Left> left(long number) {
    List<Left> all = new ArrayList<>();
    int row = place(number);
    row = row < 0 ? -row - 1 : row;
    while (row < size) {
      int chunk = chunkOf[row];
      int[] rows = new int[64];
      int count = 0;
      for (; row < size && chunkOf[row] == chunk; row++) {
        if (!over[row]) {
          if (count == rows.length) {
            rows = Arrays.copyOf(rows, count * 2);
          }
          rows[count++] = row;
        }
      }
      if (count > 0) {
        all.add(new Left(chunks.get(chunk), Arrays.copyOf(rows, count), this));
      }
    }
    return all;
  }

  /**
   * Rows of one batch that are not over.
   *
   * @param places where they are here
   */
  record Left(Batch chunk, int[] places, JoinSide side) {
    Batch rows() {
      int[] within = new int[places.length];
      for (int i = 0; i < within.length; i++) {
        within[i] = side.rowOf[places[i]];
      }
      return chunk.gather(within, within.length);
    }

    /** Adds them to another side, with what is known of them; the place of the first there. */
    int into(JoinSide other, UnaryOperator<int[]> keys) {
      int[] ids = new int[places.length];
      long[] ends = new long[places.length];
      for (int i = 0; i < ids.length; i++) {
        ids[i] = side.keyOf[places[i]];
        ends[i] = side.expiries[places[i]];
      }
      int first = other.add(rows(), keys.apply(ids), ends, numbers());
      for (int i = 0; i < ids.length; i++) {
        other.matched[first + i] = side.matched[places[i]];
      }
      return first;
    }

    long[] numbers() {
      long[] numbers = new long[places.length];
      for (int i = 0; i < numbers.length; i++) {
        numbers[i] = side.numbers[places[i]];
      }
      return numbers;
    }
  }
}
