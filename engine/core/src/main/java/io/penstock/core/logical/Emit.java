package io.penstock.core.logical;

import java.time.Duration;

/** When a step that gathers rows gives its results. */
public sealed interface Emit {
  /** Once, when nothing changes them any more. */
  record Final() implements Emit {}

  /** At once or at the end of the window, and again for each change, as a stream of changes. */
  record Changes() implements Emit {}

  /** Results so far every so often by event time, as a stream of changes, then the last ones. */
  record Every(Duration every) implements Emit {}

  /** Whether each result comes once. */
  default boolean isFinal() {
    return this instanceof Final;
  }
}
