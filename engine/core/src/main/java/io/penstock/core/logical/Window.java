package io.penstock.core.logical;

import io.penstock.api.option.Span;
import io.penstock.core.expression.Expression;
import java.time.Duration;
import java.time.ZoneId;
import java.util.Optional;
import java.util.OptionalLong;

/** How rows are put together by their time. All windows are half-open. */
public sealed interface Window {
  /**
   * One behind the other.
   *
   * @param zone of calendar units; empty: UTC
   */
  record Tumbling(Span size, Span offset, Optional<ZoneId> zone) implements Window {}

  /** One begins every so often; each row is in all that hold its time. */
  record Hopping(Span size, Span every, Span offset, Optional<ZoneId> zone) implements Window {}

  /** Growing ones inside a size: all begin where the size begins, one ends every so often. */
  record Cumulative(Span size, Span every, Span offset, Optional<ZoneId> zone) implements Window {}

  /** As long as no gap of this length is between two rows of a group. */
  record Session(Duration gap) implements Window {}

  /**
   * By what rows say, in the order in which they arrive in their source partition: each key of each
   * partition has one open window at most.
   *
   * @param edge which row of a window the condition finds
   * @param when null is not true
   * @param idle the event time without a row after which a window is over; empty: for ever
   * @param maxRows with so many rows a window is over; empty: any number
   */
  record Content(Edge edge, Expression when, Optional<Duration> idle, OptionalLong maxRows)
      implements Window {}

  /** A row at one end of a window. */
  enum Edge {
    /** The row is the first of a window. */
    STARTS,
    /** The row is the last of its window. */
    ENDS
  }

  /** The one that the rows carry. */
  record Same() implements Window {}
}
