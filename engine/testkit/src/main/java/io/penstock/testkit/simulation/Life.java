package io.penstock.testkit.simulation;

/** One process, from its start to its end. */
public interface Life {
  /** Does one step, chosen by a number; false once there is none left. */
  boolean step(int choice) throws Exception;

  /** Asks it to end cleanly. */
  void stop();

  /** What its end came to; after the last step. */
  Ending end() throws Exception;

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
