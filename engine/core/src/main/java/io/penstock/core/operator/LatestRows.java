package io.penstock.core.operator;

import io.penstock.api.data.Batch;
import io.penstock.api.data.Provenance;
import io.penstock.api.data.Schema;
import io.penstock.core.logical.Deduplicate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Of rows of one key that are near by time to the first of them, passes the latest, when no other
 * can come. Rows that pass are brought into the order of their times, since those of several keys
 * are known to be the latest in another order.
 */
final class LatestRows implements Sequence {
  /** How many rows that are over are put in order together. */
  private static final int MANY = 1 << 16;

  private final StepContext context;
  private final StepCounters counters;
  private final RowKeys keys;
  private final Schema schema;
  private final String step;
  private final long within;
  private final LastRows last;
  private final TimeOrder order;
  private final List<LastRows.Last> over = new ArrayList<>();
  private long number;
  private long watermark = TimeTracker.NOTHING;
  private boolean releasing;

  LatestRows(Deduplicate deduplicate, StepContext context) {
    this.context = context;
    this.counters = context.counters();
    this.keys = new RowKeys(deduplicate.by(), context);
    this.schema = context.inputs().get(0);
    this.step = context.node().step();
    this.within = RecentKeys.within(deduplicate);
    this.last =
        new LastRows(
            deduplicate.by().stream().map(by -> by.expression().type().type()).toList(),
            keys::of,
            true,
            context);
    this.order = new TimeOrder(schema, context);
  }

  @Override
  public Batch rows(Batch rows, Operator.Out out) {
    RowKeys.Keyed keyed = keys.of(rows, out);
    Batch good = numbered(keyed.rows());
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
    settle();
    return good.gather(new int[0], 0);
  }

  /**
   * Rows come in the order of time and place; their numbers keep it among those of one time. All of
   * one time come before the next watermark, so numbers need not be kept.
   */
  private Batch numbered(Batch rows) {
    long[] positions = new long[rows.size()];
    for (int row = 0; row < positions.length; row++) {
      positions[row] = number++;
    }
    Provenance from = new Provenance(step, "", positions, new int[0], Map.of());
    return new Batch(rows.schema(), rows.size(), rows.columns(), from, rows.marks());
  }

  private void settle() {
    if (!over.isEmpty()) {
      order.add(gathered());
      over.clear();
      if (context.memory().isHalf(bytes()) && context.memory().isWorthGivingUp(order.bytes())) {
        order.giveUp();
      }
    }
  }

  private Batch gathered() {
    List<Batch> parts = new ArrayList<>();
    int[] rows = new int[over.size()];
    int count = 0;
    for (int i = 0; i < over.size(); i++) {
      LastRows.Last each = over.get(i);
      rows[count++] = each.row();
      if (i + 1 == over.size() || over.get(i + 1).rows() != each.rows()) {
        parts.add(each.rows().gather(rows, count));
        count = 0;
      }
    }
    return Rows.concat(schema, parts);
  }

  private void close(LastRows.Last now) {
    over.add(now);
    // Rows that have come back from the disk are each a batch of its own.
    if (over.size() >= (last.isInMemory() ? MANY : Batch.MAX_ROWS)) {
      settle();
    }
  }

  @Override
  public void reached(long reached) {
    watermark = reached;
    releasing = true;
  }

  /** Lets the next rows on the disk go that are over; after them those in memory. */
  private void release() {
    if (!last.release(watermark, this::close)) {
      releasing = false;
      last.reach(watermark, this::close);
      number = 0;
      // A row that is decided later is not before this.
      order.reach(back(watermark, within));
    }
    settle();
  }

  @Override
  public Optional<Batch> due() {
    if (releasing) {
      release();
      return Optional.of(Rows.none(schema, step));
    }
    Optional<Batch> next = order.next();
    if (next.isEmpty()) {
      order.tidy();
    }
    return next;
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
    return last.bytes() + order.bytes();
  }

  @Override
  public void giveUp() {
    if (context.memory().isWorthGivingUp(order.bytes())) {
      order.giveUp();
    }
    if (context.memory().isWorthGivingUp(last.inMemory())) {
      last.giveUp();
    }
  }

  @Override
  public void close() {
    order.close();
    last.close();
  }

  @Override
  public List<Stored> stores() {
    return List.of(last, order);
  }
}
