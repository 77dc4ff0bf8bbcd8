package io.penstock.connectors.standard.value;

import io.penstock.api.data.ColumnBuilder;
import io.penstock.api.data.DoublesBuilder;
import java.nio.charset.StandardCharsets;

/** Decimal numbers as the nearest double. */
final class DoubleReader implements ScalarReader {
  // Powers of ten that a double holds exactly.
  private static final double[] TENS = {
    1, 1e1, 1e2, 1e3, 1e4, 1e5, 1e6, 1e7, 1e8, 1e9, 1e10, 1e11, 1e12, 1e13, 1e14, 1e15, 1e16, 1e17,
    1e18, 1e19, 1e20, 1e21, 1e22
  };
  private static final int EXACT_DIGITS = 15;

  @Override
  public boolean read(byte[] bytes, int from, int to, ColumnBuilder column) {
    int i = from;
    boolean negative = i < to && bytes[i] == '-';
    if (negative || i < to && bytes[i] == '+') {
      i++;
    }
    long value = 0;
    int first = i;
    int point = -1;
    for (; i < to; i++) {
      byte b = bytes[i];
      if (b >= '0' && b <= '9') {
        value = value * 10 + b - '0';
      } else if (b == '.' && point < 0) {
        point = i;
      } else {
        break;
      }
    }
    int digits = i - first - (point < 0 ? 0 : 1);
    if (digits == 0) {
      return false;
    }
    if (i < to || digits > EXACT_DIGITS) {
      return slow(bytes, from, to, i, column);
    }
    // Both are exact, so the one division rounds as the decimal text would.
    double size = point < 0 ? value : value / TENS[i - point - 1];
    ((DoublesBuilder) column).add(negative ? -size : size);
    return true;
  }

  private static boolean slow(byte[] bytes, int from, int to, int at, ColumnBuilder column) {
    int i = at;
    if (i < to) {
      if ((bytes[i] | 0x20) != 'e') {
        return false;
      }
      i++;
      if (i < to && (bytes[i] == '+' || bytes[i] == '-')) {
        i++;
      }
      int digits = i;
      while (i < to && bytes[i] >= '0' && bytes[i] <= '9') {
        i++;
      }
      if (i == digits || i < to) {
        return false;
      }
    }
    double value =
        Double.parseDouble(new String(bytes, from, to - from, StandardCharsets.ISO_8859_1));
    if (!Double.isFinite(value)) {
      return false;
    }
    ((DoublesBuilder) column).add(value);
    return true;
  }

  @Override
  public String expected() {
    return "must be a number such as 1.5 or 1e3";
  }
}
