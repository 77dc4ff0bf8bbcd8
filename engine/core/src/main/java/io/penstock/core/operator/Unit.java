package io.penstock.core.operator;

import io.penstock.api.data.Batch;
import io.penstock.api.format.Block;
import io.penstock.api.problem.ProblemCode;

/** What a reader hands on at once: the work of one task. */
public sealed interface Unit {
  /** When it was read, micros. */
  long readAt();

  /**
   * Bytes to decode.
   *
   * @param first the first block of the same split, which may hold a header
   */
  record Bytes(Block block, Block first, long readAt) implements Unit {}

  /** Rows that the source made. */
  record Rows(Batch batch, long readAt) implements Unit {}

  /** Bytes that are no record. */
  record Bad(
      String split,
      long position,
      long line,
      byte[] raw,
      long rawBytes,
      ProblemCode code,
      String message,
      long readAt)
      implements Unit {}
}
