package io.penstock.core.logical;

import io.penstock.core.expression.Expression;
import java.time.Duration;
import java.util.Optional;

/**
 * The time of a row and how far rows are out of order.
 *
 * @param value a timestamp
 * @param outOfOrder empty: unbounded, the watermark moves only at the end
 */
public record EventTime(
    Expression value,
    Optional<Duration> outOfOrder,
    Optional<Duration> idleAfter,
    Optional<Duration> maxAhead,
    Optional<Duration> maxDrift) {}
