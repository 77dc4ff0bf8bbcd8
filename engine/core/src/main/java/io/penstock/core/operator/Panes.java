package io.penstock.core.operator;

import io.penstock.core.logical.Window;
import java.util.Optional;

/**
 * The panes of hopping windows of fixed lengths: stretches of time in which no window begins or
 * ends, so that windows consist of whole ones. Each step has one, or two where the size is no
 * multiple of the step. Immutable.
 *
 * @param base a moment at which a window begins
 */
record Panes(long size, long every, long base) {
  /** The panes of a window; empty where its rows are not in several, or the calendar counts. */
  static Optional<Panes> of(Window window) {
    if (!(window instanceof Window.Hopping hopping)) {
      return Optional.empty();
    }
    WindowGrid begins = WindowGrid.of(hopping.every(), hopping.offset(), hopping.zone());
    WindowGrid sizes = WindowGrid.of(hopping.size(), hopping.offset(), hopping.zone());
    if (begins instanceof WindowGrid.Fixed every
        && sizes instanceof WindowGrid.Fixed size
        && every.length() < size.length()) {
      return Optional.of(new Panes(size.length(), every.length(), every.offset()));
    }
    return Optional.empty();
  }

  /** Where the pane begins that holds a time. */
  long start(long time) {
    long into = Math.floorMod(time - base, every);
    long second = size % every;
    return into < second ? time - into : time - into + second;
  }

  /** The end of the first window that holds a moment. */
  long firstEnd(long moment) {
    return endBehind(moment);
  }

  /** The end of the last window that holds a moment. */
  long lastEnd(long moment) {
    return moment - Math.floorMod(moment - base, every) + size;
  }

  /** The first end of a window behind a moment. */
  long endBehind(long moment) {
    return moment - Math.floorMod(moment - base - size, every) + every;
  }

  /** The last end of a window that is not behind a moment. */
  long endBefore(long moment) {
    return moment - Math.floorMod(moment - base - size, every);
  }
}
