package io.penstock.core.expression.aggregate;

import io.penstock.api.data.Column;
import io.penstock.api.data.ColumnBuilder;
import io.penstock.api.data.DataType;
import io.penstock.core.expression.Values;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** Values of types with parts, and json. */
final class BoxedCells implements Cells {
  private final DataType type;
  private final Present present = new Present();
  private @Nullable Object[] values = new Object[16];

  BoxedCells(DataType type) {
    this.type = type;
  }

  @Override
  public boolean has(int cell) {
    return present.has(cell);
  }

  @Override
  public void set(int cell, Column from, int row) {
    put(cell, Values.get(from, type, row));
  }

  @Override
  public void set(int cell, Cells from, int other) {
    put(cell, ((BoxedCells) from).values[other]);
  }

  @Override
  public int compare(int cell, Column with, int row) {
    return Values.compare(type, values[cell], Values.get(with, type, row));
  }

  @Override
  public int compare(int cell, Cells with, int other) {
    return Values.compare(type, values[cell], ((BoxedCells) with).values[other]);
  }

  @Override
  public int hash(Column of, int row) {
    return Values.hash(type, Values.get(of, type, row)) * 0x9E3779B9;
  }

  @Override
  public Column build(int count) {
    ColumnBuilder builder = ColumnBuilder.of(type);
    for (int i = 0; i < count; i++) {
      Values.append(builder, type, i < values.length ? values[i] : null);
    }
    return builder.build();
  }

  private void put(int cell, @Nullable Object value) {
    if (cell >= values.length) {
      values = Arrays.copyOf(values, Math.max(cell + 1, values.length * 2));
    }
    values[cell] = value;
    present.set(cell);
  }
}
