package io.penstock.core.operator;

import io.penstock.api.data.Batch;
import io.penstock.api.data.Column;
import io.penstock.api.data.LongsBuilder;
import io.penstock.api.data.Schema;
import io.penstock.core.logical.Operation;
import io.penstock.core.state.SnapshotReader;
import io.penstock.core.state.SnapshotWriter;
import java.io.IOException;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The first rows of each group in an order, groups in the order in which they were met. Rows that
 * can no longer be among the first are dropped from time to time.
 */
final class TopOperator implements Operator {
  private final Operation.Top top;
  private final StepContext context;
  private final TopTable table;
  private final StepStore store;
  private final Schema schema;
  private final StepCounters counters;
  private @Nullable Batch waiting;
  private Optional<TopTable.First> first = Optional.empty();
  private Optional<TopResults> spilled = Optional.empty();
  private int next;

  TopOperator(Operation.Top top, StepContext context) {
    this.top = top;
    this.context = context;
    this.table = new TopTable(top, context);
    this.store = new StepStore(context, table);
    this.schema = context.node().schema();
    this.counters = context.counters();
  }

  @Override
  public void rows(int input, Batch rows) {
    counters.in(rows.size());
    waiting = rows;
  }

  @Override
  public void ended() {
    if (store.isInMemory()) {
      first = table.cut();
      return;
    }
    TopResults results =
        new TopResults(
            new RowBytes(context.inputs().get(0)), context.node().step(), context.memory());
    spilled = Optional.of(results);
    try {
      results.merge(new JoinedTop(store.all(), top, counters));
      store.close();
    } catch (IOException e) {
      throw store.noRoom(e);
    }
  }

  @Override
  public boolean drain(Out out) {
    Batch rows = waiting;
    if (rows != null) {
      waiting = null;
      table.add(rows, context.failures(), out);
      store.changed();
      return false;
    }
    if (spilled.isPresent()) {
      return merge(spilled.get(), out);
    }
    if (first.isEmpty()) {
      return false;
    }
    TopTable.First last = first.get();
    int size = last.rows().size();
    int to = Math.min(size, next + Batch.MAX_ROWS);
    if (to > next) {
      emit(Rows.range(last.rows(), next, to), last.ranks(), next, out);
    }
    next = to;
    return next < size;
  }

  private boolean merge(TopResults results, Out out) {
    try {
      Optional<TopTable.First> part = results.next();
      if (part.isEmpty()) {
        results.close();
        spilled = Optional.empty();
        return false;
      }
      emit(part.get().rows(), part.get().ranks(), 0, out);
      return true;
    } catch (IOException e) {
      throw store.noRoom(e);
    }
  }

  private void emit(Batch part, int[] ranks, int from, Out out) {
    Map<String, Column> set = Map.of();
    if (top.rank().isPresent()) {
      LongsBuilder rank = new LongsBuilder();
      for (int i = from; i < from + part.size(); i++) {
        rank.add(ranks[i]);
      }
      set = Assembly.one(top.rank().get(), rank.build());
    }
    counters.out(0, part.size());
    out.rows(0, part.with(schema, Assembly.assemble(schema, part, set, Set.of())));
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
}
