package io.penstock.connectors.standard.value;

import io.penstock.api.data.Column;
import io.penstock.api.data.DataType;
import io.penstock.api.data.Times;
import io.penstock.json.ByteBuilder;
import io.penstock.json.DoubleText;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Base64;

/** Writes values of types without parts as plain text, without quotes. */
public final class CellText {
  private CellText() {}

  /** Appends a value that is not null; false, and nothing appended, where it has no text (NaN). */
  public static boolean append(Column column, DataType type, int row, ByteBuilder to) {
    if (type instanceof DataType.Decimal decimal) {
      appendDecimal((Column.Decimals) column, decimal.scale(), row, to);
      return true;
    }
    DataType.Simple simple = (DataType.Simple) type;
    switch (simple.kind()) {
      case BOOLEAN -> to.append(((Column.Booleans) column).values()[row] ? "true" : "false");
      case INT -> to.appendNumber(((Column.Longs) column).values()[row]);
      case DOUBLE -> {
        return appendDouble(((Column.Doubles) column).values()[row], to);
      }
      case STRING, JSON -> {
        Column.Bytes texts = (Column.Bytes) column;
        int from = texts.from(row);
        to.append(texts.bytes(), from, texts.to(row) - from);
      }
      case BYTES -> appendBase64((Column.Bytes) column, row, to);
      case TIMESTAMP, DATE, DURATION ->
          appendTime(simple.kind(), ((Column.Longs) column).values()[row], to);
    }
    return true;
  }

  private static boolean appendDouble(double value, ByteBuilder to) {
    if (!Double.isFinite(value)) {
      return false;
    }
    DoubleText.append(value, to);
    return true;
  }

  private static void appendBase64(Column.Bytes column, int row, ByteBuilder to) {
    byte[] value = Arrays.copyOfRange(column.bytes(), column.from(row), column.to(row));
    to.append(Base64.getEncoder().encode(value));
  }

  private static void appendTime(DataType.Simple.Kind kind, long value, ByteBuilder to) {
    byte[] into = to.room(Times.MAX_LENGTH);
    int at = to.length();
    int end =
        kind == DataType.Simple.Kind.TIMESTAMP
            ? Times.writeTimestamp(value, into, at)
            : kind == DataType.Simple.Kind.DATE
                ? Times.writeDate(value, into, at)
                : Times.writeDuration(value, into, at);
    to.advance(end - at);
  }

  private static void appendDecimal(Column.Decimals column, int scale, int row, ByteBuilder to) {
    long low = column.low()[row];
    long high = column.high() == null ? low >> 63 : column.high()[row];
    if (high != low >> 63 || low == Long.MIN_VALUE) {
      BigInteger unscaled =
          BigInteger.valueOf(high).shiftLeft(64).or(new BigInteger(Long.toUnsignedString(low)));
      String text = new BigDecimal(unscaled, scale).toPlainString();
      to.append(text.getBytes(StandardCharsets.US_ASCII));
      return;
    }
    if (low < 0) {
      to.append('-');
    }
    long size = Math.abs(low);
    if (scale == 0) {
      to.appendNumber(size);
      return;
    }
    int start = to.length();
    to.appendNumber(size);
    int digits = to.length() - start;
    int zeros = Math.max(0, scale + 1 - digits);
    byte[] bytes = to.room(zeros + 1);
    System.arraycopy(bytes, start, bytes, start + zeros, digits);
    Arrays.fill(bytes, start, start + zeros, (byte) '0');
    to.advance(zeros + 1);
    int point = start + zeros + digits - scale;
    System.arraycopy(bytes, point, bytes, point + 1, scale);
    bytes[point] = '.';
  }
}
