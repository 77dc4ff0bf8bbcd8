package io.penstock.core.compile;

/** Numbers as Java source, written from their values. */
final class Literals {
  private Literals() {}

  static String of(long value) {
    return value == Long.MIN_VALUE
        ? "(-9223372036854775807L - 1L)"
        : value < 0 ? "(" + value + "L)" : value + "L";
  }

  static String of(double value) {
    return "Double.longBitsToDouble(" + of(Double.doubleToRawLongBits(value)) + ")";
  }
}
