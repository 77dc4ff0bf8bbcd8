package io.penstock.core.state;

import io.penstock.api.data.BooleansBuilder;
import io.penstock.api.data.BytesBuilder;
import io.penstock.api.data.Column;
import io.penstock.api.data.ColumnBuilder;
import io.penstock.api.data.DecimalsBuilder;
import io.penstock.api.data.DoublesBuilder;
import io.penstock.api.data.ListsBuilder;
import io.penstock.api.data.LongsBuilder;
import io.penstock.api.data.MapsBuilder;
import io.penstock.api.data.RecordsBuilder;
import java.io.IOException;

/** Single values of columns as bytes, and back into builders of the same type. */
public final class RowCodec {
  private RowCodec() {}

  /** Writes the value of a row. */
  public static void write(Column column, int row, StateOutput to) throws IOException {
    if (column.isNull(row)) {
      to.flag(false);
      return;
    }
    to.flag(true);
    if (column instanceof Column.Longs longs) {
      to.number(longs.values()[row]);
    } else if (column instanceof Column.Bytes bytes) {
      to.bytes(bytes.bytes(), bytes.from(row), bytes.to(row) - bytes.from(row));
    } else if (column instanceof Column.Doubles doubles) {
      to.fixed(Double.doubleToRawLongBits(doubles.values()[row]));
    } else if (column instanceof Column.Booleans booleans) {
      to.flag(booleans.values()[row]);
    } else if (column instanceof Column.Decimals decimals) {
      long[] high = decimals.high();
      to.number(decimals.low()[row]);
      to.number(high == null ? decimals.low()[row] >> 63 : high[row]);
    } else {
      nested(column, row, to);
    }
  }

  private static void nested(Column column, int row, StateOutput to) throws IOException {
    if (column instanceof Column.Lists lists) {
      to.number(lists.offsets()[row + 1] - lists.offsets()[row]);
      for (int i = lists.offsets()[row]; i < lists.offsets()[row + 1]; i++) {
        write(lists.elements(), i, to);
      }
    } else if (column instanceof Column.Maps maps) {
      to.number(maps.offsets()[row + 1] - maps.offsets()[row]);
      for (int i = maps.offsets()[row]; i < maps.offsets()[row + 1]; i++) {
        write(maps.keys(), i, to);
        write(maps.values(), i, to);
      }
    } else if (column instanceof Column.Records records) {
      for (Column field : records.fields()) {
        write(field, row, to);
      }
    } else {
      throw new IllegalStateException("a column of " + column.getClass());
    }
  }

  /** Appends a value that was written. */
  public static void read(ColumnBuilder to, StateInput from) throws IOException {
    if (!from.flag()) {
      to.addNull();
    } else if (to instanceof LongsBuilder longs) {
      longs.add(from.number());
    } else if (to instanceof BytesBuilder bytes) {
      bytes.add(from.bytes());
    } else if (to instanceof DoublesBuilder doubles) {
      doubles.add(Double.longBitsToDouble(from.fixed()));
    } else if (to instanceof BooleansBuilder booleans) {
      booleans.add(from.flag());
    } else if (to instanceof DecimalsBuilder decimals) {
      decimals.add(from.number(), from.number());
    } else if (to instanceof ListsBuilder lists) {
      for (int i = from.count(Integer.MAX_VALUE); i > 0; i--) {
        read(lists.elements(), from);
      }
      lists.end();
    } else if (to instanceof MapsBuilder maps) {
      for (int i = from.count(Integer.MAX_VALUE); i > 0; i--) {
        read(maps.keys(), from);
        read(maps.values(), from);
      }
      maps.end();
    } else if (to instanceof RecordsBuilder records) {
      records(records, from);
    }
  }

  private static void records(RecordsBuilder records, StateInput from) throws IOException {
    for (int i = 0; i < records.fields(); i++) {
      read(records.field(i), from);
    }
    records.end();
  }
}
