package io.penstock.core.operator;

import io.penstock.api.data.Batch;
import io.penstock.core.expression.Evaluator;
import io.penstock.core.expression.RowErrors;
import io.penstock.core.expression.Selection;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Splits rows by condition. A row for which a condition fails visits no output. */
final class RouteOperator implements Operator {
  private final List<Evaluator> cases;
  private final boolean every;
  private final StepCounters counters;
  private final FailurePolicy failures;
  private @Nullable Batch waiting;

  /**
   * A route.
   *
   * @param every whether a row visits each case that is true, not the first only
   */
  RouteOperator(List<Evaluator> cases, boolean every, StepContext context) {
    this.cases = cases;
    this.every = every;
    this.counters = context.counters();
    this.failures = context.failures();
  }

  @Override
  public void rows(int input, Batch rows) {
    counters.in(rows.size());
    waiting = rows;
  }

  @Override
  public boolean drain(Out out) {
    Batch rows = waiting;
    if (rows == null) {
      return false;
    }
    waiting = null;
    RowErrors errors = new RowErrors();
    boolean[] matched = new boolean[rows.size()];
    Selection[] taken = new Selection[cases.size()];
    Selection left = Selection.all(rows.size());
    for (int i = 0; i < taken.length; i++) {
      taken[i] = cases.get(i).select(rows, left, errors);
      for (int k = 0; k < taken[i].count(); k++) {
        matched[taken[i].rows()[k]] = true;
      }
      left = left(rows.size(), matched, errors);
    }
    for (int i = 0; i < taken.length; i++) {
      emit(rows, withoutFailed(taken[i], errors), i, out);
    }
    emit(rows, unmatched(rows.size(), matched, errors), cases.size(), out);
    failures.rows(rows, errors, out);
    return false;
  }

  private Selection left(int size, boolean[] matched, RowErrors errors) {
    int[] rows = new int[size];
    int count = 0;
    for (int row = 0; row < size; row++) {
      if ((every || !matched[row]) && errors.of(row).isEmpty()) {
        rows[count++] = row;
      }
    }
    return new Selection(rows, count);
  }

  private static Selection unmatched(int size, boolean[] matched, RowErrors errors) {
    int[] rows = new int[size];
    int count = 0;
    for (int row = 0; row < size; row++) {
      if (!matched[row] && errors.of(row).isEmpty()) {
        rows[count++] = row;
      }
    }
    return new Selection(rows, count);
  }

  private static Selection withoutFailed(Selection taken, RowErrors errors) {
    if (errors.isEmpty()) {
      return taken;
    }
    int[] rows = new int[taken.count()];
    int count = 0;
    for (int i = 0; i < taken.count(); i++) {
      if (errors.of(taken.rows()[i]).isEmpty()) {
        rows[count++] = taken.rows()[i];
      }
    }
    return new Selection(rows, count);
  }

  private void emit(Batch rows, Selection selected, int output, Out out) {
    if (selected.count() == 0) {
      return;
    }
    counters.out(output, selected.count());
    out.rows(output, Updates.mended(Traced.of(rows).gather(selected)).rows());
  }
}
