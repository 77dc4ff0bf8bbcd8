package io.penstock.core.expression.aggregate;

import io.penstock.api.data.Column;
import io.penstock.api.data.DataType;

/** Reads a column of any number type as doubles. */
final class NumberColumn {
  private static final double TWO_TO_64 = 0x1p64;

  private final double divisor;

  NumberColumn(DataType type) {
    divisor = type instanceof DataType.Decimal decimal ? Math.pow(10, decimal.scale()) : 1;
  }

  /** The value of a row that is not null. */
  double get(Column column, int row) {
    if (column instanceof Column.Longs longs) {
      return longs.values()[row];
    }
    if (column instanceof Column.Doubles doubles) {
      return doubles.values()[row];
    }
    Column.Decimals decimals = (Column.Decimals) column;
    long low = decimals.low()[row];
    long high = DecimalCells.high(decimals, row);
    if (high == low >> 63) {
      return low / divisor;
    }
    double unsigned = (low >>> 1) * 2.0 + (low & 1);
    return (high * TWO_TO_64 + unsigned) / divisor;
  }
}
