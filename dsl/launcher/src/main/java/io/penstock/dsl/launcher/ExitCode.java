package io.penstock.dsl.launcher;

/** How the command ends; documented, never renumbered. */
public enum ExitCode {
  OK(0),
  USAGE(1),
  DEFINITION(2),
  BUSY(3),
  UNFINISHED(4),
  WORLD(5),
  SOURCE(6),
  SINK(7),
  DATA(8),
  TEST(9);

  private final int number;

  ExitCode(int number) {
    this.number = number;
  }

  /** What the shell sees. */
  public int number() {
    return number;
  }
}
