package io.penstock.json;

import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;

/**
 * The shortest decimal text that reads back as the same double, always with a point or an exponent
 * ({@code 5.0}, {@code 1.0E10}), as {@code Double.toString} gives it from Java 19 on.
 */
public final class DoubleText {
  private static final double[] TENS = {1, 1e1, 1e2, 1e3, 1e4, 1e5, 1e6};
  private static final double MOST_PLAIN = 1e7;

  // Before Java 19 the text may have a digit too many; only long ones can.
  private static final boolean SHORTEST = Runtime.version().feature() >= 19;

  private DoubleText() {}

  /** Appends a finite double. */
  public static void append(double value, ByteBuilder to) {
    double size = Math.abs(value);
    if (size < MOST_PLAIN && size >= 1e-3 && appendShort(value, size, to)) {
      return;
    }
    to.append(text(value));
  }

  // Most doubles in data are short decimals: at most six digits after the point.
  private static boolean appendShort(double value, double size, ByteBuilder to) {
    for (int places = 1; places < TENS.length; places++) {
      double scaled = Math.rint(size * TENS[places]);
      if (scaled / TENS[places] == size) {
        if (value < 0) {
          to.append('-');
        }
        long unscaled = (long) scaled;
        long ten = (long) TENS[places];
        to.appendNumber(unscaled / ten);
        to.append('.');
        long rest = unscaled % ten;
        for (long digit = ten / 10; digit > 0; digit /= 10) {
          to.append((int) ('0' + rest / digit % 10));
        }
        return true;
      }
    }
    return false;
  }

  /** The text of a double, NaN and the infinities as Java writes them. */
  public static String text(double value) {
    String written = Double.toString(value);
    if (SHORTEST || written.length() < 17 || !Double.isFinite(value)) {
      return written;
    }
    BigDecimal exact = new BigDecimal(written);
    int digits = exact.precision();
    String shortest = written;
    while (digits > 15) {
      digits--;
      BigDecimal shorter = exact.round(new MathContext(digits, RoundingMode.HALF_EVEN));
      if (shorter.doubleValue() != value) {
        break;
      }
      shortest = form(shorter, written);
    }
    return shortest;
  }

  private static String form(BigDecimal value, String like) {
    int exponent = like.indexOf('E');
    if (exponent < 0) {
      String plain = value.stripTrailingZeros().toPlainString();
      return plain.indexOf('.') < 0 ? plain + ".0" : plain;
    }
    BigDecimal stripped = value.stripTrailingZeros();
    String digits = stripped.unscaledValue().abs().toString();
    int power = digits.length() - 1 - stripped.scale();
    String rest = digits.length() == 1 ? "0" : digits.substring(1);
    return (value.signum() < 0 ? "-" : "") + digits.charAt(0) + "." + rest + "E" + power;
  }
}
