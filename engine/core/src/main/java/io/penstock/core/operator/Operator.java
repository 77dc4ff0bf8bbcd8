package io.penstock.core.operator;

import io.penstock.api.data.Batch;
import io.penstock.core.state.SnapshotReader;
import io.penstock.core.state.SnapshotWriter;
import java.io.IOException;
import java.util.Optional;

/**
 * What one step does to rows, in one task. The task calls {@link #rows} or {@link #ended}, then
 * {@link #drain} until it says that nothing is left, and only then the next one; all on one thread
 * at a time. An operator never waits, and hands on at most about one batch in each {@code drain}.
 * Where state is kept, {@link #restore} comes before everything else and {@link #snapshot} at each
 * barrier, when nothing is left to drain.
 */
public interface Operator extends AutoCloseable {
  /** Takes rows of an input. */
  void rows(int input, Batch rows);

  /**
   * No further row of any input has an event time at or before this; it only rises. {@link
   * Long#MAX_VALUE} comes before {@link #ended}. Operators that keep rows by their time hand on
   * what it releases.
   *
   * @param watermark microseconds
   */
  default void watermark(long watermark) {}

  /**
   * What the watermark of the rows that it hands on is, once its own is this and nothing is left to
   * drain.
   */
  default long handedOn(long watermark) {
    return watermark;
  }

  /** What follows the time that it gives to rows anew; empty where it leaves them theirs. */
  default Optional<TimeTracker> timer() {
    return Optional.empty();
  }

  /** All inputs have ended. */
  default void ended() {}

  /** Hands on what is ready; true where there is more to come. */
  boolean drain(Out out);

  /** Writes its state; the operator goes on with it. */
  default void snapshot(SnapshotWriter to) throws IOException {}

  /** Takes over the state of a former process. */
  default void restore(SnapshotReader from) throws IOException {}

  /** How much memory is held over batches, in bytes. */
  default long held() {
    return 0;
  }

  @Override
  default void close() {}

  /** Where an operator hands things on. */
  interface Out {
    /** The output of rows that failed. */
    int FAILED = -1;

    /** Rows for an output, numbered as in {@code StepOutputs}. */
    void rows(int output, Batch rows);

    /** Rows that failed, for the dead letters, in their schema. */
    void deadLetters(Batch letters);
  }
}
