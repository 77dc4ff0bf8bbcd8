package io.penstock.api.data;

import java.util.Arrays;

/** Builds {@link Column.Booleans}. */
public final class BooleansBuilder implements ColumnBuilder {
  private final ValidityBuilder validity = new ValidityBuilder();
  private boolean[] values = new boolean[64];
  private int size;

  /** Appends a value. */
  public void add(boolean value) {
    if (size == values.length) {
      values = Arrays.copyOf(values, size * 2);
    }
    values[size++] = value;
  }

  @Override
  public int size() {
    return size;
  }

  @Override
  public void addNull() {
    validity.setNull(size);
    add(false);
  }

  @Override
  public void truncate(int rows) {
    validity.truncate(rows);
    size = Math.min(size, rows);
  }

  @Override
  public Column.Booleans build() {
    Column.Booleans column =
        new Column.Booleans(size, Arrays.copyOf(values, size), validity.build(size));
    size = 0;
    return column;
  }
}
