package io.penstock.core.logical;

import java.time.Duration;
import java.util.Optional;

/**
 * How a step that gathers rows goes by their time.
 *
 * @param window empty: all rows belong together
 * @param lateness how long after the end of a window its rows still count
 * @param emit when results come
 * @param changing whether the rows that come in are changes to a table
 */
public record Windowing(Optional<Window> window, Duration lateness, Emit emit, boolean changing) {
  /** All rows together, the result at the end. */
  public static final Windowing NONE = new Windowing(Optional.empty(), Duration.ZERO);

  /** One result for each window, of rows that stay. */
  public Windowing(Optional<Window> window, Duration lateness) {
    this(window, lateness, new Emit.Final(), false);
  }

  /** Whether rows may come too late. */
  public boolean isTimed() {
    return window.isPresent() && content().isEmpty();
  }

  /** The window, where it is one by what rows say. */
  public Optional<Window.Content> content() {
    return window.filter(Window.Content.class::isInstance).map(Window.Content.class::cast);
  }

  /** Whether results come once and of rows that stay. */
  public boolean isPlain() {
    return emit.isFinal() && !changing;
  }
}
