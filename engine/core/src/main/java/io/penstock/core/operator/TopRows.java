package io.penstock.core.operator;

import io.penstock.api.data.Batch;
import io.penstock.api.data.Column;
import io.penstock.api.data.LongsBuilder;
import io.penstock.api.data.Schema;
import io.penstock.core.logical.Operation;
import java.io.IOException;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * The first rows of each group in an order, groups in the order in which they were met. Rows that
 * can no longer be among the first are dropped from time to time.
 */
final class TopRows implements OpenRows {
  private final Operation.Top top;
  private final StepContext context;
  private final TopTable table;
  private final StepStore store;
  private final Schema schema;
  private Optional<TopTable.First> first = Optional.empty();
  private Optional<TopResults> spilled = Optional.empty();
  private boolean begun;
  private int next;

  TopRows(TopTable.Input input) {
    this.top = input.top();
    this.context = input.rows().context();
    this.table = new TopTable(input);
    this.store = new StepStore(context, table);
    this.schema = context.node().schema();
  }

  @Override
  public void add(Batch rows, Operator.Out out) {
    table.add(rows, context.failures(), out);
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
    return spilled.isPresent() ? merged(spilled.get()) : held();
  }

  private void begin() throws IOException {
    if (store.isInMemory()) {
      first = table.cut();
      return;
    }
    TopResults results =
        new TopResults(
            new RowBytes(context.inputs().get(0)), context.node().step(), context.memory());
    spilled = Optional.of(results);
    results.merge(new JoinedTop(store.all(), top, context.counters()));
    store.close();
  }

  private Optional<Batch> held() {
    if (first.isEmpty() || next == first.get().rows().size()) {
      first = Optional.empty();
      return Optional.empty();
    }
    TopTable.First last = first.get();
    int from = next;
    next = Math.min(last.rows().size(), from + Batch.MAX_ROWS);
    return Optional.of(made(Rows.range(last.rows(), from, next), last.ranks(), from));
  }

  private Optional<Batch> merged(TopResults results) throws IOException {
    Optional<TopTable.First> part = results.next();
    if (part.isEmpty()) {
      results.close();
      spilled = Optional.empty();
    }
    return part.map(p -> made(p.rows(), p.ranks(), 0));
  }

  private Batch made(Batch part, int[] ranks, int from) {
    Map<String, Column> set = Map.of();
    if (top.rank().isPresent()) {
      LongsBuilder rank = new LongsBuilder();
      for (int i = from; i < from + part.size(); i++) {
        rank.add(ranks[i]);
      }
      set = Assembly.one(top.rank().get(), rank.build());
    }
    return part.with(schema, Assembly.assemble(schema, part, set, Set.of()));
  }
}
