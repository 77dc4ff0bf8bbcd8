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

  /** The one that the rows carry. */
  record Same() implements Window {}

  /**
   * By what the rows say, in the order in which they come.
   *
   * @param startsWith true for the first row of a window
   * @param endsWith true for the last row of a window
   * @param idle a window ends that had no row for so long by event time
   * @param maxRows a window of so many rows ends
   */
  record Content(
      Optional<Expression> startsWith,
      Optional<Expression> endsWith,
      Optional<Duration> idle,
      OptionalLong maxRows)
      implements Window {}
}
