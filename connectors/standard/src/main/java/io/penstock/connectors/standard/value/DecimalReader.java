package io.penstock.connectors.standard.value;

import io.penstock.api.data.ColumnBuilder;
import io.penstock.api.data.DataType;
import io.penstock.api.data.DecimalsBuilder;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;

/**
 * Exact decimal numbers; one with more places or digits than the type is refused, never rounded.
 */
final class DecimalReader implements ScalarReader {
  private static final int LONG_DIGITS = 18;

  private final DataType.Decimal type;

  DecimalReader(DataType.Decimal type) {
    this.type = type;
  }

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
    int places = point < 0 ? 0 : i - point - 1;
    int missing = type.scale() - places;
    if (digits == 0) {
      return false;
    }
    if (i < to || missing < 0 || digits + missing > Math.min(LONG_DIGITS, type.precision())) {
      return slow(bytes, from, to, i, column);
    }
    for (int k = 0; k < missing; k++) {
      value *= 10;
    }
    ((DecimalsBuilder) column).add(negative ? -value : value);
    return true;
  }

  private boolean slow(byte[] bytes, int from, int to, int at, ColumnBuilder column) {
    if (at < to && (bytes[at] | 0x20) != 'e') {
      return false;
    }
    BigDecimal value;
    try {
      value = new BigDecimal(new String(bytes, from, to - from, StandardCharsets.ISO_8859_1));
    } catch (NumberFormatException notDecimal) {
      return false;
    }
    long whole = (long) value.precision() - value.scale();
    if (value.signum() != 0 && whole > type.precision() - type.scale()) {
      return false;
    }
    try {
      BigDecimal scaled = value.signum() == 0 ? BigDecimal.ZERO : value.stripTrailingZeros();
      ((DecimalsBuilder) column).add(scaled.setScale(type.scale()).unscaledValue());
      return true;
    } catch (ArithmeticException tooManyPlaces) {
      return false;
    }
  }

  @Override
  public String expected() {
    return "must be a number of at most "
        + type.precision()
        + " digits, at most "
        + type.scale()
        + " of them after the point";
  }
}
