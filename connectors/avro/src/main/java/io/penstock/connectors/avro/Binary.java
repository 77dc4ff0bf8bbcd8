package io.penstock.connectors.avro;

import io.penstock.api.data.Column;
import io.penstock.json.ByteBuilder;

/** Appends numbers and bytes in Avro's binary form. */
final class Binary {
  private Binary() {}

  static void number(long value, ByteBuilder to) {
    long left = value << 1 ^ value >> 63;
    while ((left & ~0x7fL) != 0) {
      to.append((int) (left & 0x7f | 0x80));
      left >>>= 7;
    }
    to.append((int) left);
  }

  static void littleEndian(long bits, int bytes, ByteBuilder to) {
    for (int i = 0; i < bytes; i++) {
      to.append((int) (bits >>> 8 * i & 0xff));
    }
  }

  static void bytes(byte[] value, ByteBuilder to) {
    number(value.length, to);
    to.append(value);
  }

  /** A row of a column of bytes, with its length before it. */
  static void slice(Column.Bytes column, int row, ByteBuilder to) {
    int from = column.from(row);
    int count = column.to(row) - from;
    number(count, to);
    to.append(column.bytes(), from, count);
  }
}
