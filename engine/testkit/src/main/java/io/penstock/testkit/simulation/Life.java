package io.penstock.testkit.simulation;

import java.util.function.IntSupplier;

/** One process, from its start to its end. */
public interface Life {
  /**
   * Lives it.
   *
   * @param choice asked before each step, for the number by which it is chosen; whatever it throws
   *     must not be caught
   */
  Ending live(IntSupplier choice) throws Exception;

  /** Asks it to end cleanly; called while it asks for a choice. */
  void stop();

  /** How a life ended. */
  enum Ending {
    /** Everything is done. */
    FINISHED,
    /** It was asked to stop, and has kept what it did. */
    STOPPED,
    /** It gave up, and is to be started again. */
    FAILED,
    /** It refuses to go on from what it finds, as it must. */
    REFUSED
  }
}
