package io.penstock.connectors.jdbc;

import io.penstock.api.data.Column;
import io.penstock.api.data.DataType;
import io.penstock.api.data.Times;
import io.penstock.json.ByteBuilder;
import io.penstock.json.DoubleText;
import io.penstock.json.JsonText;
import java.math.BigDecimal;
import java.math.BigInteger;

/** Writes values as the text that PostgreSQL reads them from, each type's in UTF-8. */
final class CellText {
  private static final byte[] HEX =
      "0123456789abcdef".getBytes(java.nio.charset.StandardCharsets.US_ASCII);

  private CellText() {}

  /** Writes a value of one type that is not null. */
  @FunctionalInterface
  interface Writing {
    void append(Column column, int row, ByteBuilder to);
  }

  /** How values of a type are written. */
  static Writing of(DataType type) {
    if (type instanceof DataType.Decimal decimal) {
      return (column, row, to) -> decimal((Column.Decimals) column, row, decimal.scale(), to);
    }
    if (!(type instanceof DataType.Simple simple)) {
      NestedText nested = NestedText.of(type);
      return nested::append;
    }
    return switch (simple.kind()) {
      case BOOLEAN ->
          (column, row, to) -> to.append(((Column.Booleans) column).values()[row] ? 't' : 'f');
      case INT -> (column, row, to) -> to.appendNumber(((Column.Longs) column).values()[row]);
      case DOUBLE -> (column, row, to) -> number(((Column.Doubles) column).values()[row], to);
      case STRING -> CellText::text;
      case BYTES -> CellText::hex;
      case TIMESTAMP ->
          (column, row, to) -> {
            byte[] into = to.room(Times.MAX_LENGTH);
            long micros = ((Column.Longs) column).values()[row];
            to.advance(Times.writeTimestamp(micros, into, to.length()) - to.length());
          };
      case DATE ->
          (column, row, to) -> {
            byte[] into = to.room(Times.MAX_LENGTH);
            long days = ((Column.Longs) column).values()[row];
            to.advance(Times.writeDate(days, into, to.length()) - to.length());
          };
      case DURATION ->
          (column, row, to) -> {
            to.appendNumber(((Column.Longs) column).values()[row]);
            to.append(" microseconds");
          };
      case JSON ->
          (column, row, to) -> {
            Column.Bytes values = (Column.Bytes) column;
            JsonText.append(values.bytes(), values.from(row), to);
          };
    };
  }

  /** Writes a text as it is. */
  private static void text(Column column, int row, ByteBuilder to) {
    Column.Bytes texts = (Column.Bytes) column;
    to.append(texts.bytes(), texts.from(row), texts.to(row) - texts.from(row));
  }

  private static void hex(Column column, int row, ByteBuilder to) {
    Column.Bytes values = (Column.Bytes) column;
    to.append('\\');
    to.append('x');
    for (int i = values.from(row); i < values.to(row); i++) {
      to.append(HEX[values.bytes()[i] >> 4 & 0xf]);
      to.append(HEX[values.bytes()[i] & 0xf]);
    }
  }

  private static void number(double value, ByteBuilder to) {
    if (Double.isFinite(value)) {
      DoubleText.append(value, to);
    } else {
      to.append(Double.toString(value));
    }
  }

  /** Writes an exact number. */
  static void decimal(Column.Decimals column, int row, int scale, ByteBuilder to) {
    long low = column.low()[row];
    long[] high = column.high();
    if (high != null && high[row] != low >> 63 || low == Long.MIN_VALUE) {
      to.append(exact(column, row, scale).toPlainString());
      return;
    }
    if (scale == 0) {
      to.appendNumber(low);
      return;
    }
    if (low < 0) {
      to.append('-');
    }
    digits(Math.abs(low), scale, to);
  }

  private static void digits(long unscaled, int scale, ByteBuilder to) {
    int begin = to.length();
    to.appendNumber(unscaled);
    int count = to.length() - begin;
    int zeros = Math.max(0, scale + 1 - count);
    // The digits behind the point move by one, and all of them where zeros must stand before.
    byte[] into = to.room(zeros + 1);
    System.arraycopy(into, begin, into, begin + zeros, count);
    java.util.Arrays.fill(into, begin, begin + zeros, (byte) '0');
    int point = begin + zeros + count - scale;
    System.arraycopy(into, point, into, point + 1, scale);
    into[point] = '.';
    to.advance(zeros + 1);
  }

  /** An exact number as Java has it. */
  static BigDecimal exact(Column.Decimals column, int row, int scale) {
    long low = column.low()[row];
    long[] high = column.high();
    long top = high == null ? low >> 63 : high[row];
    BigInteger unscaled =
        BigInteger.valueOf(top)
            .shiftLeft(64)
            .add(new BigInteger(1, java.nio.ByteBuffer.allocate(Long.BYTES).putLong(low).array()));
    return new BigDecimal(unscaled, scale);
  }
}
