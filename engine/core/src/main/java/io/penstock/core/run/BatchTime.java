package io.penstock.core.run;

import io.penstock.core.expression.EvaluationContext;
import java.util.Optional;

/** When the batch at hand was read, and for which slot it was planned. Used by one task. */
final class BatchTime implements EvaluationContext.NowSource {
  private final Optional<Long> slot;
  private long micros;

  /**
   * A time.
   *
   * @param slot of the schedule, wall time in microseconds; empty where there is none
   */
  BatchTime(Optional<Long> slot) {
    this.slot = slot;
  }

  void set(long readAt) {
    micros = readAt;
  }

  @Override
  public long micros() {
    return micros;
  }

  @Override
  public long slot() {
    return slot.orElse(micros);
  }
}
