package io.penstock.core.compile;

import io.penstock.api.data.Batch;
import io.penstock.api.data.Column;
import io.penstock.core.expression.EvaluationContext;
import io.penstock.core.expression.Evaluator;
import io.penstock.core.expression.Projection;
import io.penstock.core.expression.RowErrors;
import io.penstock.core.expression.Selection;
import io.penstock.core.expression.closure.Leaves;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Runs the loops of one task. Rows that a loop leaves are computed on closures, all expressions of
 * them, and put in their places: so every value and every error beyond the common case comes from
 * closures. Nothing is handed out before all of it is there. Single-threaded.
 */
final class LoopRun implements Projection {
  private static final long ENOUGH = 65_536;

  private final LoopProgram.Result[] computed;
  private final int loops;
  private final int expressions;
  private final boolean hasLeaves;
  private final List<Evaluator> closures;
  private final Leaves leaves;
  private final Loop loop;
  private final Results results;
  private long looked;
  private long passedOn;

  LoopRun(MadeLoops made, List<Evaluator> closures, EvaluationContext run) {
    LoopProgram program = made.program();
    this.computed = program.results().toArray(LoopProgram.Result[]::new);
    this.loops = program.loops();
    this.hasLeaves = !program.leaves().isEmpty();
    this.closures = List.copyOf(closures);
    this.expressions = closures.size();
    this.leaves = made.leaves(run);
    this.loop = made.loop(leaves);
    this.results = new Results(computed.length);
  }

  private void begin(Batch rows, Selection selected) {
    loop.columns(rows.columns());
    if (hasLeaves) {
      leaves.begin(rows);
    }
    results.begin(selected.count());
  }

  private void loop(int number, Batch rows, int @Nullable [] indexes, int count) {
    results.beginLoop();
    loop.loop(number, rows.columns(), indexes, count, results);
    looked += count;
    passedOn += results.leftCount();
  }

  private static int @Nullable [] indexes(Batch rows, Selection selected) {
    return selected.count() == rows.size() ? null : selected.rows();
  }

  /** The share of rows, counted for each loop, that was left to closures. */
  double shareLeft() {
    return looked == 0 ? 0 : (double) passedOn / looked;
  }

  /** Whether most rows are computed by the loops; data may be of a kind that they leave. */
  boolean isUseful() {
    return looked < ENOUGH || passedOn * 2 < looked;
  }

  @Override
  public Column[] evaluate(Batch rows, Selection selected, RowErrors errors) {
    int @Nullable [] indexes = indexes(rows, selected);
    begin(rows, selected);
    Column[] columns = new Column[expressions];
    int[] @Nullable [] left = null;
    int result = 0;
    for (int number = 0; number < loops; number++) {
      loop(number, rows, indexes, selected.count());
      int first = result;
      for (; result < computed.length && computed[result].loop() == number; result++) {
        columns[computed[result].expression()] = column(result, rows, indexes, selected);
      }
      if (results.hasLeft()) {
        left = left == null ? new int[columns.length][] : left;
        int[] own = results.left();
        for (int i = first; i < result; i++) {
          left[computed[i].expression()] = own;
        }
      }
    }
    if (left != null || computed.length < columns.length) {
      complete(columns, left, rows, selected, errors);
    }
    return columns;
  }

  /** With what the loops have not computed; failures are found in the order of the expressions. */
  private void complete(
      @Nullable Column[] columns,
      int @Nullable [] @Nullable [] left,
      Batch rows,
      Selection selected,
      RowErrors errors) {
    for (int i = 0; i < columns.length; i++) {
      Column column = columns[i];
      int[] own = left == null ? null : left[i];
      if (column == null) {
        columns[i] = closures.get(i).evaluate(rows, selected, errors);
      } else if (own != null) {
        Column patch = closures.get(i).evaluate(rows, rowsAt(own, selected), errors);
        columns[i] = Patching.of(column, own, patch);
      }
    }
  }

  private static Selection rowsAt(int[] places, Selection selected) {
    int[] rows = new int[places.length];
    for (int i = 0; i < rows.length; i++) {
      rows[i] = selected.rows()[places[i]];
    }
    return new Selection(rows, rows.length);
  }

  private Column column(int number, Batch rows, int @Nullable [] indexes, Selection selected) {
    LoopProgram.Result result = computed[number];
    int count = selected.count();
    long[] words =
        result.strict()
            ? Words.valid(rows.columns(), result.strictOn(), indexes, count)
            : results.words(number);
    Object array = results.array(number);
    Column column =
        switch (result.kind()) {
          case LONG -> new Column.Longs(count, (long[]) array, words);
          case DOUBLE -> new Column.Doubles(count, (double[]) array, words);
          case TRUTH -> new Column.Booleans(count, (boolean[]) array, words);
          case DECIMAL -> new Column.Decimals(count, (long[]) array, null, words);
          case TEXT -> results.textColumn(number, words);
          case BOXED -> throw new IllegalStateException("no loop gives boxed values");
        };
    return result.strict() && words != null ? Words.emptied(column) : column;
  }

  /** The selected rows for which the condition is true. */
  Selection select(Batch rows, Selection selected, RowErrors errors) {
    begin(rows, selected);
    loop(0, rows, indexes(rows, selected), selected.count());
    int count = results.keptCount();
    int[] kept = results.keptRows();
    if (!results.hasLeft()) {
      return new Selection(count == kept.length ? kept : Arrays.copyOf(kept, count), count);
    }
    Selection left = rowsAt(results.left(), selected);
    Selection more = closures.get(0).select(rows, left, errors);
    int[] merged = Arrays.copyOf(kept, count + more.count());
    System.arraycopy(more.rows(), 0, merged, count, more.count());
    Arrays.sort(merged);
    return new Selection(merged, merged.length);
  }
}
