package io.penstock.connectors.standard.socket;

import io.penstock.api.problem.Problem;
import io.penstock.api.system.Clock;
import java.io.IOException;
import java.time.Duration;
import java.util.Deque;
import java.util.List;

/** What records come in by. Used by one thread; what is not taken waits with the sender. */
interface Intake extends AutoCloseable {
  /**
   * Takes what is there.
   *
   * @param wait how long to wait for something
   * @param bytes about how many bytes to take at most
   */
  void take(Deque<Arrived> to, Duration wait, int bytes, Clock clock) throws IOException;

  /** Who was turned away since this was asked last (family W). */
  default List<Problem> warnings() {
    return List.of();
  }

  @Override
  void close() throws IOException;
}
