package io.penstock.core.operator;

import io.penstock.api.data.Batch;
import io.penstock.api.data.Column;
import io.penstock.api.data.ColumnBuilder;
import io.penstock.api.data.DataType;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * The rows of one input of a join that may still meet others, found by the number of their key.
 * Rows are numbered in the order in which they came; a row that is over stays in its place until
 * those that are not are put into a new one. Single-threaded.
 */
final class JoinSide {
  private static final int NONE = -1;

  /** What a row takes beside its values: its places here, and in the queue of those that wait. */
  private static final long ROW_BYTES = 96;

  /** What the objects of a batch take. */
  private static final long CHUNK_BYTES = 400;

  private final List<Batch> chunks = new ArrayList<>();
  private int[] chunkOf = new int[64];
  private int[] rowOf = new int[64];
  private int[] next = new int[64];
  private int[] keyOf = new int[64];
  private long[] times = new long[64];
  private long[] expiries = new long[64];
  private boolean[] matched = new boolean[64];
  private boolean[] over = new boolean[64];
  private int[] heads = new int[64];
  private int[] tails = new int[64];
  private int size;
  private int live;
  private long bytes;

  JoinSide() {
    Arrays.fill(heads, NONE);
  }

  /**
   * Keeps rows.
   *
   * @param keys the number of each row's key; below zero for a row that meets nobody
   * @param ends until which watermark each may meet others
   * @return the number of the first of them
   */
  int add(Batch rows, int[] keys, long[] ends) {
    Batch packed = rows.packed();
    Batch kept = packed.with(packed.marks().withoutStamps());
    int first = size;
    int chunk = chunks.size();
    chunks.add(kept);
    bytes += Columns.bytes(kept) + CHUNK_BYTES + ROW_BYTES * rows.size();
    long[] at = Windower.times(rows);
    for (int row = 0; row < rows.size(); row++) {
      room();
      chunkOf[size] = chunk;
      rowOf[size] = row;
      next[size] = NONE;
      keyOf[size] = keys[row];
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

  private void room() {
    if (size == times.length) {
      int more = Math.addExact(size, size);
      chunkOf = Arrays.copyOf(chunkOf, more);
      rowOf = Arrays.copyOf(rowOf, more);
      next = Arrays.copyOf(next, more);
      keyOf = Arrays.copyOf(keyOf, more);
      times = Arrays.copyOf(times, more);
      expiries = Arrays.copyOf(expiries, more);
      matched = Arrays.copyOf(matched, more);
      over = Arrays.copyOf(over, more);
    }
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

  long time(int row) {
    return times[row];
  }

  long expiry(int row) {
    return expiries[row];
  }

  boolean isMatched(int row) {
    return matched[row];
  }

  void match(int row) {
    matched[row] = true;
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

  /** The batches of all rows from this one on, which begins a batch. */
  List<Batch> chunks(int from) {
    return from >= size ? List.of() : chunks.subList(chunkOf[from], chunks.size());
  }

  /** The rows from this one on that have met one. */
  List<Integer> matchedFrom(int from) {
    List<Integer> rows = new ArrayList<>();
    for (int row = from; row < size; row++) {
      if (matched[row]) {
        rows.add(row);
      }
    }
    return rows;
  }

  /** The rows that are not over, batch by batch as they came, with their numbers. */
  List<Left> left() {
    List<Left> all = new ArrayList<>();
    int row = 0;
    while (row < size) {
      int chunk = chunkOf[row];
      int[] numbers = new int[64];
      int count = 0;
      for (; row < size && chunkOf[row] == chunk; row++) {
        if (!over[row]) {
          if (count == numbers.length) {
            numbers = Arrays.copyOf(numbers, count * 2);
          }
          numbers[count++] = row;
        }
      }
      if (count > 0) {
        all.add(new Left(chunks.get(chunk), Arrays.copyOf(numbers, count), this));
      }
    }
    return all;
  }

  /** Rows of one batch that are not over. */
  record Left(Batch chunk, int[] numbers, JoinSide side) {
    Batch rows() {
      int[] places = new int[numbers.length];
      for (int i = 0; i < places.length; i++) {
        places[i] = side.rowOf[numbers[i]];
      }
      return chunk.gather(places, places.length);
    }
  }
}
