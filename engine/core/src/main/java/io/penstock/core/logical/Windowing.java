package io.penstock.core.logical;

import java.time.Duration;
import java.util.Optional;

/**
 * How a step that gathers rows goes by their time.
 *
 * @param window empty: all rows belong together
 * @param lateness how long after the end of a window its rows still count
 * @param emit when results come
 */
public record Windowing(Optional<Window> window, Duration lateness, Emit emit) {
  /** All rows together, the result at the end. */
  public static final Windowing NONE =
      new Windowing(Optional.empty(), Duration.ZERO, new Emit.Final());

  /** When results come. */
  public sealed interface Emit {
    /** One row for each group, when nothing changes it any more. */
    record Final() implements Emit {}

    /** A row at the end of the window and again for each change, as a stream of changes. */
    record Changes() implements Emit {}

    /** Results so far every so often by event time, as a stream of changes, then the last one. */
    record Every(Duration every) implements Emit {}
  }

  /** Whether rows may come too late. */
  public boolean isTimed() {
    return window.isPresent();
  }
}
