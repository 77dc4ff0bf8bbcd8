package io.penstock.core.operator;

import io.penstock.api.data.Batch;
import io.penstock.core.logical.Window;
import io.penstock.core.logical.Windowing;
import java.time.DateTimeException;
import java.util.Optional;

/**
 * Puts rows into panes. A place is where a pane begins, and the end of the last window that its
 * rows have missed: they count only in those that end later.
 */
final class PanePlacing implements Placing, WindowFinder.To {
  /** No window was missed. */
  static final long NONE = Long.MIN_VALUE;

  private final Panes panes;
  private final WindowFinder finder;
  private final long lateness;
  private final WindowList places = new WindowList();
  private long stamp;
  private long missed;
  private boolean held;

  PanePlacing(Panes panes, Windowing windowing) {
    Window window = windowing.window().orElseThrow();
    this.panes = panes;
    this.finder = WindowFinder.of(window);
    this.lateness = TimeTracker.micros(windowing.lateness());
  }

  @Override
  public Optional<StoreShelf.Key> only(Batch rows) {
    if (rows.size() == 0) {
      return Optional.empty();
    }
    Span span = Span.of(rows);
    long pane = panes.start(span.least());
    boolean one = panes.start(span.most()) == pane && isOnTime(span);
    return one ? Optional.of(new StoreShelf.Key(NONE, pane)) : Optional.empty();
  }

  @Override
  public Judged judged(Batch rows) {
    places.clear();
    if (rows.size() > 0 && isOnTime(Span.of(rows))) {
      long[] times = Windower.times(rows);
      for (int row = 0; row < rows.size(); row++) {
        places.add(row, panes.start(times[row]), NONE);
      }
      return new Judged(rows.with(rows.marks().withWindows(places.windows())), false, false);
    }
    return each(rows);
  }

  /** Whether no row of these is late for a window, or out of range. */
  private boolean isOnTime(Span span) {
    try {
      find(span.most(), span.stamp());
      find(span.least(), span.stamp());
    } catch (ArithmeticException | DateTimeException e) {
      return false;
    }
    return missed == NONE;
  }

  private Judged each(Batch rows) {
    long[] times = Windower.times(rows);
    long[] stamps = Windower.stamps(rows);
    boolean others = false;
    boolean failed = false;
    for (int row = 0; row < rows.size(); row++) {
      try {
        find(times[row], stamps[row]);
      } catch (ArithmeticException | DateTimeException e) {
        failed = true;
        continue;
      }
      others |= missed != NONE;
      if (held) {
        places.add(row, panes.start(times[row]), missed);
      }
    }
    Batch taken = rows.gather(places.rows(), places.size());
    return new Judged(taken.with(taken.marks().withWindows(places.windows())), others, failed);
  }

  private void find(long time, long watermark) {
    stamp = watermark;
    missed = NONE;
    held = false;
    finder.find(time, this);
  }

  @Override
  public void window(long start, long end) {
    if (Windower.plus(end - 1, lateness) > stamp) {
      held = true;
    } else {
      missed = Math.max(missed, end);
    }
  }

  /** The place of rows once a further watermark is known; empty where they have missed all. */
  Optional<StoreShelf.Key> known(StoreShelf.Key place, long watermark) {
    long over = watermark - lateness;
    // Nothing is missed by a watermark before all time.
    if (over > watermark || over < Long.MIN_VALUE + panes.size() + panes.every()) {
      return Optional.of(place);
    }
    long end = panes.endBefore(over + 1);
    if (end < panes.firstEnd(place.start())) {
      return Optional.of(place);
    }
    long all = Math.max(end, place.end());
    return all >= panes.lastEnd(place.start())
        ? Optional.empty()
        : Optional.of(new StoreShelf.Key(all, place.start()));
  }
}
