package io.penstock.core.expression.aggregate;

import io.penstock.api.data.Column;
import io.penstock.api.data.ColumnBuilder;
import io.penstock.api.data.DataType;
import io.penstock.core.expression.Values;
import io.penstock.core.state.BatchCodec;
import io.penstock.core.state.StateInput;
import io.penstock.core.state.StateOutput;
import io.penstock.json.Json;
import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Values of types with parts, and json. */
final class BoxedCells implements Cells {
  /** An object's header and the like. */
  private static final int BOX = 40;

  private final DataType type;
  private final Present present = new Present();
  private @Nullable Object[] values = new Object[16];
  private long held;

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
  public int hash(int cell) {
    return Values.hash(type, values[cell]) * 0x9E3779B9;
  }

  @Override
  public void write(int cell, StateOutput to) throws IOException {
    ColumnBuilder builder = ColumnBuilder.of(type);
    Values.append(builder, type, values[cell]);
    BatchCodec.write(builder.build(), to);
  }

  @Override
  public void read(int cell, StateInput from) throws IOException {
    put(cell, Values.get(BatchCodec.read(1, from), type, 0));
  }

  @Override
  public long bytes() {
    return present.bytes() + 4L * values.length + held;
  }

  /** About how many bytes of memory a boxed value takes. */
  private static long size(@Nullable Object value) {
    if (value instanceof String text) {
      return BOX + 2L * text.length();
    }
    if (value instanceof byte[] bytes) {
      return BOX + bytes.length;
    }
    if (value instanceof Json json) {
      return BOX + json.binary().length;
    }
    long sum = BOX;
    if (value instanceof List<?> list) {
      for (Object element : list) {
        sum += 4 + size(element);
      }
    } else if (value instanceof Map<?, ?> map) {
      for (Map.Entry<?, ?> entry : map.entrySet()) {
        sum += BOX + size(entry.getKey()) + size(entry.getValue());
      }
    } else if (value instanceof Object[] record) {
      for (Object field : record) {
        sum += 4 + size(field);
      }
    }
    return sum;
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
    held += size(value) - (present.has(cell) ? size(values[cell]) : 0);
    values[cell] = value;
    present.set(cell);
  }
}
