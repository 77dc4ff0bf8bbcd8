package io.penstock.core.operator;

import io.penstock.api.data.Batch;
import io.penstock.api.data.Schema;
import io.penstock.core.logical.Deduplicate;
import io.penstock.core.state.SnapshotReader;
import io.penstock.core.state.SnapshotWriter;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Of rows of one key that are near by time to the first of them, passes the latest, when no other
 * can come.
 */
final class LatestRows implements Sequence {
  private final StepCounters counters;
  private final RowKeys keys;
  private final Schema schema;
  private final long within;
  private final LastRows last;
  private final List<Batch> over = new ArrayList<>();

  LatestRows(Deduplicate deduplicate, StepContext context) {
    this.counters = context.counters();
    this.keys = new RowKeys(deduplicate.by(), context);
    this.schema = context.inputs().get(0);
    this.within = RecentKeys.within(deduplicate);
    this.last =
        new LastRows(
            deduplicate.by().stream().map(by -> by.expression().type().type()).toList(),
            schema,
            keys::of);
  }

  @Override
  public Batch rows(Batch rows, Operator.Out out) {
    RowKeys.Keyed keyed = keys.of(rows, out);
    Batch good = keyed.rows();
    int[] ids = last.number(keyed.keys(), good.size());
    for (int row = 0; row < ids.length; row++) {
      long time = good.times().orElseThrow().values()[row];
      LastRows.Last before = last.last(ids[row]);
      long until = Windower.plus(time, within);
      if (before != null && time <= before.until()) {
        until = before.until();
        counters.filtered(1);
      } else if (before != null) {
        close(before);
      }
      last.put(ids[row], good, row, until);
    }
    last.settle(good);
    return good.gather(new int[0], 0);
  }

  private void close(LastRows.Last now) {
    over.add(now.rows().gather(new int[] {now.row()}, 1));
  }

  @Override
  public void reached(long watermark) {
    last.reach(watermark, this::close);
  }

  @Override
  public Optional<Batch> due() {
    int count = Math.min(over.size(), Batch.MAX_ROWS);
    if (count == 0) {
      return Optional.empty();
    }
    List<Batch> next = over.subList(0, count);
    Batch rows = Rows.concat(schema, next);
    next.clear();
    return Optional.of(rows);
  }

  @Override
  public long handedOn(long watermark) {
    return back(watermark, within);
  }

  /** A watermark so much before another. */
  static long back(long watermark, long length) {
    if (watermark == Long.MAX_VALUE || watermark == TimeTracker.NOTHING) {
      return watermark;
    }
    long before = watermark - length;
    return before > watermark ? TimeTracker.NOTHING : before;
  }

  @Override
  public long bytes() {
    return last.bytes();
  }

  @Override
  public void snapshot(SnapshotWriter to) throws IOException {
    last.snapshot(to);
  }

  @Override
  public void restore(SnapshotReader from) throws IOException {
    last.restore(from);
  }
}
