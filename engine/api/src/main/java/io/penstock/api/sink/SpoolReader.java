package io.penstock.api.sink;

import java.io.IOException;
import java.util.Optional;

/**
 * The rows that the engine has kept of one epoch for a spooled sink, in their order. Used by one
 * thread; closed by the engine.
 */
public interface SpoolReader {
  /** How many rows the epoch has. */
  long rows();

  /** The next rows; empty behind the last. Read again from the start after {@link #rewind}. */
  Optional<SinkRows> next() throws IOException;

  /** Begins again with the first row, to deliver anew. */
  void rewind() throws IOException;
}
