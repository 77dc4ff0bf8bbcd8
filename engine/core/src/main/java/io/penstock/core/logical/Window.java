package io.penstock.core.logical;

import io.penstock.api.option.Span;
import java.time.Duration;
import java.time.ZoneId;
import java.util.Optional;

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
}
