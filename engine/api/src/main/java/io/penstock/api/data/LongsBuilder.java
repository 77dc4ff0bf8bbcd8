package io.penstock.api.data;

import java.util.Arrays;

/** Builds {@link Column.Longs}. */
public final class LongsBuilder implements ColumnBuilder {
  private final ValidityBuilder validity = new ValidityBuilder();
  private long[] values = new long[64];
  private int size;

  /** Appends a value. */
  public void add(long value) {
    if (size == values.length) {
      values = Arrays.copyOf(values, size * 2);
    }
    values[size++] = value;
  }

  /** Appends the first so many of these values. */
  public void add(long[] from, int count) {
    if (size + count > values.length) {
      values = Arrays.copyOf(values, Math.max(size + count, size * 2));
    }
    System.arraycopy(from, 0, values, size, count);
    size += count;
  }

  @Override
  public int size() {
    return size;
  }

  @Override
  public void addNull() {
    validity.setNull(size);
    add(0);
  }

  @Override
  public void addNulls(int count) {
    validity.setNulls(size, count);
    if (size + count > values.length) {
      values = Arrays.copyOf(values, Math.max(size + count, size * 2));
    }
    Arrays.fill(values, size, size + count, 0);
    size += count;
  }

  @Override
  public void truncate(int rows) {
    validity.truncate(rows);
    size = Math.min(size, rows);
  }

  @Override
  public Column.Longs build() {
    Column.Longs column = new Column.Longs(size, Arrays.copyOf(values, size), validity.build(size));
    size = 0;
    return column;
  }
}
