package io.penstock.dsl.launcher.problems;

/** Numbers of things in words. */
public final class Counted {
  private Counted() {}

  /** One error, two errors. */
  public static String of(long count, String thing) {
    return count + " " + thing + (count == 1 ? "" : "s");
  }
}
