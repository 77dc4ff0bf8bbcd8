package io.penstock.core.run;

import io.penstock.core.expression.EvaluationContext;

/** When the batch at hand was read. Used by one task. */
final class BatchTime implements EvaluationContext.NowSource {
  private long micros;

  void set(long readAt) {
    micros = readAt;
  }

  @Override
  public long micros() {
    return micros;
  }
}
