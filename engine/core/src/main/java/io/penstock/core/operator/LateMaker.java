package io.penstock.core.operator;

import io.penstock.api.data.Batch;
import io.penstock.api.data.Column;
import io.penstock.api.data.Field;
import io.penstock.api.data.RowMarks;
import io.penstock.api.data.Schema;
import io.penstock.core.logical.LateRows;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Hands on rows that came too late for a step, by its output {@code late}. Used by one task. */
final class LateMaker {
  /** The output of late rows of a step that keeps rows by their time. */
  static final int LATE = 1;

  private final StepContext context;
  private final Schema schema;
  private final boolean windows;

  /**
   * What makes late rows of a step.
   *
   * @param windows whether a row is late for a window
   */
  LateMaker(boolean windows, StepContext context) {
    this.context = context;
    this.windows = windows;
    this.schema = LateRows.of(context.inputs(), windows);
  }

  /**
   * Hands on rows of an input.
   *
   * @param missed the window that each has missed, where the step has windows
   */
  void emit(int input, Batch rows, Optional<RowMarks.Windows> missed, Operator.Out out) {
    Map<String, Column> set = Assembly.one(LateRows.BY, by(rows));
    if (windows) {
      set.put(LateRows.START, missed.orElseThrow().starts());
      set.put(LateRows.END, missed.orElseThrow().ends());
    }
    Set<String> moved = input == 0 ? Set.of() : LateRows.renamed(context.inputs());
    for (String name : moved) {
      set.put(LateRows.renamed(name), rows.column(rows.schema().indexOf(name)));
      Optional<Field> own = schema.field(name);
      own.ifPresent(f -> set.put(name, Columns.nulls(f.type().type(), rows.size())));
    }
    Batch late = Updates.without(rows.with(schema, Assembly.assemble(schema, rows, set, Set.of())));
    context.counters().out(LATE, late.size());
    out.rows(LATE, late);
  }

  /** By how much rows are late. */
  private static Column.Longs by(Batch late) {
    long[] times = late.times().orElseThrow().values();
    long[] stamps = Windower.stamps(late);
    long[] by = new long[late.size()];
    for (int row = 0; row < by.length; row++) {
      long difference = stamps[row] - times[row];
      by[row] = difference < 0 ? Long.MAX_VALUE : difference;
    }
    return new Column.Longs(by.length, by, null);
  }
}
