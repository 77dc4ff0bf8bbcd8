package io.penstock.api.lookup;

import io.penstock.api.data.ColumnBuilder;
import io.penstock.api.problem.ProblemCode;

/** Takes what came of keys; used by the thread that asks. */
public interface Answers {
  /** The bytes of an answer, one record in the lookup's format. */
  void found(int key, byte[] record);

  /** The builder of a field of the answer's schema, for lookups without a format. */
  ColumnBuilder column(int index);

  /** An answer of which each field has got its value since the last one. */
  void found(int key);

  /** Forgets the values that were given to fields since the last answer. */
  void forget();

  /** There is nothing of this key. */
  void missing(int key);

  /**
   * There is no answer, or none that can be used; the rows of the key follow {@code on_error}.
   *
   * @param code of family D2 or D3
   */
  void failed(int key, ProblemCode code, String message);
}
