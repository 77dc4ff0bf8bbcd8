package io.penstock.api.source;

import io.penstock.api.problem.Problem;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Set;

/**
 * Reads splits. Used by one thread; the calls come in any order, next only while a split is
 * assigned.
 */
public interface Reader extends AutoCloseable {
  /** What a step of reading came to. */
  enum Step {
    /** Something was handed on, and there may be more. */
    MORE,
    /** Nothing is there now. */
    NOTHING_NOW,
    /** A split has ended. */
    SPLIT_ENDED,
    /** All splits have ended. */
    ENDED
  }

  void assign(Split split, Position from, Bound to) throws IOException;

  void revoke(Split split) throws IOException;

  void pause(Set<Split> splits);

  /**
   * Hands on at most one block or batch.
   *
   * @param wait how long to wait for something; more than zero only where the source's traits say
   *     that it waits
   */
  Step next(Out out, Limits limits, Duration wait) throws IOException;

  /** The position after what was handed on. */
  Position position(Split split);

  /**
   * How many bytes or records were read once more and passed over, because the source cannot begin
   * at a position.
   */
  default long passedOver() {
    return 0;
  }

  /**
   * Warnings (family W) of what is odd, or of what was never to be had and nobody could keep, found
   * since this was asked last; asked after {@code assign} and after each {@code next}.
   */
  default List<Problem> warnings() {
    return List.of();
  }

  @Override
  void close() throws IOException;

  /** What a step may hand on at most: rows for row sources, bytes for byte sources. */
  record Limits(int rows, int bytes) {}
}
