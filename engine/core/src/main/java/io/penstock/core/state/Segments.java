package io.penstock.core.state;

import java.io.IOException;

/** Opens segments. Used by one thread. */
public interface Segments {
  /**
   * The bytes of a segment from its start. Each block is checked before any of its bytes is given,
   * the whole by the end of reading.
   *
   * @throws DamagedException where they are not those that were written, also while reading
   */
  StateInput open(Segment segment) throws IOException;
}
