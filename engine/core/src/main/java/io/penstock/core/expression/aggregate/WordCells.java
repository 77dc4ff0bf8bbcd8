package io.penstock.core.expression.aggregate;

import io.penstock.api.data.Column;
import io.penstock.core.state.StateInput;
import io.penstock.core.state.StateOutput;
import java.io.IOException;
import java.util.Arrays;

/** Numbers of 64 bits, times and truth values. */
final class WordCells implements Cells {
  /** What the words mean. */
  enum Kind {
    LONG,
    DOUBLE,
    BOOLEAN
  }

  private final Kind kind;
  private final Present present = new Present();
  private long[] words = new long[16];

  WordCells(Kind kind) {
    this.kind = kind;
  }

  @Override
  public boolean has(int cell) {
    return present.has(cell);
  }

  @Override
  public void set(int cell, Column from, int row) {
    put(cell, word(from, row));
  }

  @Override
  public void set(int cell, Cells from, int other) {
    put(cell, ((WordCells) from).words[other]);
  }

  @Override
  public int compare(int cell, Column with, int row) {
    return compare(words[cell], word(with, row));
  }

  @Override
  public int compare(int cell, Cells with, int other) {
    return compare(words[cell], ((WordCells) with).words[other]);
  }

  /**
   * Takes over each row that is better than its cell, or whose cell is not set.
   *
   * @param from without nulls
   * @param sign of the comparison of a better value with a worse one
   */
  void keep(int[] cells, int count, Column from, int sign) {
    if (kind == Kind.DOUBLE) {
      keepDoubles(cells, count, ((Column.Doubles) from).values(), sign);
      return;
    }
    for (int row = 0; row < count; row++) {
      int cell = cells[row];
      if (!present.has(cell) || compare(cell, from, row) * sign < 0) {
        set(cell, from, row);
      }
    }
  }

  private void keepDoubles(int[] cells, int count, double[] values, int sign) {
    for (int row = 0; row < count; row++) {
      int cell = cells[row];
      double value = values[row] + 0.0;
      if (!present.has(cell)
          || Double.compare(Double.longBitsToDouble(words[cell]), value) * sign < 0) {
        put(cell, Double.doubleToLongBits(value));
      }
    }
  }

  @Override
  public int hash(Column of, int row) {
    return hash(word(of, row));
  }

  @Override
  public int hash(int cell) {
    return hash(words[cell]);
  }

  private static int hash(long word) {
    return Long.hashCode(word * 0x9E3779B97F4A7C15L);
  }

  @Override
  public void write(int cell, StateOutput to) throws IOException {
    if (kind == Kind.DOUBLE) {
      to.fixed(words[cell]);
    } else {
      to.number(words[cell]);
    }
  }

  @Override
  public void read(int cell, StateInput from) throws IOException {
    put(cell, kind == Kind.DOUBLE ? from.fixed() : from.number());
  }

  @Override
  public long bytes() {
    return present.bytes() + 8L * words.length;
  }

  @Override
  public Column build(int count) {
    long[] values = Arrays.copyOf(words, count);
    return switch (kind) {
      case LONG -> new Column.Longs(count, values, present.validity(count));
      case DOUBLE -> {
        double[] doubles = new double[count];
        for (int i = 0; i < count; i++) {
          doubles[i] = Double.longBitsToDouble(values[i]);
        }
        yield new Column.Doubles(count, doubles, present.validity(count));
      }
      case BOOLEAN -> {
        boolean[] booleans = new boolean[count];
        for (int i = 0; i < count; i++) {
          booleans[i] = values[i] != 0;
        }
        yield new Column.Booleans(count, booleans, present.validity(count));
      }
    };
  }

  private void put(int cell, long word) {
    if (cell >= words.length) {
      words = Arrays.copyOf(words, Math.max(cell + 1, words.length * 2));
    }
    words[cell] = word;
    present.set(cell);
  }

  private int compare(long a, long b) {
    // Zeros are alike and NaNs are alike in words, so Double.compare is the language's order.
    return kind == Kind.DOUBLE
        ? Double.compare(Double.longBitsToDouble(a), Double.longBitsToDouble(b))
        : Long.compare(a, b);
  }

  private long word(Column from, int row) {
    return switch (kind) {
      case LONG -> ((Column.Longs) from).values()[row];
      case DOUBLE -> Double.doubleToLongBits(((Column.Doubles) from).values()[row] + 0.0);
      case BOOLEAN -> ((Column.Booleans) from).values()[row] ? 1 : 0;
    };
  }
}
