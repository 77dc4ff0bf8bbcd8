package io.penstock.core.operator;

import io.penstock.api.data.Batch;
import io.penstock.core.logical.LogicalNode;
import io.penstock.core.logical.Operation;
import io.penstock.core.state.Entries;
import io.penstock.core.state.SnapshotReader;
import io.penstock.core.state.SnapshotWriter;
import io.penstock.core.state.StateInput;
import java.io.IOException;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Holds all rows and hands them on in order at the end. */
final class SortOperator implements Operator {
  private final HeldRows rows;
  private final StepStore store;
  private final StepCounters counters;
  private final LogicalNode node;
  private final RowBytes reading;
  private final StateInput bytes = StateInput.of(new byte[0]);
  private @Nullable Batch waiting;
  private Optional<HeldRows.Ordered> ordered = Optional.empty();
  private Optional<Entries> merged = Optional.empty();
  private int[] order = new int[0];
  private int next;

  SortOperator(Operation.Sort sort, StepContext context) {
    this.rows = new HeldRows(sort.by(), context);
    this.store = new StepStore(context, new Held(rows));
    this.counters = context.counters();
    this.node = context.node();
    this.reading = new RowBytes(context.inputs().get(0));
  }

  @Override
  public void rows(int input, Batch batch) {
    counters.in(batch.size());
    waiting = batch;
  }

  @Override
  public void ended() {
    if (store.isInMemory()) {
      ordered = rows.take();
      ordered.ifPresent(held -> order = held.total().sorted(held.rows().size()));
      return;
    }
    try {
      merged = Optional.of(store.all());
    } catch (IOException e) {
      throw store.noRoom(e);
    }
  }

  @Override
  public boolean drain(Out out) {
    if (waiting != null) {
      Batch batch = waiting;
      waiting = null;
      rows.add(batch, out);
      store.changed();
      return false;
    }
    if (merged.isPresent()) {
      return merge(merged.get(), out);
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

  private boolean merge(Entries entries, Out out) {
    try {
      while (reading.size() < Batch.MAX_ROWS && entries.next()) {
        reading.read(bytes.over(entries.value(), 0, entries.valueLength()));
      }
      int size = reading.size();
      if (size > 0) {
        counters.out(0, size);
        out.rows(0, reading.build(node.step()));
      }
      if (size < Batch.MAX_ROWS) {
        merged = Optional.empty();
        entries.close();
        store.close();
      }
      return merged.isPresent();
    } catch (IOException e) {
      throw store.noRoom(e);
    }
  }

  @Override
  public void snapshot(SnapshotWriter to) throws IOException {
    store.snapshot(to);
  }

  @Override
  public void restore(SnapshotReader from) throws IOException {
    store.restore(from);
  }

  @Override
  public void close() {
    store.close();
  }

  /** The rows in memory. */
  private record Held(HeldRows rows) implements StepStore.Table {
    @Override
    public boolean isEmpty() {
      return rows.size() == 0;
    }

    @Override
    public long bytes() {
      return rows.bytes();
    }

    @Override
    public boolean isNearlyFull() {
      return rows.isNearlyFull();
    }

    @Override
    public Entries sorted() {
      return new SortedRows(rows.ordered().orElseThrow());
    }

    @Override
    public void clear() {
      rows.clear();
    }

    @Override
    public Entries joined(Entries sorted) {
      return sorted;
    }

    @Override
    public long met() {
      return 0;
    }

    @Override
    public void goOn(long met) {}
  }
}
