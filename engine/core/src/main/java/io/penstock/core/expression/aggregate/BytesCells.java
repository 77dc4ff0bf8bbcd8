package io.penstock.core.expression.aggregate;

import io.penstock.api.data.BytesBuilder;
import io.penstock.api.data.Column;
import io.penstock.core.state.StateInput;
import io.penstock.core.state.StateOutput;
import java.io.IOException;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** Texts and bytes, ordered by unsigned bytes. */
final class BytesCells implements Cells {
  /** An array's header and the filling behind its bytes. */
  private static final int ARRAY = 20;

  private byte[] @Nullable [] values = new byte[16][];
  private long held;

  @Override
  public boolean has(int cell) {
    return cell < values.length && values[cell] != null;
  }

  @Override
  public void set(int cell, Column from, int row) {
    Column.Bytes bytes = (Column.Bytes) from;
    put(cell, Arrays.copyOfRange(bytes.bytes(), bytes.from(row), bytes.to(row)));
  }

  @Override
  public void set(int cell, Cells from, int other) {
    put(cell, ((BytesCells) from).get(other));
  }

  @Override
  public int compare(int cell, Column with, int row) {
    Column.Bytes bytes = (Column.Bytes) with;
    byte[] own = get(cell);
    return Arrays.compareUnsigned(
        own, 0, own.length, bytes.bytes(), bytes.from(row), bytes.to(row));
  }

  @Override
  public int compare(int cell, Cells with, int other) {
    return Arrays.compareUnsigned(get(cell), ((BytesCells) with).get(other));
  }

  @Override
  public int hash(Column of, int row) {
    Column.Bytes bytes = (Column.Bytes) of;
    return hash(bytes.bytes(), bytes.from(row), bytes.to(row));
  }

  @Override
  public int hash(int cell) {
    byte[] value = get(cell);
    return hash(value, 0, value.length);
  }

  private static int hash(byte[] bytes, int from, int to) {
    int hash = 1;
    for (int i = from; i < to; i++) {
      hash = 31 * hash + bytes[i];
    }
    return hash * 0x9E3779B9;
  }

  @Override
  public void write(int cell, StateOutput to) throws IOException {
    byte[] value = get(cell);
    to.bytes(value, 0, value.length);
  }

  @Override
  public void read(int cell, StateInput from) throws IOException {
    put(cell, from.bytes());
  }

  @Override
  public long bytes() {
    return held + 4L * values.length;
  }

  @Override
  public Column build(int count) {
    BytesBuilder builder = new BytesBuilder();
    for (int i = 0; i < count; i++) {
      if (has(i)) {
        builder.add(get(i));
      } else {
        builder.addNull();
      }
    }
    return builder.build();
  }

  /** A cell that is set. */
  byte[] get(int cell) {
    byte[] value = values[cell];
    if (value == null) {
      throw new IllegalStateException("cell " + cell + " is not set");
    }
    return value;
  }

  private void put(int cell, byte[] value) {
    if (cell >= values.length) {
      values = Arrays.copyOf(values, Math.max(cell + 1, values.length * 2));
    }
    byte[] before = values[cell];
    held += value.length - (before == null ? -ARRAY : before.length);
    values[cell] = value;
  }
}
