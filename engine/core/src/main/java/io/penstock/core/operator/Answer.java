package io.penstock.core.operator;

import io.penstock.api.data.Column;
import io.penstock.api.problem.ProblemCode;

/** What an outside system has said of a key. */
public sealed interface Answer {
  /**
   * A row.
   *
   * @param columns the fields of answers, of this row and of others
   */
  record Found(Column[] columns, int row) implements Answer {}

  /** There is nothing of this key. */
  record Missing() implements Answer {}

  /** There is no answer, or none that can be used. */
  record Failed(ProblemCode code, String message) implements Answer {}
}
