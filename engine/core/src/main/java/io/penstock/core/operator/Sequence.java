package io.penstock.core.operator;

import io.penstock.api.data.Batch;
import io.penstock.core.state.SnapshotReader;
import io.penstock.core.state.SnapshotWriter;
import java.io.IOException;
import java.util.Optional;

/**
 * What a step does with rows that come in the order of their times. The step calls {@link #rows}
 * with all rows up to a watermark, then {@link #reached}; after each call of either it calls {@link
 * #due} until it is empty.
 */
interface Sequence extends Stored, AutoCloseable {
  /** Takes rows; the rows that come of them at once, perhaps none. */
  Batch rows(Batch rows, Operator.Out out);

  /** All rows up to this time were taken. */
  default void reached(long watermark) {}

  /** The next rows that come of what was called last, at most a batch. */
  default Optional<Batch> due() {
    return Optional.empty();
  }

  /** What the watermark of the rows that come out is, when the step's is this. */
  default long handedOn(long watermark) {
    return watermark;
  }

  /** About how many bytes of memory it holds. */
  default long bytes() {
    return 0;
  }

  /** Gives what it can to the disk. */
  default void giveUp() {}

  @Override
  default void close() {}

  @Override
  default void snapshot(SnapshotWriter to) throws IOException {}

  @Override
  default void restore(SnapshotReader from) throws IOException {}
}
