package io.penstock.api.problem;

/** The families of codes, by their first characters. */
public enum ProblemFamily {
  FILE(2),
  LINT(0),
  RECORD(8),
  STATE(5),
  SOURCE(6),
  SINK(7),
  RESOURCES(5);

  private final int exitCode;

  ProblemFamily(int exitCode) {
    this.exitCode = exitCode;
  }

  /** The exit code of a run or a check that ends with a problem of this family. */
  public int exitCode() {
    return exitCode;
  }
}
