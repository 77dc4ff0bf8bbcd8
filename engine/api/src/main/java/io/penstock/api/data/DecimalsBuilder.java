package io.penstock.api.data;

import java.math.BigInteger;
import java.util.Arrays;

/** Builds {@link Column.Decimals}. */
public final class DecimalsBuilder implements ColumnBuilder {
  private final ValidityBuilder validity = new ValidityBuilder();
  private long[] low = new long[64];
  private long[] high = new long[0];
  private boolean wide;
  private int size;

  /** Appends an unscaled value that fits 64 bits. */
  public void add(long unscaled) {
    add(unscaled, unscaled >> 63);
  }

  /** Appends an unscaled value of 128 bits. */
  public void add(long lowWord, long highWord) {
    if (size == low.length) {
      low = Arrays.copyOf(low, size * 2);
    }
    if (!wide && highWord != lowWord >> 63) {
      widen();
    }
    if (wide) {
      if (size >= high.length) {
        high = Arrays.copyOf(high, low.length);
      }
      high[size] = highWord;
    }
    low[size++] = lowWord;
  }

  /** Appends an unscaled value of at most 127 bits and a sign. */
  public void add(BigInteger unscaled) {
    add(unscaled.longValue(), unscaled.shiftRight(64).longValueExact());
  }

  private void widen() {
    high = new long[low.length];
    for (int i = 0; i < size; i++) {
      high[i] = low[i] >> 63;
    }
    wide = true;
  }

  @Override
  public int size() {
    return size;
  }

  @Override
  public void addNull() {
    validity.setNull(size);
    add(0L);
  }

  @Override
  public void truncate(int rows) {
    validity.truncate(rows);
    size = Math.min(size, rows);
  }

  @Override
  public Column.Decimals build() {
    Column.Decimals column =
        new Column.Decimals(
            size,
            Arrays.copyOf(low, size),
            wide ? Arrays.copyOf(high, size) : null,
            validity.build(size));
    size = 0;
    wide = false;
    return column;
  }
}
