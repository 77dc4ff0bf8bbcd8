package io.penstock.api.sink;

import java.io.IOException;
import java.util.List;
import java.util.OptionalLong;

/**
 * Where rows go. The engine calls open once, then makes writers; commit and abort come from the
 * coordinator, never while a writer of the same epoch is in a call; close comes last, once.
 */
public interface Sink extends AutoCloseable {
  void open(SinkContext run) throws IOException;

  /** The last epoch that the outside holds of this run. */
  default OptionalLong lastEpoch() throws IOException {
    return OptionalLong.empty();
  }

  /** A writer, for staged and immediate sinks; each is used by one task. */
  SinkWriter writer(int index) throws IOException;

  /** Makes what was staged visible; idempotent. Only staged sinks. */
  default Rejects commit(long epoch, long previous, List<Staged> staged) throws IOException {
    return Rejects.NONE;
  }

  /** Removes what was staged, orphans of a former process too. Only staged sinks. */
  default void abort(long epoch, List<Staged> staged) throws IOException {}

  /** Where the output lies, for the summary; empty where that says nothing. */
  default String location() {
    return "";
  }

  @Override
  void close() throws IOException;
}
