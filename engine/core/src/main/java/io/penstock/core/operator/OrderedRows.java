package io.penstock.core.operator;

import io.penstock.api.data.Batch;
import io.penstock.core.logical.LogicalNode;
import io.penstock.core.state.Entries;
import io.penstock.core.state.StateInput;
import java.io.IOException;
import java.util.Optional;

/** Rows in an order. */
final class OrderedRows implements OpenRows {
  private final HeldRows rows;
  private final StepStore store;
  private final LogicalNode node;
  private final RowBytes reading;
  private final StateInput bytes = StateInput.of(new byte[0]);
  private Optional<HeldRows.Ordered> ordered = Optional.empty();
  private Optional<Entries> merged = Optional.empty();
  private int[] order = new int[0];
  private boolean begun;
  private int next;

  OrderedRows(HeldRows.Input input) {
    this.rows = new HeldRows(input);
    this.store = new StepStore(input.context(), new Held(rows));
    this.node = input.context().node();
    this.reading = new RowBytes(input.context().inputs().get(0));
  }

  @Override
  public void add(Batch batch, Operator.Out out) {
    rows.add(batch, out);
    store.changed();
  }

  @Override
  public StepStore store() {
    return store;
  }

  @Override
  public Optional<Batch> next() throws IOException {
    if (!begun) {
      begun = true;
      begin();
    }
    return merged.isPresent() ? merge(merged.get()) : held();
  }

  private void begin() throws IOException {
    if (store.isInMemory()) {
      ordered = rows.take();
      ordered.ifPresent(held -> order = held.total().sorted(held.rows().size()));
      return;
    }
    merged = Optional.of(store.all());
  }

  private Optional<Batch> held() {
    if (next == order.length) {
      ordered = Optional.empty();
      return Optional.empty();
    }
    int from = next;
    next = Math.min(order.length, from + Batch.MAX_ROWS);
    return Optional.of(ordered.orElseThrow().gather(order, from, next));
  }

  private Optional<Batch> merge(Entries entries) throws IOException {
    while (reading.size() < Batch.MAX_ROWS && entries.next()) {
      reading.read(bytes.over(entries.value(), 0, entries.valueLength()));
    }
    if (reading.size() == 0) {
      merged = Optional.empty();
      entries.close();
      store.close();
      return Optional.empty();
    }
    return Optional.of(reading.build(node.step()));
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
