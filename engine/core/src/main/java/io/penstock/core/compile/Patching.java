package io.penstock.core.compile;

import io.penstock.api.data.BooleansBuilder;
import io.penstock.api.data.BytesBuilder;
import io.penstock.api.data.Column;
import io.penstock.api.data.ColumnBuilder;
import io.penstock.api.data.DecimalsBuilder;
import io.penstock.api.data.DoublesBuilder;
import io.penstock.api.data.LongsBuilder;

/** Puts the values of rows that were computed elsewhere into a column. */
final class Patching {
  private Patching() {}

  /**
   * The column with other values in some rows.
   *
   * @param rows ascending; row i of the patch goes to {@code rows[i]}
   */
  static Column of(Column column, int[] rows, Column patch) {
    ColumnBuilder builder = builder(column);
    int next = 0;
    for (int row = 0; row < column.size(); row++) {
      if (next < rows.length && rows[next] == row) {
        append(builder, patch, next++);
      } else {
        append(builder, column, row);
      }
    }
    return builder.build();
  }

  private static ColumnBuilder builder(Column column) {
    if (column instanceof Column.Longs) {
      return new LongsBuilder();
    }
    if (column instanceof Column.Doubles) {
      return new DoublesBuilder();
    }
    if (column instanceof Column.Booleans) {
      return new BooleansBuilder();
    }
    return column instanceof Column.Decimals ? new DecimalsBuilder() : new BytesBuilder();
  }

  private static void append(ColumnBuilder to, Column from, int row) {
    if (from.isNull(row)) {
      to.addNull();
    } else if (from instanceof Column.Longs longs) {
      ((LongsBuilder) to).add(longs.values()[row]);
    } else if (from instanceof Column.Doubles doubles) {
      ((DoublesBuilder) to).add(doubles.values()[row]);
    } else if (from instanceof Column.Booleans booleans) {
      ((BooleansBuilder) to).add(booleans.values()[row]);
    } else if (from instanceof Column.Decimals decimals) {
      long[] high = decimals.high();
      long low = decimals.low()[row];
      ((DecimalsBuilder) to).add(low, high == null ? low >> 63 : high[row]);
    } else if (from instanceof Column.Bytes bytes) {
      int start = bytes.from(row);
      ((BytesBuilder) to).add(bytes.bytes(), start, bytes.to(row) - start);
    }
  }
}
