package io.penstock.dsl.launcher;

import io.penstock.core.runner.CrashPoints;
import java.util.concurrent.atomic.AtomicLong;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Ends the process the n-th time that a place is reached, as a kill would: for the tests that kill
 * runs at each place. Thread-safe.
 */
final class CrashAt implements CrashPoints {
  /** The system property that names place and number: {@code decided:2}. */
  static final String PROPERTY = "crashpoint";

  /** How a process ends that was killed. */
  static final int KILLED = 137;

  private static final Pattern WRITTEN = Pattern.compile("(.+):([1-9][0-9]{0,8})");

  private final String point;
  private final long number;
  private final Runnable halt;
  private final AtomicLong reached = new AtomicLong();

  private CrashAt(String point, long number, Runnable halt) {
    this.point = point;
    this.number = number;
    this.halt = halt;
  }

  /**
   * Crash points as the property says.
   *
   * @param written the property; empty for none
   * @param halt ends the process at once
   */
  static CrashPoints of(String written, Runnable halt) {
    if (written.isEmpty()) {
      return NONE;
    }
    Matcher place = WRITTEN.matcher(written);
    if (!place.matches()) {
      throw new UsageException(
          "the property " + PROPERTY + " must be such as decided:1, not `" + written + "`");
    }
    return new CrashAt(place.group(1), Long.parseLong(place.group(2)), halt);
  }

  @Override
  public void reached(String name) {
    if (name.equals(point) && reached.incrementAndGet() == number) {
      halt.run();
    }
  }
}
