package io.penstock.core.operator;

import io.penstock.core.logical.Window;

/** Finds the windows that hold a time: those that do not depend on other rows. */
sealed interface WindowFinder {
  /** Takes a window. */
  @FunctionalInterface
  interface To {
    void window(long start, long end);
  }

  /**
   * All windows that hold the time, none where there is a gap.
   *
   * @throws ArithmeticException where a window would leave the range of microseconds
   */
  void find(long time, To to);

  /** What finds the windows of a kind; sessions, carried ones and those by content have none. */
  static WindowFinder of(Window window) {
    if (window instanceof Window.Tumbling tumbling) {
      return new One(WindowGrid.of(tumbling.size(), tumbling.offset(), tumbling.zone()));
    }
    if (window instanceof Window.Hopping hopping) {
      return new Many(
          WindowGrid.of(hopping.every(), hopping.offset(), hopping.zone()),
          WindowGrid.of(hopping.size(), hopping.offset(), hopping.zone()));
    }
    if (window instanceof Window.Cumulative growing) {
      return new Growing(
          WindowGrid.of(growing.size(), growing.offset(), growing.zone()),
          WindowGrid.of(growing.every(), growing.offset(), growing.zone()));
    }
    throw new IllegalArgumentException(window + " depends on other rows");
  }

  /** One behind the other. */
  final class One implements WindowFinder {
    private final WindowGrid grid;
    private long start = 1;
    private long end;

    One(WindowGrid grid) {
      this.grid = grid;
    }

    @Override
    public void find(long time, To to) {
      move(time);
      to.window(start, end);
    }

    /** The window that holds the time. */
    StoreShelf.Key at(long time) {
      move(time);
      return new StoreShelf.Key(end, start);
    }

    private void move(long time) {
      // Rows come mostly in the order of time.
      if (time < start || time >= end) {
        long first = grid.floor(time);
        end = grid.after(first, 1);
        start = first;
      }
    }
  }

  /** One begins at each moment of a grid. */
  record Many(WindowGrid begins, WindowGrid sizes) implements WindowFinder {
    private static final long DAY = 86_400_000_000L;

    @Override
    public void find(long time, To to) {
      // Where clocks are changed, a window may end after one that began later, by a day at most.
      long slack = sizes instanceof WindowGrid.Calendar ? DAY : 0;
      long start = begins.floor(time);
      long end = sizes.after(start, 1);
      while (end > time - slack) {
        if (end > time) {
          to.window(start, end);
        }
        // Not one length back: two days may begin at one moment, where a zone left one out.
        start = begins.floor(Math.subtractExact(start, 1));
        end = sizes.after(start, 1);
      }
    }
  }

  /** One ends at each moment inside a size, and where the size ends. */
  record Growing(WindowGrid sizes, WindowGrid ends) implements WindowFinder {
    @Override
    public void find(long time, To to) {
      long start = sizes.floor(time);
      long last = sizes.after(start, 1);
      for (long end = first(start, time); end < last; end = ends.after(end, 1)) {
        to.window(start, end);
      }
      to.window(start, last);
    }

    /** The first end behind a time. */
    private long first(long start, long time) {
      if (ends instanceof WindowGrid.Fixed fixed) {
        return ends.after(start, (time - start) / fixed.length() + 1);
      }
      long end = ends.after(start, 1);
      while (end <= time) {
        end = ends.after(end, 1);
      }
      return end;
    }
  }
}
