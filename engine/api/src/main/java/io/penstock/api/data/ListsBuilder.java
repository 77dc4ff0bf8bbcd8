package io.penstock.api.data;

import java.util.Arrays;

/**
 * Builds {@link Column.Lists}: append the elements to {@link #elements}, then {@link #end} the
 * list.
 */
public final class ListsBuilder implements ColumnBuilder {
  private final ValidityBuilder validity = new ValidityBuilder();
  private final ColumnBuilder elements;
  private int[] offsets = new int[65];
  private int size;

  ListsBuilder(ColumnBuilder elements) {
    this.elements = elements;
  }

  /** Where the elements of the list that {@link #end} will end are appended. */
  public ColumnBuilder elements() {
    return elements;
  }

  /** Ends the list made of the elements since the last end. */
  public void end() {
    if (size + 1 == offsets.length) {
      offsets = Arrays.copyOf(offsets, size * 2 + 2);
    }
    offsets[++size] = elements.size();
  }

  @Override
  public int size() {
    return size;
  }

  @Override
  public void addNull() {
    validity.setNull(size);
    elements.truncate(offsets[size]);
    end();
  }

  @Override
  public void truncate(int rows) {
    validity.truncate(rows);
    size = Math.min(size, rows);
    elements.truncate(offsets[size]);
  }

  @Override
  public Column.Lists build() {
    elements.truncate(offsets[size]);
    Column.Lists column =
        new Column.Lists(
            size, elements.build(), Arrays.copyOf(offsets, size + 1), validity.build(size));
    size = 0;
    return column;
  }
}
