package io.penstock.core.operator;

import io.penstock.api.data.Batch;
import io.penstock.core.logical.Operation;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Holds all rows and hands them on in order at the end. */
final class SortOperator implements Operator {
  private final HeldRows rows;
  private final StepCounters counters;
  private @Nullable Batch waiting;
  private Optional<HeldRows.Ordered> ordered = Optional.empty();
  private int[] order = new int[0];
  private int next;

  SortOperator(Operation.Sort sort, StepContext context) {
    this.rows = new HeldRows(sort.by(), context);
    this.counters = context.counters();
  }

  @Override
  public void rows(int input, Batch batch) {
    counters.in(batch.size());
    waiting = batch;
  }

  @Override
  public void ended() {
    ordered = rows.take();
    ordered.ifPresent(held -> order = held.total().sorted(held.rows().size()));
  }

  @Override
  public boolean drain(Out out) {
    if (waiting != null) {
      Batch batch = waiting;
      waiting = null;
      rows.add(batch, out);
      return false;
    }
    if (next < order.length) {
      int to = Math.min(order.length, next + Batch.MAX_ROWS);
      counters.out(0, to - next);
      out.rows(0, ordered.orElseThrow().gather(order, next, to));
      next = to;
      if (next == order.length) {
        ordered = Optional.empty();
      }
    }
    return next < order.length;
  }
}
