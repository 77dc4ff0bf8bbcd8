package io.penstock.api.data;

import java.util.Optional;

/**
 * What belongs to the rows of a batch beside their fields, and follows them through stateless
 * steps, whatever fields these keep. Immutable.
 *
 * @param times the event time of each row in microseconds, where the pipeline declares one
 * @param stamps the watermark that the row's source partition had just before the row; only where a
 *     step below keeps state by time
 * @param windows the window that the row was made for, or was put into
 * @param operations what the row does to the table that the rows describe, as the ordinal of a
 *     {@link Change}; empty where each row is an insert
 */
public record RowMarks(
    Optional<Column.Longs> times,
    Optional<Column.Longs> stamps,
    Optional<Windows> windows,
    Optional<Column.Longs> operations) {
  /** Rows of which nothing is marked. */
  public static final RowMarks NONE =
      new RowMarks(Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty());

  /**
   * A window for each row, half-open, in microseconds.
   *
   * @param starts the first moment of the window
   * @param ends the first moment after it
   */
  public record Windows(Column.Longs starts, Column.Longs ends) {
    Windows gather(int[] rows, int count) {
      return new Windows(taken(starts, rows, count), taken(ends, rows, count));
    }
  }

  /** Event times, and nothing else. */
  public static RowMarks of(Optional<Column.Longs> times) {
    return times.isEmpty() ? NONE : NONE.withTimes(times.get());
  }

  /** The marks of the rows at these indexes, in that order. */
  public RowMarks gather(int[] rows, int count) {
    if (this == NONE) {
      return NONE;
    }
    return new RowMarks(
        times.map(t -> taken(t, rows, count)),
        stamps.map(s -> taken(s, rows, count)),
        windows.map(w -> w.gather(rows, count)),
        operations.map(o -> taken(o, rows, count)));
  }

  private static Column.Longs taken(Column.Longs column, int[] rows, int count) {
    return (Column.Longs) column.gather(rows, count);
  }

  /** The same marks with these times. */
  public RowMarks withTimes(Column.Longs newTimes) {
    return new RowMarks(Optional.of(newTimes), stamps, windows, operations);
  }

  /** The same marks with these stamps. */
  public RowMarks withStamps(Column.Longs newStamps) {
    return new RowMarks(times, Optional.of(newStamps), windows, operations);
  }

  /** The same marks with these windows. */
  public RowMarks withWindows(Windows newWindows) {
    return new RowMarks(times, stamps, Optional.of(newWindows), operations);
  }

  /** The same marks with these operations; none where all are inserts. */
  public RowMarks withOperations(Optional<Column.Longs> newOperations) {
    return new RowMarks(times, stamps, windows, newOperations);
  }

  /** The same marks without stamps; what holds rows for long calls it. */
  public RowMarks withoutStamps() {
    return stamps.isEmpty() ? this : new RowMarks(times, Optional.empty(), windows, operations);
  }
}
