package io.penstock.core.operator;

import io.penstock.api.data.Batch;
import org.jspecify.annotations.Nullable;

/** Lets the first rows through, and says when it needs no more. */
final class LimitOperator implements Operator {
  private final StepCounters counters;
  private final Runnable enough;
  private long left;
  private @Nullable Batch waiting;

  LimitOperator(long rows, StepContext context, Runnable enough) {
    this.left = rows;
    this.counters = context.counters();
    this.enough = enough;
    if (rows == 0) {
      enough.run();
    }
  }

  @Override
  public void rows(int input, Batch rows) {
    counters.in(rows.size());
    int taken = (int) Math.min(left, rows.size());
    counters.filtered(rows.size() - taken);
    if (taken > 0) {
      waiting = Rows.range(rows, 0, taken);
      left -= taken;
      if (left == 0) {
        enough.run();
      }
    }
  }

  @Override
  public boolean drain(Out out) {
    if (waiting != null) {
      counters.out(0, waiting.size());
      out.rows(0, waiting);
      waiting = null;
    }
    return false;
  }
}
