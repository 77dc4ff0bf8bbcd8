package io.penstock.api.sink;

import java.io.IOException;
import java.util.List;

/** Writes rows of one task. Used by one thread, but for what {@link #forcing} gives. */
public interface SinkWriter extends AutoCloseable {
  /** Writes the rows in order; those that cannot be written are left out and returned. */
  Rejects write(SinkRows rows) throws IOException;

  /** Called when idle, at least every second: flush what should not wait. */
  default void tick() throws IOException {}

  /**
   * Ends the epoch: everything written so far is staged and invisible; later rows belong to the
   * next epoch. What is staged is durable once {@link #forcing} is done too.
   */
  List<Staged> prepare(long epoch) throws IOException;

  /**
   * What is left to do so that what the last {@link #prepare} has staged is durable. Asked for once
   * after each, by the writer's thread; done before the epoch is decided, and so before the next
   * but one is prepared. Where the run fails it may never be done: then {@link #close} lets go of
   * what is open for it.
   */
  default Forcing forcing() {
    return Forcing.NONE;
  }

  @Override
  void close() throws IOException;
}
