package io.penstock.core.compile;

import io.penstock.api.data.Column;
import io.penstock.core.expression.closure.Leaf;
import io.penstock.core.expression.function.Call;
import org.jspecify.annotations.Nullable;

/**
 * What generated classes implement. One instance for each task; {@link #take} once, then for each
 * batch {@link #columns} and the loops in order. A loop reports the rows that it leaves to closures
 * by {@link Results#leave}: those that fail, and those whose values are beyond what it computes.
 */
public interface Loop {
  /** The literals and all else that is no Java source. */
  default void take(Object[] constants, Leaf[] leaves, Call[] calls) {}

  /** The columns of the batch that the next loops are about, for what lies outside the loops. */
  default void columns(Column[] columns) {}

  /**
   * Computes some of the results.
   *
   * @param number which loop
   * @param columns those of the batch
   * @param rows the rows to look at; null for all
   */
  void loop(int number, Column[] columns, int @Nullable [] rows, int count, Results results);
}
