package io.penstock.core.operator;

import io.penstock.api.data.Batch;
import io.penstock.api.data.Column;
import io.penstock.api.data.DataType;
import io.penstock.api.data.LongsBuilder;
import io.penstock.api.data.Schema;
import io.penstock.core.expression.Evaluator;
import io.penstock.core.expression.RowErrors;
import io.penstock.core.logical.Operation;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The first rows of each group in an order, groups in the order in which they were met. Rows that
 * can no longer be among the first are dropped from time to time.
 */
final class TopOperator implements Operator {
  private static final int LEAST_HELD = 1 << 16;

  private final Operation.Top top;
  private final List<Evaluator> by;
  private final KeyIndex groups;
  private final Schema schema;
  private final StepCounters counters;
  private final FailurePolicy failures;
  private final HeldRows held;
  private final AllRows all = new AllRows();
  private int[] seenGroups = new int[0];
  private int cutAt = LEAST_HELD;
  private @Nullable Batch waiting;
  private @Nullable Batch result;
  private int[] ranks = new int[0];
  private int next;

  TopOperator(Operation.Top top, StepContext context) {
    this.top = top;
    this.by = context.named(top.by());
    List<DataType> types = new ArrayList<>();
    top.by().forEach(e -> types.add(e.expression().type().type()));
    this.groups = new KeyIndex(types);
    this.schema = context.node().schema();
    this.counters = context.counters();
    this.failures = context.failures();
    this.held = new HeldRows(top.orderBy(), context);
  }

  @Override
  public void rows(int input, Batch rows) {
    counters.in(rows.size());
    waiting = rows;
  }

  @Override
  public void ended() {
    cut(true);
  }

  @Override
  public boolean drain(Out out) {
    Batch rows = waiting;
    if (rows != null) {
      waiting = null;
      take(rows, out);
      return false;
    }
    Batch last = result;
    if (last == null) {
      return false;
    }
    int to = Math.min(last.size(), next + Batch.MAX_ROWS);
    if (to > next) {
      emit(last, next, to, out);
    }
    next = to;
    return next < last.size();
  }

  private void take(Batch rows, Out out) {
    RowErrors errors = new RowErrors();
    for (Evaluator key : by) {
      key.evaluate(rows, all.of(rows.size()), errors);
    }
    failures.rows(rows, errors, out);
    held.add(Traced.of(rows).without(errors, new RowErrors()).rows(), out);
    if (held.size() >= cutAt) {
      cut(false);
      cutAt = Math.max(LEAST_HELD, held.size() * 4);
    }
  }

  private void emit(Batch last, int from, int to, Out out) {
    Batch part = Rows.range(last, from, to);
    Map<String, Column> set = Map.of();
    if (top.rank().isPresent()) {
      LongsBuilder rank = new LongsBuilder();
      for (int i = from; i < to; i++) {
        rank.add(ranks[i]);
      }
      set = Assembly.one(top.rank().get(), rank.build());
    }
    counters.out(0, part.size());
    out.rows(0, part.with(schema, Assembly.assemble(schema, part, set, Set.of())));
  }

  /** Keeps the first rows of each group, in order. */
  private void cut(boolean last) {
    HeldRows.Ordered rows = held.take().orElse(null);
    if (rows == null) {
      return;
    }
    int size = rows.rows().size();
    seenGroups = numbers(rows.rows());
    int[] order = order(rows, size);
    int[] kept = new int[size];
    ranks = new int[last ? size : 0];
    int count = 0;
    RowOrder byKeys = new RowOrder(rows.keys());
    long place = 0;
    long rank = 0;
    for (int i = 0; i < size; i++) {
      boolean first = i == 0 || seenGroups[order[i]] != seenGroups[order[i - 1]];
      boolean tie = !first && byKeys.compare(order[i - 1], order[i]) == 0;
      place = first ? 1 : place + 1;
      rank = first || !(tie && top.withTies()) ? place : rank;
      if (rank <= top.n()) {
        if (last) {
          ranks[count] = (int) rank;
        }
        kept[count++] = order[i];
      }
    }
    counters.filtered(size - count);
    Batch left = rows.rows().gather(kept, count);
    if (last) {
      result = left;
    } else {
      held.add(left, NOWHERE);
    }
  }

  private int[] numbers(Batch rows) {
    int[] numbers = new int[rows.size()];
    if (!by.isEmpty()) {
      Column[] keys = new Column[by.size()];
      for (int i = 0; i < keys.length; i++) {
        keys[i] = by.get(i).evaluate(rows, all.of(rows.size()), new RowErrors());
      }
      groups.number(keys, rows.size(), numbers);
    }
    return numbers;
  }

  private int[] order(HeldRows.Ordered rows, int size) {
    List<RowOrder.Key> keys = new ArrayList<>();
    long[] own = new long[size];
    for (int i = 0; i < size; i++) {
      own[i] = seenGroups[i];
    }
    Column.Longs column = new Column.Longs(size, own, null);
    keys.add(new RowOrder.Key(DataType.INT, column, false, false));
    keys.addAll(rows.keys());
    Batch batch = rows.rows();
    for (int i = 0; i < batch.schema().columns(); i++) {
      keys.add(new RowOrder.Key(batch.schema().column(i).type(), batch.column(i), false, false));
    }
    return new RowOrder(keys).sorted(size);
  }

  /** Rows that were ordered once do not fail the second time. */
  private static final Out NOWHERE =
      new Out() {
        @Override
        public void rows(int output, Batch rows) {
          throw new IllegalStateException("a row failed that had not before");
        }

        @Override
        public void deadLetters(Batch letters) {
          throw new IllegalStateException("a row failed that had not before");
        }
      };
}
