package io.penstock.api.data;

import java.util.Arrays;

/** Builds {@link Column.Maps}: append keys and values, then {@link #end} the map. */
public final class MapsBuilder implements ColumnBuilder {
  private final ValidityBuilder validity = new ValidityBuilder();
  private final BytesBuilder keys = new BytesBuilder();
  private final ColumnBuilder values;
  private int[] offsets = new int[65];
  private int size;

  MapsBuilder(ColumnBuilder values) {
    this.values = values;
  }

  /** Where the keys of the map that {@link #end} will end are appended. */
  public BytesBuilder keys() {
    return keys;
  }

  /** Where the values are appended, one for each key. */
  public ColumnBuilder values() {
    return values;
  }

  /** Ends the map made of the keys and values since the last end. */
  public void end() {
    if (size + 1 == offsets.length) {
      offsets = Arrays.copyOf(offsets, size * 2 + 2);
    }
    offsets[++size] = keys.size();
  }

  @Override
  public int size() {
    return size;
  }

  @Override
  public void addNull() {
    validity.setNull(size);
    keys.truncate(offsets[size]);
    values.truncate(offsets[size]);
    end();
  }

  @Override
  public void truncate(int rows) {
    validity.truncate(rows);
    size = Math.min(size, rows);
    keys.truncate(offsets[size]);
    values.truncate(offsets[size]);
  }

  @Override
  public Column.Maps build() {
    keys.truncate(offsets[size]);
    values.truncate(offsets[size]);
    Column.Maps column =
        new Column.Maps(
            size,
            keys.build(),
            values.build(),
            Arrays.copyOf(offsets, size + 1),
            validity.build(size));
    size = 0;
    return column;
  }
}
