package io.penstock.core.operator;

import io.penstock.api.data.Column;
import io.penstock.api.data.DataType;
import io.penstock.json.ByteBuilder;
import java.util.List;

/**
 * Writes values as bytes whose unsigned order is that of {@link RowOrder}. A value of any length
 * ends with two zeros, zeros in it are followed by 255; where the order is descending all bits of a
 * value are turned. Single-threaded.
 */
final class OrderEncoder {
  private static final int NULL_FIRST = 0;
  private static final int VALUE = 1;
  private static final int NULL_LAST = 2;

  private final KeyEncoder encoder = new KeyEncoder();

  /** Appends the values of a row. */
  void row(List<RowOrder.Key> keys, int row, ByteBuilder to) {
    for (RowOrder.Key key : keys) {
      if (key.column().isNull(row)) {
        to.append(key.nullsFirst() ? NULL_FIRST : NULL_LAST);
      } else {
        to.append(VALUE);
        int start = to.length();
        value(key.type(), key.column(), row, to);
        if (key.descending()) {
          byte[] bytes = to.array();
          for (int i = start; i < to.length(); i++) {
            bytes[i] = (byte) ~bytes[i];
          }
        }
      }
    }
  }

  private void value(DataType type, Column column, int row, ByteBuilder to) {
    if (column instanceof Column.Longs longs) {
      number(longs.values()[row] ^ Long.MIN_VALUE, to);
    } else if (column instanceof Column.Doubles doubles) {
      long bits = Double.doubleToLongBits(doubles.values()[row] + 0.0);
      number(bits < 0 ? ~bits : bits ^ Long.MIN_VALUE, to);
    } else if (column instanceof Column.Booleans booleans) {
      to.append(booleans.values()[row] ? 1 : 0);
    } else if (column instanceof Column.Decimals decimals) {
      number(Columns.high(decimals, row) ^ Long.MIN_VALUE, to);
      number(decimals.low()[row], to);
    } else if (column instanceof Column.Bytes text && !type.equals(DataType.JSON)) {
      escaped(text.bytes(), text.from(row), text.to(row), to);
    } else {
      encoder.clear();
      encoder.value(type, column, row);
      escaped(encoder.bytes().array(), 0, encoder.bytes().length(), to);
    }
  }

  private static void number(long value, ByteBuilder to) {
    for (int shift = 56; shift >= 0; shift -= 8) {
      to.append((int) (value >>> shift) & 0xff);
    }
  }

  /** Bytes of any length, so that shorter ones come first and none is the beginning of another. */
  static void escaped(byte[] bytes, int from, int end, ByteBuilder to) {
    int start = from;
    for (int i = from; i < end; i++) {
      if (bytes[i] == 0) {
        to.append(bytes, start, i + 1 - start);
        to.append(0xff);
        start = i + 1;
      }
    }
    to.append(bytes, start, end - start);
    to.append(0);
    to.append(0);
  }
}
