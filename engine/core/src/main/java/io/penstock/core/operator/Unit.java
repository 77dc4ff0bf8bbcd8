package io.penstock.core.operator;

import io.penstock.api.data.Batch;
import io.penstock.api.format.Block;
import io.penstock.api.problem.ProblemCode;

/** What a reader hands on at once: the work of one task. */
public sealed interface Unit {
  /** When it was read, micros. */
  long readAt();

  /** The split that it is of; empty where there is none. */
  String split();

  /**
   * Bytes to decode.
   *
   * @param first the first block of the same split, which may hold a header
   */
  record Bytes(Block block, Block first, long readAt) implements Unit {
    @Override
    public String split() {
      return block.split();
    }
  }

  /** Rows that the source made. */
  record Rows(Batch batch, long readAt) implements Unit {
    @Override
    public String split() {
      return batch.provenance().split();
    }
  }

  /**
   * Nothing came of a partition of the source for a while; or it shows itself, when it is new.
   *
   * @param quietMicros for how long; zero for one that shows itself
   */
  record Quiet(String partition, long quietMicros, long readAt) implements Unit {
    @Override
    public String split() {
      return "";
    }
  }

  /** The clock has come so far without a row of a partition. */
  record Reached(String partition, long readAt) implements Unit {
    @Override
    public String split() {
      return "";
    }
  }

  /**
   * Time has passed for a split without a record.
   *
   * @param micros how much further event time has come
   */
  record Passed(String split, long micros, long readAt) implements Unit {}

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
