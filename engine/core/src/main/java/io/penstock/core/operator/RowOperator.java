package io.penstock.core.operator;

import io.penstock.api.data.Batch;
import io.penstock.core.expression.RowErrors;
import io.penstock.core.state.Segment;
import io.penstock.core.state.SnapshotReader;
import io.penstock.core.state.SnapshotWriter;
import io.penstock.core.state.StateInput;
import java.io.IOException;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A row operation as a step of its own. One that may make many rows of one works on few rows at a
 * time, as many as lately gave about one batch. Before a row that ends the run, the rows above it
 * go their way to the end, where one of them may fail too.
 */
final class RowOperator implements Operator {
  private final RowStep step;
  private final StepCounters counters;
  private final FailurePolicy failures;
  private @Nullable Batch waiting;
  private int next;
  private @Nullable Batch ready;
  private int readyFrom;
  private int slice;
  private @Nullable Runnable stop;

  RowOperator(RowStep step, StepContext context) {
    this.step = step;
    this.counters = context.counters();
    this.failures = context.failures();
    this.slice = step.expands() ? 16 : Integer.MAX_VALUE;
  }

  @Override
  public void rows(int input, Batch rows) {
    counters.in(rows.size());
    waiting = rows;
    next = 0;
  }

  @Override
  public Optional<TimeTracker> timer() {
    return step.timer();
  }

  @Override
  public long handedOn(long watermark) {
    boolean own = timer().isPresent() && watermark != Long.MAX_VALUE;
    return own ? timer().get().watermark() : watermark;
  }

  @Override
  public void snapshot(SnapshotWriter to) throws IOException {
    if (timer().isPresent()) {
      to.begin().number(timer().get().greatest());
      to.end(1);
    }
  }

  @Override
  public void restore(SnapshotReader from) throws IOException {
    for (Segment segment : from.segments()) {
      try (StateInput input = from.open(segment)) {
        timer().orElseThrow().reached(input.number());
      }
    }
  }

  @Override
  public boolean drain(Out out) {
    if (ready != null) {
      emit(ready, out);
      return isUnderWay();
    }
    if (stop != null) {
      stop.run();
    }
    Batch rows = waiting;
    if (rows == null) {
      return false;
    }
    int to = Updates.cut(rows, next, (int) Math.min(rows.size(), (long) next + slice));
    Batch part = Rows.range(rows, next, to);
    next = to;
    if (to == rows.size()) {
      waiting = null;
    }
    work(part, out);
    return isUnderWay();
  }

  private boolean isUnderWay() {
    return ready != null || waiting != null || stop != null;
  }

  private void work(Batch part, Out out) {
    RowErrors errors = new RowErrors();
    Traced result = step.apply(Traced.of(part), errors).withoutFailed(errors);
    counters.filtered(part.size() - sources(result) - errors.all().size());
    if (failures.stops() && !errors.isEmpty()) {
      stop = () -> failures.rows(part, errors, out);
      result = result.before(errors.all().firstKey());
    } else {
      failures.rows(part, errors, out);
    }
    if (step.expands()) {
      long wanted = (long) part.size() * Batch.MAX_ROWS / Math.max(1, result.size());
      slice = (int) Math.max(1, Math.min(Batch.MAX_ROWS, wanted));
    }
    result = Updates.mended(result);
    if (result.size() > 0) {
      emit(result.rows(), out);
    }
  }

  private void emit(Batch rows, Out out) {
    int to = Updates.cut(rows, readyFrom, Math.min(rows.size(), readyFrom + Batch.MAX_ROWS));
    Batch part = Rows.range(rows, readyFrom, to);
    boolean all = to == rows.size();
    ready = all ? null : rows;
    readyFrom = all ? 0 : to;
    counters.out(0, part.size());
    out.rows(0, part);
  }

  /** How many rows of the input have come to something. */
  private static int sources(Traced result) {
    int[] from = result.from();
    if (from == null) {
      return result.size();
    }
    int count = 0;
    int last = -1;
    for (int i = 0; i < result.size(); i++) {
      if (from[i] != last) {
        last = from[i];
        count++;
      }
    }
    return count;
  }
}
