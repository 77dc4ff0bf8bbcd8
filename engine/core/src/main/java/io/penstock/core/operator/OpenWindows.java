package io.penstock.core.operator;

import io.penstock.api.data.Column;
import io.penstock.api.data.RowMarks;
import io.penstock.core.logical.Windowing;
import io.penstock.core.state.SnapshotReader;
import io.penstock.core.state.SnapshotWriter;
import java.io.IOException;
import java.util.ArrayDeque;
import java.util.Collection;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Supplier;

/**
 * What a step holds of each window, until the watermark has passed the window's end and its
 * lateness; windows are over in the order in which they end. Single-threaded.
 */
final class OpenWindows<T extends OpenWindows.Held> implements AutoCloseable {
  /** What is held of one window. */
  interface Held extends AutoCloseable {
    StepStore store();

    @Override
    default void close() {
      store().close();
    }
  }

  /**
   * A window that is over.
   *
   * @param stamp the watermark that was handed on before it was
   */
  record Over<T>(StoreShelf.Key window, T held, long stamp) {
    /** What marks rows that come out of the window: its last moment is their time. */
    RowMarks marks(int rows) {
      Column.Longs starts = Columns.repeated(window.start(), rows);
      Column.Longs ends = Columns.repeated(window.end(), rows);
      return RowMarks.NONE
          .withTimes(Columns.repeated(window.end() - 1, rows))
          .withStamps(Columns.repeated(stamp, rows))
          .withWindows(new RowMarks.Windows(starts, ends));
    }
  }

  private final Supplier<T> made;
  private final MemoryBudget memory;
  private final Windower windower;
  private final NavigableMap<StoreShelf.Key, T> open = new TreeMap<>();
  private final ArrayDeque<Over<T>> over = new ArrayDeque<>();
  private long watermark = TimeTracker.NOTHING;

  /**
   * The windows of a step.
   *
   * @param made makes what is held of one window
   */
  OpenWindows(Windowing windowing, Supplier<T> made, StepContext context) {
    this.made = made;
    this.memory = context.memory();
    this.windower = new Windower(windowing.window().orElseThrow(), windowing.lateness(), context);
  }

  /** What puts rows into these windows. */
  Windower windower() {
    return windower;
  }

  /** What is held of a window. */
  T at(StoreShelf.Key window) {
    return open.computeIfAbsent(window, key -> made.get());
  }

  void watermark(long reached) {
    while (!open.isEmpty() && windower.over(open.firstKey().end()) <= reached) {
      Map.Entry<StoreShelf.Key, T> first = open.pollFirstEntry();
      over.add(new Over<>(first.getKey(), first.getValue(), handedOn(watermark)));
    }
    watermark = reached;
  }

  /** The watermark of rows that come out. */
  long handedOn(long reached) {
    return windower.handedOn(reached);
  }

  /** The window that is over first and was not let go of yet. */
  Optional<Over<T>> over() {
    return Optional.ofNullable(over.peek());
  }

  /** Lets go of the window that is over first. */
  void done() {
    over.remove().held().close();
  }

  /** Where windows hold too much together, the largest gives way. */
  void makeRoom() {
    makeRoom(open.values(), memory);
  }

  /** Many things may hold little each: where that is too much together, the largest gives way. */
  static void makeRoom(Collection<? extends Held> open, MemoryBudget memory) {
    while (!memory.suffices()) {
      long held = 0;
      Optional<StepStore> largest = Optional.empty();
      for (Held each : open) {
        StepStore store = each.store();
        held += store.held();
        if (largest.isEmpty() || store.held() > largest.get().held()) {
          largest = Optional.of(store);
        }
      }
      if (largest.isEmpty() || !memory.isWorthGivingUp(held) || !largest.get().giveUp()) {
        return;
      }
    }
  }

  void snapshot(SnapshotWriter to) throws IOException {
    StoreShelf.snapshot(open, Held::store, to);
  }

  void restore(SnapshotReader from) throws IOException {
    StoreShelf.restore(open, key -> made.get(), Held::store, from);
  }

  @Override
  public void close() {
    open.values().forEach(Held::close);
    over.forEach(each -> each.held().close());
  }
}
