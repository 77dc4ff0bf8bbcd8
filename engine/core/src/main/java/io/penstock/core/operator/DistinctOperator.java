package io.penstock.core.operator;

import io.penstock.api.data.Batch;
import io.penstock.api.data.Column;
import io.penstock.api.data.DataType;
import io.penstock.core.expression.Evaluator;
import io.penstock.core.expression.RowErrors;
import io.penstock.core.logical.Operation;
import io.penstock.core.state.SnapshotReader;
import io.penstock.core.state.SnapshotWriter;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Lets the first row of each kind through, at once; null is a value like any other. With windows,
 * the first of each window, which it then carries.
 */
final class DistinctOperator implements Operator {
  private final List<Evaluator> by;
  private final DistinctKeys seen;
  private final StepCounters counters;
  private final FailurePolicy failures;
  private final AllRows all = new AllRows();
  private @Nullable Batch waiting;

  DistinctOperator(Operation.Distinct distinct, StepContext context) {
    this.by = context.evaluators(distinct.by());
    List<DataType> types = new ArrayList<>();
    distinct.by().forEach(e -> types.add(e.type().type()));
    if (types.isEmpty()) {
      for (int i = 0; i < context.inputs().get(0).columns(); i++) {
        types.add(context.inputs().get(0).column(i).type());
      }
    }
    this.seen =
        distinct.windowing().isTimed()
            ? new DistinctKeys.InWindows(distinct.windowing(), types, context)
            : new DistinctKeys.OfAll(new SeenKeys(types, context));
    this.counters = context.counters();
    this.failures = context.failures();
  }

  @Override
  public void rows(int input, Batch rows) {
    counters.in(rows.size());
    waiting = rows;
  }

  @Override
  public void watermark(long reached) {
    seen.reached(reached);
  }

  @Override
  public boolean drain(Out out) {
    Batch rows = waiting;
    if (rows == null) {
      return false;
    }
    waiting = null;
    take(seen.entering(rows, out), out);
    return false;
  }

  private void take(Batch rows, Out out) {
    RowErrors errors = new RowErrors();
    Column[] keys = rows.columns();
    if (!by.isEmpty()) {
      keys = new Column[by.size()];
      for (int i = 0; i < keys.length; i++) {
        keys[i] = by.get(i).evaluate(rows, all.of(rows.size()), errors);
      }
    }
    if (!errors.isEmpty()) {
      failures.rows(rows, errors, out);
      take(Traced.of(rows).without(errors, new RowErrors()).rows(), out);
      return;
    }
    emit(rows, keys, out);
  }

  private void emit(Batch rows, Column[] keys, Out out) {
    int[] first = new int[rows.size()];
    int count = seen.take(rows, keys, first);
    counters.filtered(rows.size() - count);
    if (count > 0) {
      counters.out(0, count);
      out.rows(0, count == rows.size() ? rows : rows.gather(first, count));
    }
  }

  @Override
  public void snapshot(SnapshotWriter to) throws IOException {
    seen.snapshot(to);
  }

  @Override
  public void restore(SnapshotReader from) throws IOException {
    seen.restore(from);
  }

  @Override
  public void close() {
    seen.close();
  }
}
