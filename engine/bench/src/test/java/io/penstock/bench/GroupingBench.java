package io.penstock.bench;

import io.penstock.api.data.Batch;
import io.penstock.api.data.Column;
import io.penstock.api.data.DataType;
import io.penstock.api.data.Field;
import io.penstock.api.data.Schema;
import io.penstock.api.option.ExpressionText;
import io.penstock.api.problem.Origin;
import io.penstock.api.problem.Problems;
import io.penstock.core.expression.AggregateCall;
import io.penstock.core.expression.Aggregates;
import io.penstock.core.expression.ExpressionChecker;
import io.penstock.core.operator.KeyIndex;
import java.util.List;
import java.util.Optional;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;

/** Keys numbered, keys found, and numbers summed by key, from the first row to the last. */
@State(Scope.Thread)
public class GroupingBench {
  private static final AggregateCall SUM = sum();

  @Param("1048576")
  public int rows = Batch.MAX_ROWS;

  @Param public Keys keys = Keys.TEXTS_413;

  private final int[] groups = new int[Batch.MAX_ROWS];
  private final Column amounts = amounts();
  private Column[][] columns = keys.columns(rows);
  private KeyIndex finished = numbered();

  /** Makes the keys and checks how many there are. */
  @Setup
  public void keys() {
    columns = keys.columns(rows);
    finished = numbered();
    if (finished.size() != keys.distinct() || sums().size() != finished.size()) {
      throw new AssertionError(finished.size() + " keys of " + keys.distinct());
    }
  }

  /** Into an index without any key. */
  @Benchmark
  public KeyIndex numbered() {
    KeyIndex index = keys.index();
    for (Column[] column : columns) {
      index.number(column, Batch.MAX_ROWS, groups);
    }
    return index;
  }

  /** In an index that has them all. */
  @Benchmark
  public int[] found() {
    for (Column[] column : columns) {
      finished.find(column, Batch.MAX_ROWS, groups);
    }
    return groups;
  }

  /** {@code sum(amount)} by key. */
  @Benchmark
  public Column sums() {
    KeyIndex index = keys.index();
    Aggregates sums = SUM.factory().create();
    Column[] arguments = {amounts};
    for (Column[] column : columns) {
      index.number(column, Batch.MAX_ROWS, groups);
      sums.add(groups, Batch.MAX_ROWS, arguments, Optional.empty());
    }
    return sums.results(index.size());
  }

  private static Column amounts() {
    long[] values = new long[Batch.MAX_ROWS];
    for (int row = 0; row < values.length; row++) {
      values[row] = row;
    }
    return new Column.Longs(values.length, values, null);
  }

  private static AggregateCall sum() {
    Problems problems = new Problems();
    ExpressionText text = ExpressionText.at("sum(amount)", Origin.at("benchmark", 1, 1));
    Schema row = Schema.of(Field.of("amount", DataType.INT));
    return new ExpressionChecker(problems)
        .checkAggregate("total", text, io.penstock.core.expression.Scope.of(row), List.of())
        .orElseThrow(() -> new AssertionError(problems.inFileOrder().toString()))
        .calls()
        .get(0);
  }
}
