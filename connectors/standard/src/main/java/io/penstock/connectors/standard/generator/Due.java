package io.penstock.connectors.standard.generator;

import io.penstock.api.option.Rate;
import io.penstock.api.system.Clock;
import java.util.Optional;

/**
 * Which rows are due: with a rate, row n is n periods after the first question; else all. Used by
 * one thread.
 */
public final class Due {
  private final Optional<Rate> rate;
  private final Clock clock;
  private long startNanos;
  private boolean started;

  public Due(Optional<Rate> rate, Clock clock) {
    this.rate = rate;
    this.clock = clock;
  }

  /** How many rows are due by now, counted from the first that was to be read. */
  public long rows() {
    if (rate.isEmpty()) {
      return Long.MAX_VALUE;
    }
    long now = clock.nanos();
    if (!started) {
      started = true;
      startNanos = now;
    }
    double seconds = (now - startNanos) / 1e9;
    return 1 + (long) (seconds * rate.get().perSecond());
  }
}
