package io.penstock.api.option;

import java.util.Locale;

/**
 * A length of time as it is written: some are of the calendar, and so of no fixed length in a zone
 * that changes its clocks.
 *
 * @param count how many units
 */
public record Span(long count, Unit unit) {
  public static final Span ZERO = new Span(0, Unit.MICROS);

  /** What it counts. */
  public enum Unit {
    MICROS,
    DAYS,
    /** They begin on Monday. */
    WEEKS,
    MONTHS,
    YEARS
  }

  /** Whether its length depends on the calendar even where no clock is ever changed. */
  public boolean isOfMonths() {
    return unit == Unit.MONTHS || unit == Unit.YEARS;
  }

  /** Its length where each day has 24 hours, microseconds; not for months and years. */
  public long micros() {
    return switch (unit) {
      case MICROS -> count;
      case DAYS -> Math.multiplyExact(count, 86_400_000_000L);
      case WEEKS -> Math.multiplyExact(count, 7 * 86_400_000_000L);
      case MONTHS, YEARS -> throw new IllegalStateException("a month has no fixed length");
    };
  }

  /** As it is written in whole units, such as {@code 2 weeks}. */
  @Override
  public String toString() {
    return count + " " + unit.name().toLowerCase(Locale.ROOT);
  }
}
