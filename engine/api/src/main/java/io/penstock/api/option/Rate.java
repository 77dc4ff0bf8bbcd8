package io.penstock.api.option;

import java.time.Duration;

/** So many per period: {@code 100/s}. */
public record Rate(long count, Duration per) {
  public Rate {
    if (count < 1 || per.isZero() || per.isNegative()) {
      throw new IllegalArgumentException("rate " + count + " per " + per);
    }
  }

  /** How many in a second. */
  public double perSecond() {
    return count * 1e9 / per.toNanos();
  }
}
