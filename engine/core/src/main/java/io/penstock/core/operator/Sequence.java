package io.penstock.core.operator;

import io.penstock.api.data.Batch;
import java.io.IOException;
import java.util.List;
import java.util.Optional;

/**
 * What a step does with rows that come in the order of their times. The step calls {@link #rows}
 * with all rows up to a watermark, then {@link #reached}; after each call of either it calls {@link
 * #due} until it is empty.
 */
interface Sequence extends AutoCloseable {
  /** Before rows are put in order: those that can be taken; others fail. */
  default Batch admitted(Batch rows, Operator.Out out) {
    return rows;
  }

  /** Takes rows; the rows that come of them at once, perhaps none. */
  Batch rows(Batch rows, Operator.Out out);

  /** All rows up to this time were taken. */
  default void reached(long watermark) {}

  /** The next rows that come of what was called last, at most a batch. */
  default Optional<Batch> due() {
    return Optional.empty();
  }

  /** The same where making them may fail. */
  default Optional<Batch> due(Operator.Out out) {
    return due();
  }

  /** What the watermark of the rows that come out is, when the step's is this. */
  default long handedOn(long watermark) {
    return watermark;
  }

  /** What is kept of it; parts that are added later come last, so that former state is read. */
  default List<Stored> stores() {
    return List.of();
  }

  /** What is kept of it has been read. */
  default void restored() throws IOException {}

  /** About how many bytes of memory it holds. */
  default long bytes() {
    return 0;
  }

  /** Gives what it can to the disk. */
  default void giveUp() {}

  @Override
  default void close() {}
}
