package io.penstock.core.operator;

import io.penstock.api.data.Batch;
import io.penstock.core.state.Segment;
import io.penstock.core.state.SnapshotReader;
import io.penstock.core.state.SnapshotWriter;
import io.penstock.core.state.StateInput;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/** Lets every n-th row through; goes on counting in a later process. */
final class EveryNthOperator implements Operator {
  private final long rows;
  private final StepCounters counters;
  private long passed;
  private @Nullable Batch waiting;

  EveryNthOperator(long rows, StepContext context) {
    this.rows = rows;
    this.counters = context.counters();
  }

  @Override
  public void rows(int input, Batch batch) {
    counters.in(batch.size());
    int[] kept = new int[batch.size()];
    int count = 0;
    for (long at = rows - 1 - passed; at < batch.size(); at += rows) {
      kept[count++] = (int) at;
    }
    passed = (passed + batch.size()) % rows;
    counters.filtered(batch.size() - count);
    waiting = count == 0 ? null : batch.gather(kept, count);
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

  @Override
  public void snapshot(SnapshotWriter to) throws IOException {
    to.begin().number(passed);
    to.end(1);
  }

  @Override
  public void restore(SnapshotReader from) throws IOException {
    for (Segment segment : from.segments()) {
      try (StateInput input = from.open(segment)) {
        passed = input.number();
      }
    }
  }
}
