package io.penstock.core.operator;

import io.penstock.api.data.Batch;
import io.penstock.api.data.Column;
import io.penstock.core.logical.Deduplicate;
import io.penstock.core.state.SnapshotReader;
import io.penstock.core.state.SnapshotWriter;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/** Passes a row at once, unless one of its key that is near by time has passed before. */
final class DeduplicateOperator implements Operator {
  private final StepContext context;
  private final OnTime onTime;
  private final RowKeys keys;
  private final RecentKeys recent;
  private final MemoryBudget.Share share;
  private long held;
  private @Nullable Batch waiting;

  DeduplicateOperator(Deduplicate deduplicate, StepContext context) {
    this.context = context;
    this.share = context.memory().share(context.node());
    this.onTime = new OnTime(context);
    this.keys = new RowKeys(deduplicate.by(), context);
    this.recent = new RecentKeys(deduplicate, context);
  }

  @Override
  public void rows(int input, Batch rows) {
    context.counters().in(rows.size());
    waiting = rows;
  }

  @Override
  public void watermark(long reached) {
    recent.reached(reached);
    settle();
  }

  @Override
  public boolean drain(Out out) {
    Batch rows = waiting;
    if (rows == null) {
      return false;
    }
    waiting = null;
    RowKeys.Keyed keyed = keys.of(onTime.of(0, rows, out), out);
    Batch passed = passed(keyed, recent, context.counters());
    if (passed.size() > 0) {
      context.counters().out(0, passed.size());
      out.rows(0, passed);
    }
    settle();
    return false;
  }

  /** The rows that are the first of their key; the others are counted. */
  static Batch passed(RowKeys.Keyed keyed, RecentKeys recent, StepCounters counters) {
    Batch rows = keyed.rows();
    int[] fresh = new int[rows.size()];
    Column.Longs times = rows.times().orElseThrow();
    int count = recent.take(keyed.keys(), times, fresh);
    counters.filtered(rows.size() - count);
    return count == rows.size() ? rows : rows.gather(fresh, count);
  }

  private void settle() {
    if (!hold() && context.memory().isWorthGivingUp(recent.inMemory())) {
      recent.giveUp();
      boolean unused = hold();
    }
  }

  private boolean hold() {
    long now = recent.bytes();
    long more = now - held;
    held = now;
    return share.hold(more);
  }

  @Override
  public long held() {
    return held;
  }

  @Override
  public void snapshot(SnapshotWriter to) throws IOException {
    recent.snapshot(to);
  }

  @Override
  public void restore(SnapshotReader from) throws IOException {
    recent.restore(from);
    settle();
  }

  @Override
  public void close() {
    share.close();
    recent.close();
  }
}
