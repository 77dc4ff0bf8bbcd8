package io.penstock.core.logical;

import java.time.Duration;
import java.util.Optional;

/**
 * How a step that gathers rows goes by their time.
 *
 * @param window empty: all rows belong together
 * @param lateness how long after the end of a window its rows still count
 */
public record Windowing(Optional<Window> window, Duration lateness) {
  /** All rows together, the result at the end. */
  public static final Windowing NONE = new Windowing(Optional.empty(), Duration.ZERO);

  /** Whether rows may come too late. */
  public boolean isTimed() {
    return window.isPresent();
  }
}
