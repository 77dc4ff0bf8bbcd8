package io.penstock.connectors.standard.value;

import io.penstock.api.data.ColumnBuilder;
import io.penstock.api.data.LongsBuilder;

/** Whole numbers of 64 bits in decimal digits. */
final class IntReader implements ScalarReader {
  @Override
  public boolean read(byte[] bytes, int from, int to, ColumnBuilder column) {
    int i = from;
    boolean negative = i < to && bytes[i] == '-';
    if (negative || i < to && bytes[i] == '+') {
      i++;
    }
    if (i == to || to - i > 19) {
      return false;
    }
    // Counted below zero, because there is one value more.
    long value = 0;
    for (; i < to; i++) {
      int digit = bytes[i] - '0';
      if (digit < 0 || digit > 9) {
        return false;
      }
      long next = value * 10 - digit;
      if (next > value || value < Long.MIN_VALUE / 10) {
        return false;
      }
      value = next;
    }
    if (!negative && value == Long.MIN_VALUE) {
      return false;
    }
    ((LongsBuilder) column).add(negative ? value : -value);
    return true;
  }

  @Override
  public String expected() {
    return "must be a whole number of 64 bits";
  }
}
