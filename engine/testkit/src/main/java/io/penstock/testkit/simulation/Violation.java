package io.penstock.testkit.simulation;

/** Something does not hold that must. */
final class Violation extends AssertionError {
  private static final long serialVersionUID = 1;

  Violation(String what) {
    super(what);
  }
}
