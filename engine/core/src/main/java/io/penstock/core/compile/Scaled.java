package io.penstock.core.compile;

import java.math.BigDecimal;
import java.math.RoundingMode;

/** Decimals as unscaled numbers of 64 bits, for generated loops. */
public final class Scaled {
  private static final long[] TENS = new long[19];

  static {
    TENS[0] = 1;
    for (int i = 1; i < TENS.length; i++) {
      TENS[i] = TENS[i - 1] * 10;
    }
  }

  private Scaled() {}

  static long ten(int power) {
    return TENS[power];
  }

  /** Whether a number, brought to a scale half even, has at most so many digits and fits. */
  public static boolean fits(BigDecimal number, int precision, int scale) {
    BigDecimal scaled = scaled(number, scale);
    return scaled.unscaledValue().bitLength() < Long.SIZE
        && (scaled.precision() <= precision || scaled.signum() == 0);
  }

  /** The unscaled number at a scale; 0 for null. */
  public static long unscaled(BigDecimal number, int scale) {
    return scaled(number, scale).unscaledValue().longValue();
  }

  private static BigDecimal scaled(BigDecimal number, int scale) {
    return number.scale() == scale ? number : number.setScale(scale, RoundingMode.HALF_EVEN);
  }

  /** Whether {@link #quotient} has a value in 64 bits. */
  public static boolean divides(long dividend, long divisor) {
    return divisor != 0 && dividend != Long.MIN_VALUE && divisor != Long.MIN_VALUE;
  }

  /** The quotient, half even; 0 where it has none. */
  public static long quotient(long dividend, long divisor) {
    if (!divides(dividend, divisor)) {
      return 0;
    }
    long quotient = dividend / divisor;
    long rest = Math.abs(dividend % divisor);
    long gap = Math.abs(divisor) - rest;
    boolean up = rest > gap || rest == gap && (quotient & 1) != 0;
    return up ? quotient + ((dividend ^ divisor) < 0 ? -1 : 1) : quotient;
  }

  /** The canonical text. */
  public static String text(long unscaled, int scale) {
    return BigDecimal.valueOf(unscaled, scale).toPlainString();
  }
}
