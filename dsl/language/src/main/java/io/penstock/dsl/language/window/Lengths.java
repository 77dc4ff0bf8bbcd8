package io.penstock.dsl.language.window;

import io.penstock.api.option.Checks;
import io.penstock.api.option.Span;
import io.penstock.api.problem.ProblemCode;
import java.time.ZoneId;
import java.util.Optional;

/** What is wrong with lengths of windows. */
final class Lengths {
  private Lengths() {}

  /** A length that is nothing or less. */
  static void positive(Checks checks, String option, Span length) {
    if (length.count() <= 0) {
      checks.problem(
          ProblemCode.E105,
          option,
          "`" + option + "` must be longer than nothing",
          "write a length such as `10s`, `5m`, `1h` or `1d`");
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

  /** Both lengths in one unit or both of the clock, where one is counted out by the other. */
  static void together(Checks checks, Span size, Span every) {
    if (size.isOfMonths() || every.isOfMonths() || size.count() <= 0 || every.count() <= 0) {
      return;
    }
    if (every.micros() > size.micros()) {
      checks.problem(
          ProblemCode.E105,
          "every",
          "`every` is longer than `size`, so some rows would be in no window",
          "make `every` at most as long as `size`");
    }
  }
}
