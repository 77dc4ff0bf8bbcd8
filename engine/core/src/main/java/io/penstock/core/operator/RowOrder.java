package io.penstock.core.operator;

import io.penstock.api.data.Column;
import io.penstock.api.data.DataType;
import java.util.Arrays;
import java.util.List;

/**
 * The order of rows by columns: the total order of the language (text by its bytes, NaN greatest,
 * -0.0 equal to 0.0), with nulls where they are wanted.
 */
final class RowOrder {
  /** One column to order by. */
  record Key(DataType type, Column column, boolean descending, boolean nullsFirst) {}

  private interface Comparison {
    int compare(int a, int b);
  }

  private final Comparison[] comparisons;

  RowOrder(List<Key> keys) {
    comparisons = new Comparison[keys.size()];
    for (int i = 0; i < comparisons.length; i++) {
      comparisons[i] = comparison(keys.get(i));
    }
  }

  int compare(int a, int b) {
    for (Comparison comparison : comparisons) {
      int result = comparison.compare(a, b);
      if (result != 0) {
        return result;
      }
    }
    return 0;
  }

  private static Comparison comparison(Key key) {
    Comparison plain = plain(key.type(), key.column());
    Comparison directed = key.descending() ? (a, b) -> plain.compare(b, a) : plain;
    Column column = key.column();
    if (column.validity() == null) {
      return directed;
    }
    int nullFirst = key.nullsFirst() ? -1 : 1;
    return (a, b) -> {
      boolean aNull = column.isNull(a);
      boolean bNull = column.isNull(b);
      if (aNull || bNull) {
        return aNull == bNull ? 0 : aNull ? nullFirst : -nullFirst;
      }
      return directed.compare(a, b);
    };
  }

  private static Comparison plain(DataType type, Column column) {
    if (column instanceof Column.Longs longs) {
      long[] values = longs.values();
      return (a, b) -> Long.compare(values[a], values[b]);
    }
    if (column instanceof Column.Doubles doubles) {
      double[] values = doubles.values();
      return (a, b) -> Double.compare(values[a] + 0.0, values[b] + 0.0);
    }
    if (column instanceof Column.Booleans booleans) {
      boolean[] values = booleans.values();
      return (a, b) -> Boolean.compare(values[a], values[b]);
    }
    if (column instanceof Column.Decimals decimals) {
      long[] low = decimals.low();
      return (a, b) -> {
        int high = Long.compare(Columns.high(decimals, a), Columns.high(decimals, b));
        return high != 0 ? high : Long.compareUnsigned(low[a], low[b]);
      };
    }
    if (column instanceof Column.Bytes text && !type.equals(DataType.JSON)) {
      byte[] bytes = text.bytes();
      int[] starts = text.starts();
      int[] ends = text.ends();
      return (a, b) -> Arrays.compareUnsigned(bytes, starts[a], ends[a], bytes, starts[b], ends[b]);
    }
    return encoded(type, column);
  }

  private static Comparison encoded(DataType type, Column column) {
    KeyEncoder encoder = new KeyEncoder();
    byte[][] values = new byte[column.size()][];
    for (int i = 0; i < values.length; i++) {
      encoder.clear();
      encoder.value(type, column, i);
      values[i] = encoder.bytes().toArray();
    }
    return (a, b) -> KeyEncoder.compare(values[a], values[b]);
  }

  /** The rows 0 to count - 1 in order; equal rows keep theirs. */
  int[] sorted(int count) {
    int[] rows = new int[count];
    for (int i = 0; i < count; i++) {
      rows[i] = i;
    }
    sort(rows, rows.clone(), 0, count);
    return rows;
  }

  /** Merge sort of {@code into}, whose rows also stand in {@code from}. */
  private void sort(int[] into, int[] from, int start, int end) {
    if (end - start <= 8) {
      insertionSort(into, start, end);
      return;
    }
    int middle = start + end >>> 1;
    sort(from, into, start, middle);
    sort(from, into, middle, end);
    if (compare(from[middle - 1], from[middle]) <= 0) {
      System.arraycopy(from, start, into, start, end - start);
      return;
    }
    int left = start;
    int right = middle;
    for (int i = start; i < end; i++) {
      boolean takeLeft = right >= end || left < middle && compare(from[left], from[right]) <= 0;
      into[i] = takeLeft ? from[left++] : from[right++];
    }
  }

  private void insertionSort(int[] rows, int start, int end) {
    for (int i = start + 1; i < end; i++) {
      int row = rows[i];
      int at = i;
      while (at > start && compare(rows[at - 1], row) > 0) {
        rows[at] = rows[at - 1];
        at--;
      }
      rows[at] = row;
    }
  }
}
