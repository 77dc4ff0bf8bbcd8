package io.penstock.core.runner;

/**
 * Told when the engine comes to a place where a crash would be of interest; a test or a kill
 * harness ends the process there, or throws. Thread-safe.
 */
@FunctionalInterface
public interface CrashPoints {
  /** Nobody is interested. */
  CrashPoints NONE = point -> {};

  /** The engine has come to the place of this name, one of {@link CrashPoint#text}. */
  void reached(String point);

  /** The engine has come to this place. */
  default void reached(CrashPoint point) {
    reached(point.text());
  }
}
