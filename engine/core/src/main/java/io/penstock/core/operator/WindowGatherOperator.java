package io.penstock.core.operator;

import io.penstock.api.data.Batch;
import io.penstock.api.data.RowMarks;
import io.penstock.core.logical.Windowing;
import io.penstock.core.state.SnapshotReader;
import io.penstock.core.state.SnapshotWriter;
import java.io.IOException;
import java.util.ArrayDeque;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Gathers the rows of each window, and hands on what comes of them when the watermark has passed
 * the window's end and its lateness; windows come in the order in which they end. The rows that
 * come out carry the window and have its last moment as their time.
 */
final class WindowGatherOperator implements Operator {
  /** A window that is over, with the watermark handed on before it was. */
  private record Over(StoreShelf.Key window, OpenRows rows, long stamp) {}

  private final StepContext context;
  private final Supplier<OpenRows> made;
  private final Windower windower;
  private final long lateness;
  private final NavigableMap<StoreShelf.Key, OpenRows> open = new TreeMap<>();
  private final ArrayDeque<Over> over = new ArrayDeque<>();
  private long watermark = TimeTracker.NOTHING;
  private @Nullable Batch waiting;

  /**
   * What gathers rows by window.
   *
   * @param made makes what gathers the rows of one window
   */
  WindowGatherOperator(Windowing windowing, Supplier<OpenRows> made, StepContext context) {
    this.context = context;
    this.made = made;
    this.windower = new Windower(windowing.window().orElseThrow(), windowing.lateness(), context);
    this.lateness = TimeTracker.micros(windowing.lateness());
  }

  @Override
  public void rows(int input, Batch rows) {
    context.counters().in(rows.size());
    waiting = rows;
  }

  @Override
  public void watermark(long reached) {
    while (!open.isEmpty() && windower.over(open.firstKey().end()) <= reached) {
      Map.Entry<StoreShelf.Key, OpenRows> first = open.pollFirstEntry();
      over.add(new Over(first.getKey(), first.getValue(), handedOn(watermark)));
    }
    watermark = reached;
  }

  @Override
  public long handedOn(long reached) {
    boolean ends = reached == Long.MAX_VALUE || reached == TimeTracker.NOTHING;
    long before = ends ? reached : reached - lateness;
    return before > reached ? TimeTracker.NOTHING : before;
  }

  @Override
  public boolean drain(Out out) {
    Batch rows = waiting;
    if (rows != null) {
      waiting = null;
      WindowParts.each(
          windower.windowed(0, rows, out),
          (key, part) -> open.computeIfAbsent(key, k -> made.get()).add(part, out));
      return !over.isEmpty();
    }
    Over first = over.peek();
    if (first == null) {
      return false;
    }
    try {
      Optional<Batch> next = first.rows().next();
      if (next.isPresent()) {
        emit(next.get(), first, out);
        return true;
      }
      first.rows().close();
      over.poll();
      return !over.isEmpty();
    } catch (IOException e) {
      throw first.rows().store().noRoom(e);
    }
  }

  private void emit(Batch rows, Over window, Out out) {
    int size = rows.size();
    RowMarks marks =
        RowMarks.NONE
            .withTimes(Columns.repeated(window.window().end() - 1, size))
            .withStamps(Columns.repeated(window.stamp(), size))
            .withWindows(
                new RowMarks.Windows(
                    Columns.repeated(window.window().start(), size),
                    Columns.repeated(window.window().end(), size)));
    context.counters().out(0, size);
    out.rows(0, rows.with(marks));
  }

  @Override
  public void snapshot(SnapshotWriter to) throws IOException {
    StoreShelf.snapshot(open, OpenRows::store, to);
  }

  @Override
  public void restore(SnapshotReader from) throws IOException {
    StoreShelf.restore(open, key -> made.get(), OpenRows::store, from);
  }

  @Override
  public void close() {
    open.values().forEach(OpenRows::close);
    over.forEach(each -> each.rows().close());
  }
}
