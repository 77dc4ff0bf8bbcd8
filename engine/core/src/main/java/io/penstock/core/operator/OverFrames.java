package io.penstock.core.operator;

import io.penstock.api.data.Batch;
import io.penstock.api.data.Column;
import io.penstock.api.data.ColumnBuilder;
import io.penstock.api.data.Field;
import io.penstock.api.data.Schema;
import io.penstock.core.expression.EvaluationException;
import io.penstock.core.expression.Evaluator;
import io.penstock.core.expression.OverCall;
import io.penstock.core.expression.OverExpression;
import io.penstock.core.expression.RowError;
import io.penstock.core.expression.RowErrors;
import io.penstock.core.expression.Selection;
import io.penstock.core.logical.Over;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Map;

/**
 * Gives rows their values by the rows around them: moves the frames of series, and computes what is
 * added. Used by one task.
 */
final class OverFrames {
  private final Over over;
  private final Schema input;
  private final Schema output;
  private final FailurePolicy failures;
  private final List<OverValue> values = new ArrayList<>();
  private final List<Evaluator> outers = new ArrayList<>();
  private final List<Schema> seen = new ArrayList<>();
  private final boolean moves;
  private final long back;
  private final long before;
  private final long after;
  private int groups;

  OverFrames(Over over, StepContext context) {
    this.over = over;
    this.input = context.inputs().get(0);
    this.output = context.node().schema();
    this.failures = context.failures();
    for (OverCall call : over.calls()) {
      values.add(OverValues.of(call, values.size(), over));
    }
    for (OverExpression expression : over.compute()) {
      outers.add(context.evaluator(expression.outer()));
      seen.add(seen(expression));
    }
    boolean aggregates = over.calls().stream().anyMatch(OverCall.Aggregated.class::isInstance);
    this.moves = aggregates && !(over.frame() instanceof Over.Running);
    this.back = over.rowsBefore();
    this.before = over.frame() instanceof Over.Range r ? TimeTracker.micros(r.before()) : 0;
    this.after = over.frame() instanceof Over.Range r ? TimeTracker.micros(r.after()) : 0;
  }

  /** A row as an outer expression sees it. */
  private Schema seen(OverExpression expression) {
    List<Field> fields = new ArrayList<>(input.fields());
    if (input.open()) {
      fields.add(new Field("$", input.column(input.rest())));
    }
    for (int i = 0; i < expression.calls().size(); i++) {
      fields.add(new Field("$" + i, expression.calls().get(i).type()));
    }
    return Schema.of(fields);
  }

  List<OverValue> values() {
    return values;
  }

  /** A series without rows. */
  OverSeries begin() {
    return new OverSeries(groups++);
  }

  /** How many series have begun since groups were numbered. */
  int groups() {
    return groups;
  }

  /** Numbers the groups of some series anew; those of others are forgotten. */
  void renumber(Collection<OverSeries> goOn) {
    values.forEach(OverValue::renumber);
    groups = 0;
    for (OverSeries series : goOn) {
      int number = groups++;
      for (OverValue value : values) {
        value.move(series.group, number);
      }
      series.group = number;
    }
    values.forEach(OverValue::written);
  }

  /** Builders for what the calls give. */
  ColumnBuilder[] builders() {
    return over.calls().stream()
        .map(call -> ColumnBuilder.of(call.type().type()))
        .toArray(ColumnBuilder[]::new);
  }

  /**
   * Gives the next row of a series its values.
   *
   * @param at the row's place among those that are given theirs together
   */
  void give(OverSeries series, ColumnBuilder[] to, int at, RowErrors errors) {
    long row = series.next++;
    OverPart part = series.part(row);
    boolean tied = series.given > 0 && part.isTied(series.row(row), series.givenTime);
    series.given++;
    series.rank = tied ? series.rank : series.given;
    series.ranks += tied ? 0 : 1;
    series.givenTime = part.time(series.row(row));
    move(series, row);
    for (int i = 0; i < to.length; i++) {
      try {
        values.get(i).give(series, row, to[i]);
      } catch (EvaluationException e) {
        to[i].addNull();
        errors.add(at, new RowError(e.code(), origin(i), e.text(), Map.of()));
      }
    }
    trim(series);
  }

  private io.penstock.api.problem.Origin origin(int call) {
    int left = call;
    for (OverExpression expression : over.compute()) {
      left -= expression.calls().size();
      if (left < 0) {
        return expression.outer().source().origin();
      }
    }
    throw new IllegalArgumentException("no call " + call);
  }

  private void move(OverSeries series, long row) {
    if (!moves) {
      return;
    }
    long end = endOf(series, row);
    while (series.to < end) {
      long entering = series.to++;
      values.forEach(value -> value.enter(series, entering));
    }
    long begin = beginOf(series, row);
    while (series.from < begin) {
      long leaving = series.from++;
      values.forEach(value -> value.leave(series, leaving));
    }
  }

  private long endOf(OverSeries series, long row) {
    if (over.frame() instanceof Over.Rows rows) {
      return Math.min(row + rows.after() + 1, series.end());
    }
    long latest = Windower.plus(series.time(row), after);
    long end = Math.max(series.to, series.first());
    while (end < series.end() && series.time(end) <= latest) {
      end++;
    }
    return end;
  }

  private long beginOf(OverSeries series, long row) {
    if (over.frame() instanceof Over.Rows rows) {
      return Math.max(row - rows.before(), series.from);
    }
    long time = series.time(row);
    long earliest = time - before > time ? Long.MIN_VALUE : time - before;
    long begin = Math.max(series.from, series.first());
    while (series.time(begin) < earliest) {
      begin++;
    }
    return begin;
  }

  private void trim(OverSeries series) {
    long kept = series.next - back;
    series.trim(moves ? Math.min(kept, series.from) : kept);
  }

  /** Goes on with the rows of a series that were given their values before and are held still. */
  void resume(OverSeries series) {
    long last = series.next - 1;
    series.from = series.first();
    series.to = series.first();
    if (moves && last >= series.first()) {
      series.from = beginOf(series, last);
      series.to = series.from;
      move(series, last);
    }
    trim(series);
  }

  /**
   * Rows with what is added to them; those for which something fails are left out.
   *
   * @param given what the calls have given them
   */
  Batch made(Batch rows, ColumnBuilder[] given, RowErrors errors, Operator.Out out) {
    Selection every = Selection.all(rows.size());
    Column[] columns = Arrays.copyOf(rows.columns(), output.columns());
    int fields = input.fields().size();
    if (input.open()) {
      columns[output.rest()] = rows.column(input.rest());
    }
    int call = 0;
    for (int i = 0; i < outers.size(); i++) {
      int width = input.columns();
      int calls = over.compute().get(i).calls().size();
      Column[] row = Arrays.copyOf(rows.columns(), width + calls);
      for (int k = 0; k < calls; k++) {
        row[width + k] = given[call++].build();
      }
      columns[fields + i] = outers.get(i).evaluate(rows.with(seen.get(i), row), every, errors);
    }
    failures.rows(rows, errors, out);
    return Traced.of(rows.with(output, columns)).without(errors, new RowErrors()).rows();
  }

  /** About how many bytes of memory aggregates take. */
  long bytes() {
    long sum = 0;
    for (OverValue value : values) {
      sum += value.bytes();
    }
    return sum;
  }
}
