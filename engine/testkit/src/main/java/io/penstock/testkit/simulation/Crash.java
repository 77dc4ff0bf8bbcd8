package io.penstock.testkit.simulation;

/** The machine stops here. Nothing that runs on it may catch this and go on. */
public final class Crash extends Error {
  private static final long serialVersionUID = 1;

  Crash(String where) {
    // Thrown many times in a simulation, and where it was thrown is in the event log.
    super(where, null, false, false);
  }
}
