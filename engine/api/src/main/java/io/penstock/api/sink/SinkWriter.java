package io.penstock.api.sink;

import java.io.IOException;
import java.util.List;

/** Writes rows of one task. Used by one thread. */
public interface SinkWriter extends AutoCloseable {
  /** Writes the rows in order; those that cannot be written are left out and returned. */
  Rejects write(SinkRows rows) throws IOException;

  /** Called when idle, at least every second: flush what should not wait. */
  default void tick() throws IOException {}

  /**
   * Ends the epoch: everything written so far is durable and invisible; later rows belong to the
   * next epoch.
   */
  List<Staged> prepare(long epoch) throws IOException;

  @Override
  void close() throws IOException;
}
