package io.penstock.core.operator;

import io.penstock.api.data.Batch;
import io.penstock.api.data.Column;
import io.penstock.api.data.RowMarks;
import io.penstock.core.expression.RowErrors;
import io.penstock.core.logical.Operation;
import io.penstock.core.logical.Window;
import io.penstock.core.state.SnapshotReader;
import io.penstock.core.state.SnapshotWriter;
import java.io.IOException;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Groups rows by key and window. The rows of a window come when the watermark has passed its end
 * and its lateness; windows come in the order in which they end.
 */
final class WindowAggregateOperator implements Operator {
  /** A window that is over, with the watermark before it was. */
  private record Over(StoreShelf.Key window, OpenGroups groups, long stamp) {}

  private final StepContext context;
  private final FailurePolicy failures;
  private final GroupState.Input input;
  private final GroupRows made;
  private final Windower windower;
  private final long lateness;
  private final NavigableMap<StoreShelf.Key, OpenGroups> open = new TreeMap<>();
  private final ArrayDeque<Over> over = new ArrayDeque<>();
  private long watermark = TimeTracker.NOTHING;
  private @Nullable Batch waiting;
  private Optional<GroupResults> results = Optional.empty();

  WindowAggregateOperator(Operation.Aggregate aggregate, StepContext context) {
    Window window = aggregate.windowing().window().orElseThrow();
    this.context = context;
    this.failures = context.failures();
    this.input = new GroupState.Input(aggregate, context);
    this.made = new GroupRows(aggregate, context);
    this.windower = new Windower(window, aggregate.windowing().lateness(), context);
    this.lateness = TimeTracker.micros(aggregate.windowing().lateness());
  }

  @Override
  public void rows(int input, Batch rows) {
    context.counters().in(rows.size());
    waiting = rows;
  }

  @Override
  public void watermark(long reached) {
    while (!open.isEmpty() && windower.over(open.firstKey().end()) <= reached) {
      Map.Entry<StoreShelf.Key, OpenGroups> first = open.pollFirstEntry();
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
      add(windower.windowed(0, rows, out), out);
      return !over.isEmpty();
    }
    Over first = over.peek();
    if (first == null) {
      return false;
    }
    try {
      if (results.isEmpty()) {
        results = Optional.of(first.groups().results());
      }
      Optional<GroupResults.Part> part = results.get().next();
      if (part.isPresent()) {
        emit(part.get(), first, out);
        return true;
      }
      results.get().close();
      results = Optional.empty();
      first.groups().close();
      over.poll();
      return !over.isEmpty();
    } catch (IOException e) {
      throw first.groups().store().noRoom(e);
    }
  }

  private void add(Batch rows, Out out) {
    RowMarks.Windows windows = rows.marks().windows().orElseThrow();
    long[] starts = windows.starts().values();
    long[] ends = windows.ends().values();
    int size = rows.size();
    int same = 0;
    while (same < size && starts[same] == starts[0] && ends[same] == ends[0]) {
      same++;
    }
    if (same == size) {
      if (size > 0) {
        add(new StoreShelf.Key(ends[0], starts[0]), rows, out);
      }
      return;
    }
    Map<StoreShelf.Key, WindowRows> parts = new HashMap<>();
    for (int row = 0; row < size; row++) {
      StoreShelf.Key key = new StoreShelf.Key(ends[row], starts[row]);
      parts.computeIfAbsent(key, k -> new WindowRows()).add(row);
    }
    parts.forEach((key, part) -> add(key, rows.gather(part.rows, part.count), out));
  }

  /** Which rows of a batch are in one window. */
  private static final class WindowRows {
    private int[] rows = new int[16];
    private int count;

    void add(int row) {
      if (count == rows.length) {
        rows = Arrays.copyOf(rows, count * 2);
      }
      rows[count++] = row;
    }
  }

  private void add(StoreShelf.Key window, Batch rows, Out out) {
    OpenGroups groups = open.computeIfAbsent(window, key -> new OpenGroups(input, context));
    RowErrors errors = new RowErrors();
    groups.state().add(rows, errors);
    failures.rows(rows, errors, out);
    groups.changed();
  }

  private void emit(GroupResults.Part part, Over window, Out out) {
    int size = part.size();
    Column.Longs starts = Columns.repeated(window.window().start(), size);
    Column.Longs ends = Columns.repeated(window.window().end(), size);
    RowMarks marks =
        RowMarks.NONE
            .withTimes(Columns.repeated(window.window().end() - 1, size))
            .withStamps(Columns.repeated(window.stamp(), size))
            .withWindows(new RowMarks.Windows(starts, ends));
    made.emit(part, List.of(starts, ends), marks, out);
  }

  @Override
  public void snapshot(SnapshotWriter to) throws IOException {
    StoreShelf.snapshot(open, OpenGroups::store, to);
  }

  @Override
  public void restore(SnapshotReader from) throws IOException {
    StoreShelf.restore(open, key -> new OpenGroups(input, context), OpenGroups::store, from);
  }

  @Override
  public void close() {
    open.values().forEach(OpenGroups::close);
    over.forEach(each -> each.groups().close());
  }
}
