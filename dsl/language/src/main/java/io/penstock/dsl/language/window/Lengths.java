package io.penstock.dsl.language.window;

import io.penstock.api.option.Checks;
import io.penstock.api.option.Span;
import io.penstock.api.problem.ProblemCode;
import java.time.Duration;
import java.time.ZoneId;
import java.util.Optional;

/** What is wrong with lengths of windows. */
final class Lengths {
  /** So many windows of one row fit into memory; nobody has meant more. */
  private static final int MOST_WINDOWS = 10_000;

  private static final int LONGEST_YEARS = 10_000;
  private static final double DAY = 86_400e6;

  private Lengths() {}

  /** A length that is nothing or less, or longer than time is. */
  static void positive(Checks checks, String option, Span length) {
    if (length.count() <= 0) {
      checks.problem(
          ProblemCode.E105,
          option,
          "`" + option + "` must be longer than nothing",
          "write a length such as `10s`, `5m`, `1h` or `1d`");
    }
    notEndless(checks, option, length);
  }

  private static void notEndless(Checks checks, String option, Span length) {
    if (Math.abs(longest(length)) > LONGEST_YEARS * 366 * DAY) {
      checks.problem(
          ProblemCode.E105,
          option,
          "`" + option + "` must be at most " + LONGEST_YEARS + " years",
          "leave the window out where all rows belong together");
    }
  }

  /** The time after which a window is over that gets no rows. */
  static void idle(Checks checks, Optional<Duration> idle) {
    if (idle.isPresent() && (idle.get().isZero() || idle.get().isNegative())) {
      checks.problem(
          ProblemCode.E105,
          "idle",
          "`idle` must be longer than nothing",
          "write a length such as `10s`");
    }
  }

  /** A shift that is of the calendar, so that nobody could say where windows begin. */
  static void offset(Checks checks, Optional<Span> offset) {
    if (offset.isPresent() && offset.get().isOfMonths()) {
      checks.problem(
          ProblemCode.E105,
          "offset",
          "`offset` must have a fixed length",
          "write it in days, hours or less");
    } else {
      offset.ifPresent(by -> notEndless(checks, "offset", by));
    }
  }

  /** A zone where all lengths are of the clock. */
  static void zone(Checks checks, Optional<ZoneId> zone, Span... lengths) {
    boolean calendar = false;
    for (Span length : lengths) {
      calendar |= length.unit() != Span.Unit.MICROS;
    }
    if (zone.isPresent() && !calendar) {
      checks.problem(
          ProblemCode.E110,
          "zone",
          "`zone` says where days begin, and no length here is in days, weeks, months or years",
          "leave it out, or write a length such as `1d`");
    }
  }

  /** Lengths of which one is counted out by the other. */
  static void together(Checks checks, Span size, Span every) {
    if (size.count() <= 0 || every.count() <= 0) {
      return;
    }
    if (longest(every) > shortest(size) && !isMultiple(size, every)) {
      checks.problem(
          ProblemCode.E105,
          "every",
          "`every` is longer than `size`, so some rows would be in no window",
          "make `every` at most as long as `size`");
    } else if (longest(size) / shortest(every) > MOST_WINDOWS) {
      checks.problem(
          ProblemCode.E105,
          "every",
          "`every` is so short that a row would be in more than " + MOST_WINDOWS + " windows",
          "make `every` longer, or `size` shorter");
    }
  }

  /** Both are counted in months, and so a size is never shorter. */
  private static boolean isMultiple(Span size, Span every) {
    return size.isOfMonths() && every.isOfMonths() && months(size) >= months(every);
  }

  private static double months(Span length) {
    return length.unit() == Span.Unit.YEARS ? 12.0 * length.count() : length.count();
  }

  private static double shortest(Span length) {
    return length.isOfMonths() ? months(length) * 28 * DAY : micros(length);
  }

  private static double longest(Span length) {
    return length.isOfMonths() ? months(length) * 31 * DAY : micros(length);
  }

  private static double micros(Span length) {
    return switch (length.unit()) {
      case MICROS -> length.count();
      case DAYS -> length.count() * DAY;
      case WEEKS -> length.count() * 7 * DAY;
      case MONTHS, YEARS -> throw new IllegalStateException("a month has no fixed length");
    };
  }
}
