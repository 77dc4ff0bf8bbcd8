package io.penstock.core.operator;

import io.penstock.api.data.Batch;
import io.penstock.api.data.Column;
import io.penstock.api.data.RowMarks;
import io.penstock.core.expression.Evaluator;
import io.penstock.core.expression.RowErrors;
import io.penstock.core.expression.Selection;
import io.penstock.core.logical.Operation;
import io.penstock.core.logical.Window;
import io.penstock.core.state.SnapshotReader;
import io.penstock.core.state.SnapshotWriter;
import java.io.IOException;
import java.util.Arrays;
import java.util.BitSet;
import java.util.PriorityQueue;
import org.jspecify.annotations.Nullable;

/**
 * Groups the rows of each key and partition into windows of which rows say where they begin or end.
 * What is in a window follows from the rows of its partition alone, in their order: a window that
 * the watermark ends is one that the next row would not have joined.
 */
final class ContentAggregateOperator implements Operator {
  /** From so many numbers, or bytes, on windows that are over are left out. */
  private static final int TIDY = 4096;

  private static final long TIDY_BYTES = 4 << 20;
  private static final int LEAST_OVER = 64;

  /** When a window is over if no row comes; one that has grown is looked at again. */
  private record Due(long active, int window) implements Comparable<Due> {
    @Override
    public int compareTo(Due other) {
      int times = Long.compare(active, other.active);
      return times != 0 ? times : Integer.compare(window, other.window);
    }
  }

  private final StepContext context;
  private final ContentWindows.Rule rule;
  private final Evaluator condition;
  private final GroupRows made;
  private final ContentGroups groups;
  private final ContentLog log = new ContentLog();
  private final MemoryBudget.Share share;
  private final AllRows all = new AllRows();
  private final PriorityQueue<Due> due = new PriorityQueue<>();
  private int[] over = new int[64];
  private int overFrom;
  private int overTo;
  private int queued;
  private long watermark = TimeTracker.NOTHING;
  private boolean timed;
  private boolean ended;
  private long held;
  private @Nullable Batch waiting;

  ContentAggregateOperator(
      Operation.Aggregate aggregate, Window.Content window, StepContext context) {
    this.context = context;
    this.rule = ContentWindows.Rule.of(window);
    this.condition = context.evaluator(window.when());
    this.made = new GroupRows(aggregate, context);
    this.share = context.memory().share(context.node());
    this.timed =
        context.node().schema().columns() > aggregate.by().size() + aggregate.compute().size();
    this.groups =
        new ContentGroups(
            new GroupState.Input(aggregate, context), rule, new ContentParts(context));
  }

  @Override
  public void rows(int input, Batch rows) {
    context.counters().in(rows.size());
    waiting = rows;
  }

  @Override
  public void watermark(long reached) {
    watermark = reached;
  }

  @Override
  public void ended() {
    ended = true;
  }

  @Override
  public long handedOn(long reached) {
    if (reached == Long.MAX_VALUE) {
      return reached;
    }
    boolean none = rule.idle() == Long.MAX_VALUE || reached < TimeTracker.NOTHING + 1 + rule.idle();
    return none ? TimeTracker.NOTHING : reached - rule.idle() - 1;
  }

  @Override
  public boolean drain(Out out) {
    Batch rows = waiting;
    try {
      if (rows != null) {
        waiting = null;
        add(rows, out);
      } else {
        findOver();
      }
      if (overFrom < overTo) {
        emit(out);
        return true;
      }
      overFrom = 0;
      overTo = 0;
      tidy();
      return false;
    } catch (IOException e) {
      throw StepStore.failure(context.node(), e);
    }
  }

  private void add(Batch rows, Out out) {
    RowErrors errors = new RowErrors();
    boolean[] found = found(rows, errors);
    RowErrors failed = new RowErrors();
    Batch good = Traced.of(rows).without(errors, failed).rows();
    context.failures().rows(rows, failed, out);
    RowErrors others = new RowErrors();
    groups.add(
        good,
        context.partition().apply(good.provenance()),
        some -> some.size() == rows.size() ? found : found(some, new RowErrors()),
        others,
        this::over);
    context.failures().rows(good, others, out);
    queue();
  }

  private boolean[] found(Batch rows, RowErrors errors) {
    Selection selected = condition.select(rows, all.of(rows.size()), errors);
    boolean[] found = new boolean[rows.size()];
    for (int i = 0; i < selected.count(); i++) {
      found[selected.rows()[i]] = true;
    }
    return found;
  }

