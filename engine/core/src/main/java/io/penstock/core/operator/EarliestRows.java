package io.penstock.core.operator;

import io.penstock.api.data.Batch;
import io.penstock.core.logical.Deduplicate;
import java.util.List;

/** Of rows of one key that are near by time, passes the earliest. */
final class EarliestRows implements Sequence {
  private final RowKeys keys;
  private final RecentKeys recent;
  private final StepCounters counters;

  EarliestRows(Deduplicate deduplicate, StepContext context) {
    this.keys = new RowKeys(deduplicate.by(), context);
    this.recent = new RecentKeys(deduplicate, context);
    this.counters = context.counters();
  }

  @Override
  public Batch rows(Batch rows, Operator.Out out) {
    return DeduplicateOperator.passed(keys.of(rows, out), recent, counters);
  }

  @Override
  public void reached(long watermark) {
    recent.reached(watermark);
  }

  @Override
  public long bytes() {
    return recent.bytes();
  }

  @Override
  public List<Stored> stores() {
    return List.of(recent);
  }

  @Override
  public void giveUp() {
    recent.giveUp();
  }

  @Override
  public void close() {
    recent.close();
  }
}
