package io.penstock.core.compile;

import io.penstock.core.expression.typed.Typed;
import java.util.List;

/**
 * A class to be made, as source, with what it is given beside it. Holds nothing of a task, so that
 * all tasks of a step share it.
 *
 * @param source a whole compilation unit
 * @param constants literals and all else that is no source
 * @param leaves the parts that are left to closures, row by row
 * @param calls the calls that want a place of their own to remember things
 * @param results what the loops compute, in the order of their numbers
 * @param loops how many loops there are; none where nothing is worth a loop
 * @param selects whether the one loop gives the rows for which a condition is true
 */
record LoopProgram(
    String source,
    Object[] constants,
    List<Typed> leaves,
    List<Typed.Invoke> calls,
    List<Result> results,
    int loops,
    boolean selects) {
  /** The name of the generated class. */
  static final String CLASS = "MadeLoop";

  LoopProgram {
    leaves = List.copyOf(leaves);
    calls = List.copyOf(calls);
    results = List.copyOf(results);
  }

  /**
   * One result of the loops.
   *
   * @param expression the index of its expression
   * @param loop which loop computes it; results are in the order of loops
   * @param strictOn the columns of which a null makes it null, where that is all there is to nulls
   * @param strict whether its nulls are found word by word instead of in the loop
   */
  record Result(int expression, int loop, Kind kind, List<Integer> strictOn, boolean strict) {
    Result {
      strictOn = List.copyOf(strictOn);
    }
  }
}
