package io.penstock.core.operator;

import io.penstock.api.data.Batch;
import io.penstock.core.state.Segment;
import io.penstock.core.state.SnapshotReader;
import io.penstock.core.state.SnapshotWriter;
import io.penstock.core.state.StateInput;
import java.io.IOException;
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
  public void snapshot(SnapshotWriter to) throws IOException {
    to.begin().number(left);
    to.end(1);
  }

  @Override
  public void restore(SnapshotReader from) throws IOException {
    for (Segment segment : from.segments()) {
      try (StateInput input = from.open(segment)) {
        left = input.number();
      }
    }
    if (left == 0) {
      enough.run();
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
