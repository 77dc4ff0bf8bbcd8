package io.penstock.core.run;

/** A task ends in the middle of a step, because the run is to end at once. */
final class AbandonedException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  AbandonedException() {
    super("the run ends at once");
  }
}
