package io.penstock.api.sink;

import java.io.IOException;

/**
 * What is left to do so that the rows that a writer has staged are durable. Run at most once, by
 * one thread, while the writer's own thread goes on with the next epoch; so it touches nothing that
 * the writer still writes to. An error is one of the epoch, which then is not decided.
 */
@FunctionalInterface
public interface Forcing {
  /** Nothing is left to do. */
  Forcing NONE = () -> {};

  /** Does it; when this returns, a loss of power leaves the rows. */
  void force() throws IOException;
}
