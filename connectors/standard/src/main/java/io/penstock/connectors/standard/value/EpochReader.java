package io.penstock.connectors.standard.value;

import io.penstock.api.data.ColumnBuilder;
import io.penstock.api.data.LongsBuilder;
import io.penstock.api.data.Times;
import io.penstock.api.format.TextTypes;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.nio.charset.StandardCharsets;

/** Times as a number counted from 1970; fractions beyond microseconds are cut off. */
public final class EpochReader implements ScalarReader {
  private static final int PLAIN_DIGITS = 12;

  private final TextTypes.Epoch unit;
  private final boolean day;

  EpochReader(TextTypes.Epoch unit, boolean day) {
    this.unit = unit;
    this.day = day;
  }

  @Override
  public boolean read(byte[] bytes, int from, int to, ColumnBuilder column) {
    String text = new String(bytes, from, to - from, StandardCharsets.ISO_8859_1);
    BigDecimal micros;
    try {
      BigDecimal number = new BigDecimal(text);
      if ((long) number.precision() - number.scale() > PLAIN_DIGITS + 9) {
        return false;
      }
      micros = number.scaleByPowerOfTen(powerToMicros()).setScale(0, RoundingMode.FLOOR);
    } catch (NumberFormatException noNumber) {
      return false;
    }
    if (micros.precision() > 18) {
      return false;
    }
    long value = micros.longValueExact();
    ((LongsBuilder) column).add(day ? Math.floorDiv(value, Times.MICROS_PER_DAY) : value);
    return true;
  }

  private int powerToMicros() {
    return switch (unit) {
      case EPOCH_S -> 6;
      case EPOCH_MS -> 3;
      case EPOCH_US -> 0;
      case EPOCH_NS -> -3;
    };
  }

  @Override
  public String expected() {
    return switch (unit) {
      case EPOCH_S -> "must be a number of seconds since 1970";
      case EPOCH_MS -> "must be a number of milliseconds since 1970";
      case EPOCH_US -> "must be a number of microseconds since 1970";
      case EPOCH_NS -> "must be a number of nanoseconds since 1970";
    };
  }
}
