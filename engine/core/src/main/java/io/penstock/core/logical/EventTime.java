package io.penstock.core.logical;

import io.penstock.core.expression.Expression;
import java.time.Duration;
import java.util.Optional;

/**
 * The time of a row and how far rows are out of order. Defaults are filled in.
 *
 * @param value a timestamp
 * @param outOfOrder empty: unbounded, the watermark moves only at the end
 * @param idleAfter empty: a partition without rows holds time back for ever
 * @param maxAhead empty: a time may lie in the future
 * @param maxDrift how far a partition may be ahead of the slowest one; empty: the default, which
 *     the steps below may raise
 * @param processing whether the time is when a row is read, so that it goes on without rows
 * @param byFile whether each file of a source is a partition of its own
 */
public record EventTime(
    Expression value,
    Optional<Duration> outOfOrder,
    Optional<Duration> idleAfter,
    Optional<Duration> maxAhead,
    Optional<Duration> maxDrift,
    boolean processing,
    boolean byFile) {
  /** A time that rows carry, in the source's own partitions. */
  public EventTime(
      Expression value,
      Optional<Duration> outOfOrder,
      Optional<Duration> idleAfter,
      Optional<Duration> maxAhead,
      Optional<Duration> maxDrift) {
    this(value, outOfOrder, idleAfter, maxAhead, maxDrift, false, false);
  }
}
