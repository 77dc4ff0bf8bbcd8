package io.penstock.connectors.standard.socket;

import java.io.IOException;
import java.time.Duration;
import java.util.Deque;

/** What records come in by. Used by one thread; what is not taken waits with the sender. */
interface Intake extends AutoCloseable {
  /**
   * Takes what is there.
   *
   * @param wait how long to wait for something
   * @param bytes about how many bytes to take at most
   * @param now micros since 1970
   */
  void take(Deque<Arrived> to, Duration wait, int bytes, Now now) throws IOException;

  @Override
  void close() throws IOException;

  /** The time. */
  interface Now {
    long micros();
  }
}
