package io.penstock.core.expression.aggregate;

import io.penstock.api.data.Column;
import io.penstock.core.state.StateInput;
import io.penstock.core.state.StateOutput;
import java.io.IOException;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** Decimals of one scale. */
final class DecimalCells implements Cells {
  private final Present present = new Present();
  private long[] low = new long[16];
  private long[] high = new long[16];

  @Override
  public boolean has(int cell) {
    return present.has(cell);
  }

  @Override
  public void set(int cell, Column from, int row) {
    Column.Decimals decimals = (Column.Decimals) from;
    put(cell, decimals.low()[row], high(decimals, row));
  }

  @Override
  public void set(int cell, Cells from, int other) {
    DecimalCells cells = (DecimalCells) from;
    put(cell, cells.low[other], cells.high[other]);
  }

  @Override
  public int compare(int cell, Column with, int row) {
    Column.Decimals decimals = (Column.Decimals) with;
    return compare(low[cell], high[cell], decimals.low()[row], high(decimals, row));
  }

  @Override
  public int compare(int cell, Cells with, int other) {
    DecimalCells cells = (DecimalCells) with;
    return compare(low[cell], high[cell], cells.low[other], cells.high[other]);
  }

  @Override
  public int hash(Column of, int row) {
    Column.Decimals decimals = (Column.Decimals) of;
    return hash(decimals.low()[row], high(decimals, row));
  }

  @Override
  public int hash(int cell) {
    return hash(low[cell], high[cell]);
  }

  private static int hash(long low, long high) {
    return Long.hashCode((low * 31 + high) * 0x9E3779B97F4A7C15L);
  }

  @Override
  public void write(int cell, StateOutput to) throws IOException {
    to.number(low[cell]);
    to.number(high[cell]);
  }

  @Override
  public void read(int cell, StateInput from) throws IOException {
    put(cell, from.number(), from.number());
  }

  @Override
  public long bytes() {
    return present.bytes() + 16L * low.length;
  }

  @Override
  public Column build(int count) {
    return new Column.Decimals(
        count, Arrays.copyOf(low, count), highOrNone(low, high, count), present.validity(count));
  }

  /** The high words, absent where each is the low word's sign. */
  static long @Nullable [] highOrNone(long[] low, long[] high, int count) {
    for (int i = 0; i < Math.min(count, low.length); i++) {
      if (high[i] != low[i] >> 63) {
        return Arrays.copyOf(high, count);
      }
    }
    return null;
  }

  /** The high word of a row. */
  static long high(Column.Decimals column, int row) {
    long[] words = column.high();
    return words == null ? column.low()[row] >> 63 : words[row];
  }

  private void put(int cell, long lowWord, long highWord) {
    if (cell >= low.length) {
      int size = Math.max(cell + 1, low.length * 2);
      low = Arrays.copyOf(low, size);
      high = Arrays.copyOf(high, size);
    }
    low[cell] = lowWord;
    high[cell] = highWord;
    present.set(cell);
  }

  private static int compare(long lowA, long highA, long lowB, long highB) {
    return highA != highB ? Long.compare(highA, highB) : Long.compareUnsigned(lowA, lowB);
  }
}
