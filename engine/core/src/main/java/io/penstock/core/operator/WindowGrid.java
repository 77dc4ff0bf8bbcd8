package io.penstock.core.operator;

import io.penstock.api.option.Span;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.Optional;

/**
 * Moments that follow each other at a length of time, of the clock or of the calendar. Each moment
 * lies between two of them, or on one. Immutable.
 *
 * @throws ArithmeticException from each method where the time leaves the range of microseconds
 */
sealed interface WindowGrid {
  /** The last moment of the grid that is not after this time. */
  long floor(long time);

  /** The moment that is so many lengths after this one, which need not be of the grid. */
  long after(long moment, long lengths);

  /**
   * A grid.
   *
   * @param zone of the calendar; empty: UTC, with days of 24 hours
   */
  static WindowGrid of(Span length, Span offset, Optional<ZoneId> zone) {
    boolean fixed = zone.isEmpty() && !length.isOfMonths() || length.unit() == Span.Unit.MICROS;
    if (fixed) {
      // Weeks begin on Monday, and 1970 began on a Thursday.
      long base = length.unit() == Span.Unit.WEEKS ? 4 * 86_400_000_000L : 0;
      return new Fixed(length.micros(), Math.addExact(base, offset.micros()));
    }
    return new Calendar(length, offset.micros(), zone.orElse(ZoneOffset.UTC));
  }

  /** Lengths of so many microseconds. */
  record Fixed(long length, long offset) implements WindowGrid {
    @Override
    public long floor(long time) {
      long into = Math.floorMod(Math.subtractExact(time, offset), length);
      return Math.subtractExact(time, into);
    }

    @Override
    public long after(long moment, long lengths) {
      return Math.addExact(moment, Math.multiplyExact(length, lengths));
    }
  }

  /**
   * Lengths of a calendar. A moment that a change of clocks leaves out is moved behind the change;
   * of one that comes twice the first counts.
   *
   * @param offset microseconds of local time
   */
  record Calendar(Span length, long offset, ZoneId zone) implements WindowGrid {
    private static final LocalDate MONDAY = LocalDate.of(1970, 1, 5);

    @Override
    public long floor(long time) {
      LocalDate day = local(time).minus(offset, ChronoUnit.MICROS).toLocalDate();
      LocalDate first = first(day);
      // Where clocks are changed, the local day of a moment may begin after it.
      while (micros(first) > time) {
        first = plus(first, -1);
      }
      while (micros(plus(first, 1)) <= time) {
        first = plus(first, 1);
      }
      return micros(first);
    }

    @Override
    public long after(long moment, long lengths) {
      LocalDateTime from = local(moment).minus(offset, ChronoUnit.MICROS);
      LocalDate day = plus(from.toLocalDate(), lengths);
      // Where a change of clocks has moved the beginning of a day, the next day begins as ever.
      boolean isBeginning = micros(from.toLocalDate()) == moment;
      return isBeginning ? micros(day) : micros(day.atTime(from.toLocalTime()));
    }

    private LocalDate first(LocalDate day) {
      long count = length.count();
      return switch (length.unit()) {
        case WEEKS -> {
          long days = ChronoUnit.DAYS.between(MONDAY, day);
          yield MONDAY.plusDays(Math.multiplyExact(Math.floorDiv(days, 7 * count), 7 * count));
        }
        case MONTHS -> month(day, count);
        case YEARS -> month(day, Math.multiplyExact(12, count));
        case MICROS, DAYS -> LocalDate.ofEpochDay(Math.floorDiv(day.toEpochDay(), count) * count);
      };
    }

    private static LocalDate month(LocalDate day, long count) {
      long months = (day.getYear() - 1970L) * 12 + day.getMonthValue() - 1;
      long first = Math.multiplyExact(Math.floorDiv(months, count), count);
      return LocalDate.of(1970, 1, 1).plusMonths(first);
    }

    private LocalDate plus(LocalDate day, long lengths) {
      long count = Math.multiplyExact(length.count(), lengths);
      return switch (length.unit()) {
        case WEEKS -> day.plusWeeks(count);
        case MONTHS -> day.plusMonths(count);
        case YEARS -> day.plusYears(count);
        case MICROS, DAYS -> day.plusDays(count);
      };
    }

    private LocalDateTime local(long time) {
      return LocalDateTime.ofInstant(Instant.EPOCH.plus(time, ChronoUnit.MICROS), zone);
    }

    private long micros(LocalDate day) {
      return micros(day.atStartOfDay());
    }

    private long micros(LocalDateTime shifted) {
      Instant at = shifted.plus(offset, ChronoUnit.MICROS).atZone(zone).toInstant();
      return Math.addExact(
          Math.multiplyExact(at.getEpochSecond(), 1_000_000L), at.getNano() / 1000);
    }
  }
}
