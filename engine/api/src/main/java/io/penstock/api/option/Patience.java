package io.penstock.api.option;

import java.time.Duration;
import java.util.Optional;

/**
 * For how long something is tried again: {@code 10m}, or {@code never} for never giving up.
 *
 * @param most empty: for as long as it takes
 */
public record Patience(Optional<Duration> most) {
  /** It is tried again for as long as it takes. */
  public static final Patience ENDLESS = new Patience(Optional.empty());

  public Patience {
    if (most.filter(Duration::isNegative).isPresent()) {
      throw new IllegalArgumentException("giving up after " + most.get());
    }
  }

  /** Whether this much time is too much. */
  public boolean isOver(long nanos) {
    return most.isPresent() && nanos >= most.get().toNanos();
  }
}
