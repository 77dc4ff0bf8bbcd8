package io.penstock.testkit.reference;

import java.util.Comparator;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * A row between two steps. All rows have the same four fields.
 *
 * @param k a key, which may be null
 * @param n a number; of a source each row has its own
 * @param v a small number, which may be null
 * @param at the time as a field
 * @param mark what belongs to the row beside its fields
 */
public record Row(OptionalLong k, OptionalLong n, OptionalLong v, OptionalLong at, Mark mark) {
  /** No watermark was before. */
  public static final long NOTHING = Long.MIN_VALUE;

  /**
   * What belongs to a row beside its fields.
   *
   * @param time its event time
   * @param stamp the watermark of its partition before it
   * @param window the window that it carries
   * @param place where it was read; empty: a step has made it
   */
  public record Mark(long time, long stamp, Optional<Range> window, Optional<Place> place) {
    /** Of a row that a step hands on, which is late for no step below. */
    static Mark made(long time, Optional<Range> window) {
      return new Mark(time, NOTHING, window, Optional.empty());
    }

    /** The same row, which a step has held by its time. */
    Mark held() {
      return new Mark(time, NOTHING, Optional.empty(), place);
    }

    /** The same row, which rows of other keys may have overtaken. */
    Mark overtaken() {
      return new Mark(time, stamp, window, Optional.empty());
    }

    /** The same row, which has waited for the end of a window. */
    Mark endOf(Range range) {
      return made(range.end() - 1, Optional.of(range));
    }

    /** The same row as one of a window, passed on at once. */
    Mark in(Range range) {
      return new Mark(time, stamp, Optional.of(range), place);
    }
  }

  /** A window: from its start to before its end. */
  public record Range(long start, long end) {}

  /** Where a row was read. */
  public record Place(String source, int split, int position) {
    static final Comparator<Place> ORDER =
        Comparator.comparing(Place::source)
            .thenComparing(Place::split)
            .thenComparing(Place::position);
  }

  /** By time; rows of one time as they were read. */
  static final Comparator<Row> BY_TIME =
      Comparator.comparing(Row::time)
          .thenComparing(row -> row.mark.place().orElseThrow(), Place.ORDER);

  /** For a mistake. */
  static final Comparator<Row> BY_TIME_LAST_PARTITION_FIRST =
      Comparator.comparing(Row::time)
          .thenComparing(
              row -> row.mark.place().orElseThrow(),
              Comparator.comparing(Place::source)
                  .thenComparing(Place::split)
                  .reversed()
                  .thenComparing(Place::position));

  long time() {
    return mark.time();
  }

  long stamp() {
    return mark.stamp();
  }

  Row with(Mark newMark) {
    return new Row(k, n, v, at, newMark);
  }

  /** A value as a text. */
  static String text(OptionalLong value) {
    return value.isPresent() ? Long.toString(value.getAsLong()) : "null";
  }

  /** The fields as a text. */
  String text() {
    return text(k) + " " + text(n) + " " + text(v) + " " + text(at);
  }
}
