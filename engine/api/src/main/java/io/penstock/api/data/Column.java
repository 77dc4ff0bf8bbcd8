package io.penstock.api.data;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * The values of one field for the rows of a batch. Immutable once built, so any thread may read it;
 * arrays handed out are the column's own and are not to be written. Null slots hold zero or empty.
 * What lies in which column:
 *
 * <ul>
 *   <li>{@link Booleans}: boolean
 *   <li>{@link Longs}: int; timestamp, duration (microseconds); date (days)
 *   <li>{@link Doubles}: double
 *   <li>{@link Decimals}: decimal, as an unscaled number of 128 bits
 *   <li>{@link Bytes}: string (UTF-8), bytes, json (binary form)
 *   <li>{@link Lists}, {@link Maps}, {@link Records}
 * </ul>
 */
public sealed interface Column {
  /** How many rows. */
  int size();

  /** The validity words, absent where no row is null. */
  long @Nullable [] validity();

  /** The rows at these indexes, in that order; an index may stand there twice. */
  Column gather(int[] rows, int count);

  /** So many nulls of this column's type. */
  Column nulls(int count);

  /** The same values, but null too where these words say so. */
  Column under(long[] words);

  /** The same rows in no more memory than they need; what holds rows for long calls it. */
  default Column packed() {
    return this;
  }

  /** Whether the row is null. */
  default boolean isNull(int row) {
    return Validity.isNull(validity(), row);
  }

  /** boolean. */
  record Booleans(int size, boolean[] values, long @Nullable [] validity) implements Column {
    @Override
    public Column nulls(int count) {
      return new Booleans(count, new boolean[count], Validity.none(count));
    }

    @Override
    public Column under(long[] words) {
      return new Booleans(size, values, Validity.both(validity, words, size));
    }

    @Override
    public Column gather(int[] rows, int count) {
      boolean[] taken = new boolean[count];
      for (int i = 0; i < count; i++) {
        taken[i] = values[rows[i]];
      }
      return new Booleans(count, taken, Gather.validity(validity, rows, count));
    }
  }

  /** int, timestamp, duration, date. */
  record Longs(int size, long[] values, long @Nullable [] validity) implements Column {
    @Override
    public Column nulls(int count) {
      return new Longs(count, new long[count], Validity.none(count));
    }

    @Override
    public Column under(long[] words) {
      return new Longs(size, values, Validity.both(validity, words, size));
    }

    @Override
    public Column gather(int[] rows, int count) {
      return new Longs(
          count, Gather.longs(values, rows, count), Gather.validity(validity, rows, count));
    }
  }

  /** double. */
  record Doubles(int size, double[] values, long @Nullable [] validity) implements Column {
    @Override
    public Column nulls(int count) {
      return new Doubles(count, new double[count], Validity.none(count));
    }

    @Override
    public Column under(long[] words) {
      return new Doubles(size, values, Validity.both(validity, words, size));
    }

    @Override
    public Column gather(int[] rows, int count) {
      double[] taken = new double[count];
      for (int i = 0; i < count; i++) {
        taken[i] = values[rows[i]];
      }
      return new Doubles(count, taken, Gather.validity(validity, rows, count));
    }
  }

  /**
   * decimal: the unscaled value in two's complement, the low word for each row and, where a value
   * of the column needs it, the high word; absent high words mean that each is the low word's sign.
   * The scale is the type's.
   */
  record Decimals(int size, long[] low, long @Nullable [] high, long @Nullable [] validity)
      implements Column {
    @Override
    public Column nulls(int count) {
      return new Decimals(count, new long[count], null, Validity.none(count));
    }

    @Override
    public Column under(long[] words) {
      return new Decimals(size, low, high, Validity.both(validity, words, size));
    }

    @Override
    public Column gather(int[] rows, int count) {
      return new Decimals(
          count,
          Gather.longs(low, rows, count),
          high == null ? null : Gather.longs(high, rows, count),
          Gather.validity(validity, rows, count));
    }
  }

