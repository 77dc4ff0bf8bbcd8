package io.penstock.core.operator;

import io.penstock.api.data.BytesBuilder;
import io.penstock.api.data.Column;
import io.penstock.api.data.ColumnBuilder;
import io.penstock.api.data.DataType;
import io.penstock.api.data.DecimalsBuilder;
import io.penstock.api.data.DoublesBuilder;
import java.math.BigInteger;

/** Brings a column to a wider type, as unions do. */
final class Widening {
  private Widening() {}

  static Column widen(Column column, DataType from, DataType to) {
    if (from.equals(to)) {
      return column;
    }
    ColumnBuilder builder = ColumnBuilder.of(to);
    for (int row = 0; row < column.size(); row++) {
      if (column.isNull(row)) {
        builder.addNull();
      } else {
        append(builder, column, from, to, row);
      }
    }
    return builder.build();
  }

  private static void append(
      ColumnBuilder builder, Column column, DataType from, DataType to, int row) {
    if (builder instanceof DoublesBuilder doubles && column instanceof Column.Longs longs) {
      doubles.add(longs.values()[row]);
    } else if (builder instanceof DecimalsBuilder decimals && to instanceof DataType.Decimal type) {
      int scale = from instanceof DataType.Decimal narrow ? narrow.scale() : 0;
      decimals.add(unscaled(column, row).multiply(BigInteger.TEN.pow(type.scale() - scale)));
    } else if (to.equals(DataType.JSON) && builder instanceof BytesBuilder bytes) {
      bytes.add(RowJson.value(from, column, row).binary());
    } else {
      // Records and lists whose parts widen: nothing here knows better than the parts' own types.
      Columns.append(builder, column, row);
    }
  }

  private static BigInteger unscaled(Column column, int row) {
    if (column instanceof Column.Longs longs) {
      return BigInteger.valueOf(longs.values()[row]);
    }
    Column.Decimals decimals = (Column.Decimals) column;
    BigInteger low = new BigInteger(Long.toUnsignedString(decimals.low()[row]));
    return BigInteger.valueOf(Columns.high(decimals, row)).shiftLeft(64).add(low);
  }
}
