package io.penstock.testkit.reference;

import java.util.List;
import java.util.OptionalLong;

/** What a step does with rows. Lengths of time are microseconds. */
public sealed interface Step {
  /** Keeps rows for which a text is true. */
  record Filter(Plain.Test test) implements Step {}

  /** Gives one field another value. */
  record Change(Plain.Formula formula) implements Step {}

  /** Two inputs as one. */
  record Union() implements Step {}

  /**
   * All rows, so many in a millisecond, which changes none of them.
   *
   * @param byKey whether so many of each {@code k}
   */
  record Throttle(boolean byKey, int count) implements Step {}

  /**
   * Groups rows by window.
   *
   * @param byKey whether by {@code k} too
   * @param calls what is computed; the first two give whole numbers, the first a count
   * @param shown which results come, and when
   */
  record Aggregate(boolean byKey, Grouping in, List<Call> calls, Shown shown) implements Step {}

  /**
   * Which results come, and when; whenever they do, the table that they give is the same.
   *
   * @param least what the first result must be at least
   * @param changes whether they come again when they change
   * @param every how often they come then; empty: with each change
   */
  record Shown(OptionalLong least, boolean changes, OptionalLong every) {
    /** Once. */
    static Shown once(OptionalLong least) {
      return new Shown(least, false, OptionalLong.empty());
    }
  }

  /** The first row of each {@code k} in a window. */
  record Distinct(Grouping in) implements Step {}

  /**
   * The first rows of each window, by {@code v}; nulls are last.
   *
   * @param rank whether the place of a row comes out
   */
  record Top(int most, boolean byKey, boolean descending, boolean ties, boolean rank, Grouping in)
      implements Step {}

  /** The rows of each window in the order of {@code v}. */
  record Sort(Grouping in) implements Step {}

  /** Rows in the order of their times. */
  record SortByTime() implements Step {}

  /** One of the rows of a {@code k} that are near each other. */
  record Deduplicate(Keep keep, long within) implements Step {}

  /** Rows that are missing in the series of each {@code k}; {@code v} is that of the row before. */
  record FillGaps(long every, long within) implements Step {}

  /**
   * What rows get by those around them, in the order of time.
   *
   * @param byKey whether those of each {@code k} are by themselves
   * @param within how far apart neighbours may be; empty: any distance
   * @param calls what is computed over each frame; the first gives a whole number
   * @param lag how many rows before one is whose {@code n} comes out; 0: none
   * @param lead the same behind
   * @param places whether row_number, rank and dense_rank come out
   */
  record Over(
      boolean byKey,
      Frame frame,
      OptionalLong within,
      List<Call> calls,
      int lag,
      int lead,
      boolean places)
      implements Step {}

  /** Which rows a row's aggregates see. */
  sealed interface Frame {}

  /** The row and all before. */
  record Running() implements Frame {}

  /** By their number. */
  record Rows(int before, int after) implements Frame {}

  /** By their time. */
  record Range(long before, long after) implements Frame {}

  /**
   * Rows of two inputs with the same {@code k}; {@code m} is {@code n} of the right row.
   *
   * @param asOf each left row with the latest right row not after it
   * @param where whether the left row's {@code v} must be the smaller one
   */
  record Join(Bound bound, Type type, boolean asOf, boolean where) implements Step {}

  /** Which row passes. */
  enum Keep {
    FIRST,
    EARLIEST,
    LATEST
  }

  /** What becomes of rows without a partner. */
  enum Type {
    INNER,
    LEFT,
    RIGHT,
    FULL,
    SEMI,
    ANTI
  }

  /** Which rows may meet. */
  sealed interface Bound {}

  /** The right row's time minus the left one's lies between {@code -before} and {@code after}. */
  record Within(long before, long after) implements Bound {}

  /** Rows of one window. */
  record InWindow(Grouping in) implements Bound {}

  /** All. */
  record Unbounded() implements Bound {}

  /** Whether the step has rows that come too late. */
  default boolean keepsByTime() {
    return !(this instanceof Filter
        || this instanceof Change
        || this instanceof Union
        || this instanceof Throttle
        || this instanceof Join join && join.bound() instanceof Unbounded);
  }

  /** Whether its late rows are late for a window. */
  default boolean hasWindows() {
    return this instanceof Aggregate
        || this instanceof Distinct
        || this instanceof Top
        || this instanceof Sort
        || this instanceof Join join && join.bound() instanceof InWindow;
  }
}