  private void over(int window) {
    if (overTo == over.length) {
      over = Arrays.copyOf(over, overTo * 2);
    }
    over[overTo++] = window;
  }

  private void queue() {
    ContentWindows windows = groups.windows();
    boolean idles = rule.idle() != Long.MAX_VALUE;
    for (; queued < windows.size(); queued++) {
      if (idles && windows.isOpen(queued)) {
        due.add(new Due(windows.active(queued), queued));
      }
    }
  }

  /** Windows that are over as time has come so far, or because nothing more comes. */
  private void findOver() {
    ContentWindows windows = groups.windows();
    if (ended || watermark == Long.MAX_VALUE) {
      BitSet open = windows.open();
      for (int at = open.nextSetBit(0); at >= 0; at = open.nextSetBit(at + 1)) {
        windows.close(at);
        over(at);
      }
      due.clear();
      return;
    }
    while (!due.isEmpty() && rule.isIdle(due.peek().active(), watermark)) {
      Due next = due.remove();
      if (!windows.isOpen(next.window())) {
        continue;
      }
      long active = windows.active(next.window());
      if (rule.isIdle(active, watermark)) {
        windows.close(next.window());
        over(next.window());
      } else {
        due.add(new Due(active, next.window()));
      }
    }
  }

  private void emit(Out out) throws IOException {
    int[] numbers = Arrays.copyOfRange(over, overFrom, Math.min(overTo, overFrom + Batch.MAX_ROWS));
    ContentWindows windows = groups.windows();
    GroupResults.Part part = groups.results(numbers, numbers.length);
    for (int i = 0; i < part.size(); i++) {
      log.over(windows.name(numbers[i]));
    }
    overFrom += part.size();
    made.emit(part, timed ? marks(numbers, part.size()) : RowMarks.NONE, out);
  }

  /**
   * The last row's time is that of the result; its stamp is behind where time was in the partition
   * then, so it is late below where its rows were late here, whatever came of other partitions.
   */
  private RowMarks marks(int[] numbers, int count) {
    ContentWindows windows = groups.windows();
    long[] starts = new long[count];
    long[] ends = new long[count];
    long[] times = new long[count];
    long[] stamps = new long[count];
    for (int i = 0; i < count; i++) {
      starts[i] = windows.start(numbers[i]);
      times[i] = windows.last(numbers[i]);
      ends[i] = Windower.plus(times[i], 1);
      long active = windows.active(numbers[i]);
      stamps[i] = rule.idle() == Long.MAX_VALUE ? TimeTracker.NOTHING : before(active);
    }
    Column.Longs first = new Column.Longs(count, starts, null);
    Column.Longs last = new Column.Longs(count, ends, null);
    return RowMarks.NONE
        .withTimes(new Column.Longs(count, times, null))
        .withStamps(new Column.Longs(count, stamps, null))
        .withWindows(new RowMarks.Windows(first, last));
  }

  private static long before(long moment) {
    return moment == TimeTracker.NOTHING ? moment : moment - 1;
  }

  private void tidy() throws IOException {
    ContentWindows windows = groups.windows();
    int live = windows.open().cardinality();
    int gone = windows.size() - live;
    boolean fits = hold();
    boolean large = windows.size() > TIDY || groups.bytes() > TIDY_BYTES;
    if (!fits && gone > live || large && gone > Math.max(live, LEAST_OVER)) {
      groups.compact();
      due.clear();
      queued = 0;
      queue();
      fits = hold();
    }
    if (!fits && context.memory().isWorthGivingUp(held) || context.memory().isHalf(held)) {
      groups.giveUp();
      if (!hold()) {
        context
            .memory()
            .requireRoom(context.node(), "the keys of open windows", groups.fixedBytes());
      }
    }
  }

  private boolean hold() {
    long now = groups.bytes() + 40L * due.size();
    boolean fits = share.hold(now - held);
    held = now;
    return fits;
  }

  @Override
  public void snapshot(SnapshotWriter to) throws IOException {
    log.snapshot(groups, watermark, to);
  }

  @Override
  public void restore(SnapshotReader from) throws IOException {
    watermark =
        log.restore(
            groups,
            from,
            () -> {
              try {
                tidy();
              } catch (IOException e) {
                throw StepStore.failure(context.node(), e);
              }
            });
    queue();
  }

  @Override
  public void close() {
    share.close();
    groups.parts().close();
  }
}
