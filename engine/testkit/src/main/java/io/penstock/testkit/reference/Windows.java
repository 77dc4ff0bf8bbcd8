package io.penstock.testkit.reference;

import java.time.DayOfWeek;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.temporal.ChronoUnit;
import java.time.temporal.TemporalAdjusters;
import java.util.ArrayList;
import java.util.List;

/** Which windows a row is in. Lengths are microseconds. */
public sealed interface Windows {
  /** One behind the other. */
  record Tumbling(long size, long offset) implements Windows {}

  /** One begins every so often. */
  record Hopping(long size, long every, long offset) implements Windows {}

  /** Growing ones inside a size. */
  record Cumulative(long size, long every, long offset) implements Windows {}

  /** Days, or what is made of days, of the calendar in a zone. */
  record Calendar(Unit unit, String zone) implements Windows {
    /** What is counted. */
    public enum Unit {
      DAYS,
      /** They begin on Monday. */
      WEEKS,
      MONTHS,
      YEARS
    }

    private LocalDate first(LocalDate day) {
      return switch (unit) {
        case DAYS -> day;
        case WEEKS -> day.with(TemporalAdjusters.previousOrSame(DayOfWeek.MONDAY));
        case MONTHS -> day.withDayOfMonth(1);
        case YEARS -> day.withDayOfYear(1);
      };
    }

    private LocalDate next(LocalDate first) {
      return switch (unit) {
        case DAYS -> first.plusDays(1);
        case WEEKS -> first.plusWeeks(1);
        case MONTHS -> first.plusMonths(1);
        case YEARS -> first.plusYears(1);
      };
    }
  }

  /** As long as rows of a key are no further apart than this. */
  record Session(long gap) implements Windows {}

  /** The one that the row carries. */
  record Same() implements Windows {}

  /** The windows that hold a row, where the row alone tells. */
  default List<Row.Range> of(Row row) {
    long time = row.time();
    if (this instanceof Tumbling tumbling) {
      return List.of(one(time, tumbling.size(), tumbling.offset()));
    }
    if (this instanceof Hopping hopping) {
      return hops(time, hopping);
    }
    if (this instanceof Cumulative growing) {
      return grown(time, growing);
    }
    if (this instanceof Calendar calendar) {
      return List.of(days(time, calendar));
    }
    if (this instanceof Same) {
      return List.of(row.mark().window().orElseThrow());
    }
    throw new IllegalArgumentException(this + " depends on other rows");
  }

  private static Row.Range one(long time, long size, long offset) {
    long start = offset + size * Math.floorDiv(time - offset, size);
    return new Row.Range(start, start + size);
  }

  private static List<Row.Range> hops(long time, Hopping hopping) {
    List<Row.Range> all = new ArrayList<>();
    long start = one(time, hopping.every(), hopping.offset()).start();
    for (; start > time - hopping.size(); start -= hopping.every()) {
      all.add(new Row.Range(start, start + hopping.size()));
    }
    return all;
  }

  private static List<Row.Range> grown(long time, Cumulative growing) {
    Row.Range whole = one(time, growing.size(), growing.offset());
    List<Row.Range> all = new ArrayList<>();
    for (long end = whole.start() + growing.every(); end < whole.end(); end += growing.every()) {
      if (time < end) {
        all.add(new Row.Range(whole.start(), end));
      }
    }
    all.add(whole);
    return all;
  }

  private static Row.Range days(long time, Calendar calendar) {
    ZoneId zone = ZoneId.of(calendar.zone());
    Instant at = Instant.EPOCH.plus(time, ChronoUnit.MICROS);
    LocalDate first = calendar.first(at.atZone(zone).toLocalDate());
    return new Row.Range(begins(first, zone), begins(calendar.next(first), zone));
  }

  private static long begins(LocalDate date, ZoneId zone) {
    return ChronoUnit.MICROS.between(Instant.EPOCH, date.atStartOfDay(zone).toInstant());
  }
}