  /**
   * string, bytes, json: row i is {@code bytes[starts[i]] .. bytes[ends[i]]}. Rows may lie anywhere
   * in the array, in any order, and share bytes: a decoder hands on slices of the block that it
   * read. What keeps rows for long keeps them {@link #packed}.
   */
  record Bytes(int size, byte[] bytes, int[] starts, int[] ends, long @Nullable [] validity)
      implements Column {
    // A few rows must not keep a whole block in memory.
    private static final int SPARSE = 64;

    /** Rows that lie one behind the other: row i ends where row i + 1 begins. */
    public static Bytes inARow(int size, byte[] bytes, int[] offsets, long @Nullable [] validity) {
      return new Bytes(size, bytes, offsets, Arrays.copyOfRange(offsets, 1, size + 1), validity);
    }

    /** Where a row begins in the array. */
    public int from(int row) {
      return starts[row];
    }

    /** Where a row ends in the array. */
    public int to(int row) {
      return ends[row];
    }

    /** How many bytes the rows have together; those of shared bytes count each time. */
    public long length() {
      long sum = 0;
      for (int i = 0; i < size; i++) {
        sum += ends[i] - starts[i];
      }
      return sum;
    }

    @Override
    public Column nulls(int count) {
      return new Bytes(count, new byte[0], new int[count], new int[count], Validity.none(count));
    }

    @Override
    public Column under(long[] words) {
      return new Bytes(size, bytes, starts, ends, Validity.both(validity, words, size));
    }

    @Override
    public Column gather(int[] rows, int count) {
      int[] from = new int[count];
      int[] to = new int[count];
      long sum = 0;
      for (int i = 0; i < count; i++) {
        from[i] = starts[rows[i]];
        to[i] = ends[rows[i]];
        sum += to[i] - from[i];
      }
      Bytes taken = new Bytes(count, bytes, from, to, Gather.validity(validity, rows, count));
      return sum * SPARSE < bytes.length ? taken.copied(sum) : taken;
    }

    @Override
    public Bytes packed() {
      long sum = length();
      return sum < bytes.length ? copied(sum) : this;
    }

    private Bytes copied(long length) {
      byte[] copy = new byte[Math.toIntExact(length)];
      int[] offsets = new int[size + 1];
      int at = 0;
      for (int i = 0; i < size; i++) {
        int count = ends[i] - starts[i];
        System.arraycopy(bytes, starts[i], copy, at, count);
        at += count;
        offsets[i + 1] = at;
      }
      return inARow(size, copy, offsets, validity);
    }

    /** The text of a row that is a string. */
    public String text(int row) {
      int from = starts[row];
      return new String(bytes, from, ends[row] - from, StandardCharsets.UTF_8);
    }
  }

  /** list: row i is {@code elements[offsets[i]] .. elements[offsets[i + 1]]}. */
  record Lists(int size, Column elements, int[] offsets, long @Nullable [] validity)
      implements Column {
    @Override
    public Column nulls(int count) {
      return new Lists(count, elements.nulls(0), new int[count + 1], Validity.none(count));
    }

    @Override
    public Column under(long[] words) {
      return new Lists(size, elements, offsets, Validity.both(validity, words, size));
    }

    @Override
    public Column gather(int[] rows, int count) {
      int[] taken = Gather.offsets(offsets, rows, count);
      int[] inner = Gather.inner(offsets, rows, count, taken[count]);
      return new Lists(
          count,
          elements.gather(inner, inner.length),
          taken,
          Gather.validity(validity, rows, count));
    }

    @Override
    public Column packed() {
      return new Lists(size, elements.packed(), offsets, validity);
    }
  }

  /** map: row i has the keys and values {@code offsets[i] .. offsets[i + 1]}. */
  record Maps(int size, Bytes keys, Column values, int[] offsets, long @Nullable [] validity)
      implements Column {
    @Override
    public Column nulls(int count) {
      return new Maps(
          count, (Bytes) keys.nulls(0), values.nulls(0), new int[count + 1], Validity.none(count));
    }

    @Override
    public Column under(long[] words) {
      return new Maps(size, keys, values, offsets, Validity.both(validity, words, size));
    }

    @Override
    public Column gather(int[] rows, int count) {
      int[] taken = Gather.offsets(offsets, rows, count);
      int[] inner = Gather.inner(offsets, rows, count, taken[count]);
      return new Maps(
          count,
          (Bytes) keys.gather(inner, inner.length),
          values.gather(inner, inner.length),
          taken,
          Gather.validity(validity, rows, count));
    }

    @Override
    public Column packed() {
      return new Maps(size, keys.packed(), values.packed(), offsets, validity);
    }
  }

  /** record: a column for each field. */
  record Records(int size, Column[] fields, long @Nullable [] validity) implements Column {
    /** The values of a field; null where the record is. */
    public Column field(int index) {
      Column inner = fields[index];
      long[] words = validity;
      return words == null || Validity.covers(words, inner.validity(), size)
          ? inner
          : inner.under(words);
    }

    @Override
    public Column nulls(int count) {
      Column[] nulls = new Column[fields.length];
      for (int i = 0; i < nulls.length; i++) {
        nulls[i] = fields[i].nulls(count);
      }
      return new Records(count, nulls, Validity.none(count));
    }

    @Override
    public Column under(long[] words) {
      return new Records(size, fields, Validity.both(validity, words, size));
    }

    @Override
    public Column gather(int[] rows, int count) {
      long[] words = Gather.validity(validity, rows, count);
      if (words != null && Validity.isNone(words)) {
        // Records of which nothing is used are all null.
        return nulls(count);
      }
      Column[] taken = new Column[fields.length];
      for (int i = 0; i < taken.length; i++) {
        taken[i] = fields[i].gather(rows, count);
      }
      return new Records(count, taken, words);
    }

    @Override
    public Column packed() {
      Column[] packed = new Column[fields.length];
      for (int i = 0; i < packed.length; i++) {
        packed[i] = fields[i].packed();
      }
      return new Records(size, packed, validity);
    }
  }
}
