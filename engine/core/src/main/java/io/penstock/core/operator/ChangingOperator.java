package io.penstock.core.operator;

import io.penstock.api.data.Batch;
import io.penstock.api.data.RowMarks;
import io.penstock.core.logical.Emit;
import io.penstock.core.logical.Windowing;
import io.penstock.core.state.SnapshotReader;
import io.penstock.core.state.SnapshotWriter;
import java.io.IOException;
import java.util.ArrayDeque;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Gathers rows in groups, in each window where there are some, and shows results as changes to
 * those that it has shown before, or of rows that are changes themselves.
 */
final class ChangingOperator implements Operator {
  /** What stands for all rows where there are no windows. */
  private static final StoreShelf.Key ALL = new StoreShelf.Key(0, 0);

  /**
   * Results that are to be shown.
   *
   * @param stamp of the rows
   * @param over whether the window is over
   */
  private record Due(StoreShelf.Key window, Changing results, long stamp, boolean over) {}

  private final StepContext context;
  private final Emit emit;
  private final Optional<Windower> windower;
  private final long lateness;
  private final Supplier<Changing> made;
  private final MemoryBudget.Share share;
  private final NavigableMap<StoreShelf.Key, Changing> open = new TreeMap<>();
  private final ArrayDeque<Due> due = new ArrayDeque<>();
  private long watermark = TimeTracker.NOTHING;
  private long held;
  private @Nullable Batch waiting;

  /**
   * An operator.
   *
   * @param made makes the groups of one window
   */
  ChangingOperator(Windowing windowing, Supplier<Changing> made, StepContext context) {
    this.context = context;
    this.emit = windowing.emit();
    this.windower =
        windowing.window().map(window -> new Windower(window, windowing.lateness(), context));
    this.lateness = TimeTracker.micros(windowing.lateness());
    this.made = made;
    this.share = context.memory().share(context.node());
    if (windower.isEmpty()) {
      Changing unused = at(ALL);
    }
  }

  @Override
  public void rows(int input, Batch rows) {
    context.counters().in(rows.size());
    waiting = rows;
  }

  @Override
  public void watermark(long reached) {
    long stamp = handedOn(watermark);
    if (windower.isPresent()) {
      while (!open.isEmpty() && windower.get().over(open.firstKey().end()) <= reached) {
        Map.Entry<StoreShelf.Key, Changing> first = open.pollFirstEntry();
        due.add(new Due(first.getKey(), first.getValue(), stamp, true));
      }
    }
    if (emit instanceof Emit.Every every) {
      if (reached != Long.MAX_VALUE && isTime(every, reached)) {
        open.forEach((window, results) -> soFar(window, results, stamp));
      }
    } else if (emit instanceof Emit.Changes && windower.isPresent()) {
      open.headMap(new StoreShelf.Key(Windower.plus(reached, 1), Long.MAX_VALUE), true)
          .forEach((window, results) -> soFar(window, results, stamp));
    }
    watermark = reached;
  }

  /** Whether event time has passed a moment at which results so far are shown. */
  private boolean isTime(Emit.Every every, long reached) {
    long length = TimeTracker.micros(every.every());
    return watermark == TimeTracker.NOTHING
        || Math.floorDiv(reached, length) > Math.floorDiv(watermark, length);
  }

  private void soFar(StoreShelf.Key window, Changing results, long stamp) {
    if (results.isTouched()) {
      due.add(new Due(window, results, stamp, false));
    }
  }

  @Override
  public long handedOn(long reached) {
    return windower.isEmpty() ? reached : LatestRows.back(reached, lateness);
  }

  @Override
  public void ended() {
    if (windower.isEmpty()) {
      due.add(new Due(ALL, at(ALL), watermark, false));
    }
  }

  @Override
  public boolean drain(Out out) {
    Batch rows = waiting;
    if (rows != null) {
      waiting = null;
      take(rows, out);
    } else if (!due.isEmpty()) {
      handOn(due.element(), out);
    }
    if (due.isEmpty()) {
      settle();
    }
    return !due.isEmpty();
  }

  private void take(Batch rows, Out out) {
    Map<StoreShelf.Key, Changing> windows = new LinkedHashMap<>();
    if (windower.isEmpty()) {
      at(ALL).add(rows, out);
      windows.put(ALL, at(ALL));
    } else {
      WindowParts.each(
          windower.get().windowed(0, rows, out),
          (key, part) -> {
            Changing window = at(key);
            window.add(part, out);
            windows.put(key, window);
          });
    }
    if (emit instanceof Emit.Changes) {
      windows.forEach(
          (window, results) -> {
            if (windower.isEmpty() || window.end() - 1 <= watermark) {
              soFar(window, results, handedOn(watermark));
            }
          });
    }
  }

  private Changing at(StoreShelf.Key window) {
    return open.computeIfAbsent(window, key -> made.get());
  }

  private void handOn(Due first, Out out) {
    Optional<Batch> next = first.results().next(size -> marks(first, size), out);
    if (next.isEmpty()) {
      due.remove();
      if (first.over()) {
        first.results().close();
      }
      return;
    }
    context.counters().out(0, next.get().size());
    out.rows(0, next.get());
  }

  private RowMarks marks(Due shown, int size) {
    return windower.isEmpty()
        ? RowMarks.NONE
        : new OpenWindows.Over<>(shown.window(), shown.results(), shown.stamp()).marks(size);
  }

  /** Counts what is held; what does not fit goes to the disk, the largest window first. */
  private void settle() {
    boolean full = open.values().stream().anyMatch(each -> each.groups().isNearlyFull());
    boolean fits = hold() && !full;
    while (!fits && giveUp(full)) {
      full = false;
      fits = hold();
    }
    if (!fits) {
      context.memory().requireTables(context.node(), "groups", held);
    }
  }

  private boolean giveUp(boolean needed) {
    long inMemory = 0;
    KeyedGroups largest = null;
    for (Changing each : open.values()) {
      KeyedGroups groups = each.groups();
      inMemory += groups.inMemory();
      if (largest == null || groups.inMemory() > largest.inMemory()) {
        largest = groups;
      }
    }
    return largest != null
        && (needed || context.memory().isWorthGivingUp(inMemory))
        && largest.giveUp();
  }

  private boolean hold() {
    long now = 0;
    for (Changing each : open.values()) {
      now += each.groups().bytes();
    }
    long more = now - held;
    held = now;
    return share.hold(more);
  }

  @Override
  public void snapshot(SnapshotWriter to) throws IOException {
    StoreShelf.snapshot(open, each -> each, to);
  }

  @Override
  public void restore(SnapshotReader from) throws IOException {
    open.values().forEach(Changing::close);
    open.clear();
    StoreShelf.restore(open, key -> made.get(), each -> each, from);
    if (windower.isEmpty()) {
      Changing unused = at(ALL);
    }
    settle();
  }

  @Override
  public void close() {
    share.close();
    open.values().forEach(Changing::close);
    due.forEach(each -> each.results().close());
  }
}
