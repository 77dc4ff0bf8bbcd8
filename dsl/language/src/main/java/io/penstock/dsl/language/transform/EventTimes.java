package io.penstock.dsl.language.transform;

import io.penstock.api.option.OutOfOrder;
import io.penstock.core.expression.Expression;
import io.penstock.core.logical.EventTime;
import java.time.Duration;
import java.util.Optional;

/** Fills in what an {@code event_time} leaves out. */
public final class EventTimes {
  private static final Duration IDLE_AFTER = Duration.ofSeconds(30);
  private static final Duration MAX_AHEAD = Duration.ofMinutes(10);

  private EventTimes() {}

  /**
   * The event time that was meant.
   *
   * @param endless whether the rows come from a source without an end: only there clocks matter
   */
  public static EventTime of(
      Expression value,
      Optional<OutOfOrder> outOfOrder,
      Optional<Duration> idleAfter,
      Optional<Duration> maxAhead,
      Optional<Duration> maxDrift,
      boolean endless) {
    return new EventTime(
        value,
        outOfOrder.orElse(OutOfOrder.NONE).most(),
        endless ? Optional.of(idleAfter.orElse(IDLE_AFTER)) : idleAfter,
        endless ? Optional.of(maxAhead.orElse(MAX_AHEAD)) : maxAhead,
        maxDrift);
  }
}
