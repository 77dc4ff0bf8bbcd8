package io.penstock.connectors.standard.socket;

import java.io.IOException;

/** What records go out by. Used by one thread. */
interface Sender extends AutoCloseable {
  /** The most bytes that one record may have; it is refused otherwise. */
  int most();

  /** Takes a record; it may go out later. */
  void add(byte[] bytes, int from, int length) throws IOException;

  /** Sends what was taken, and comes back when it is as sure as it gets. */
  void flush() throws IOException;

  @Override
  void close() throws IOException;
}
