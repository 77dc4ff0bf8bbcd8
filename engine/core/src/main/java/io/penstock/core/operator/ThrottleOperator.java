package io.penstock.core.operator;

import io.penstock.api.data.Batch;
import io.penstock.api.data.Column;
import io.penstock.api.data.DataType;
import io.penstock.api.data.RowMarks;
import io.penstock.api.data.Schema;
import io.penstock.api.system.Clock;
import io.penstock.core.logical.Throttle;
import io.penstock.core.state.BatchCodec;
import io.penstock.core.state.Segment;
import io.penstock.core.state.SnapshotReader;
import io.penstock.core.state.SnapshotWriter;
import io.penstock.core.state.StateInput;
import io.penstock.core.state.StateOutput;
import java.io.IOException;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Lets rows through as a rate allows. Others wait in the order of their key, or are left out. While
 * rows wait, time below stands where it was before the first of them.
 */
final class ThrottleOperator implements Paced {
  private static final int FORMAT = 1;
  private static final int STAMPED = 1;
  private static final int WINDOWED = 2;

  /** So many rows wait before less is read. */
  private static final int FULL = 4096;

  /**
   * Rows that wait.
   *
   * @param keys the number of each row's key
   * @param before the watermark when they came
   */
  private record Waiting(Batch rows, int[] keys, long before) {}

  private final StepContext context;
  private final Clock clock;
  private final boolean drops;
  private final Schema schema;
  private final RowKeys keys;
  private final Buckets buckets;
  private final MemoryBudget.Share share;
  private List<Waiting> waiting = new ArrayList<>();
  private int rows;
  private long bytes;
  private long held;
  private long watermark = TimeTracker.NOTHING;
  private double due;
  private volatile boolean holds;
  private volatile boolean full;
  private @Nullable Batch given;

  ThrottleOperator(Throttle throttle, StepContext context) {
    this.context = context;
    this.clock = context.clock();
    this.drops = throttle.excess() == Throttle.Excess.DROP;
    this.schema = context.inputs().get(0);
    this.keys = new RowKeys(throttle.by(), context);
    List<DataType> types =
        throttle.by().stream().map(key -> key.expression().type().type()).toList();
    this.buckets = new Buckets(throttle.rate(), types);
    this.share = context.memory().share(context.node());
  }

  /** Which rows there are goes by the time of day, which tests set; how long one waits does not. */
  private long now() {
    return drops ? clock.micros() * 1000 : clock.nanos();
  }

  @Override
  public void rows(int input, Batch batch) {
    context.counters().in(batch.size());
    given = batch;
  }

  @Override
  public void watermark(long reached) {
    watermark = reached;
  }

  @Override
  public long handedOn(long reached) {
    return waiting.isEmpty() ? reached : waiting.get(0).before();
  }

  @Override
  public boolean drain(Out out) {
    Batch batch = given;
    if (batch != null) {
      given = null;
      RowKeys.Keyed keyed = keys.of(batch, out);
      int[] numbers = buckets.number(keyed.keys(), keyed.rows().size());
      waiting.add(new Waiting(keyed.rows(), numbers, watermark));
      rows += numbers.length;
      bytes += Columns.bytes(keyed.rows());
    }
    boolean more = release(out);
    if (!more) {
      settle();
    }
    return more;
  }

  /** Hands on the rows of one of the batches that may go on; false where none may. */
  private boolean release(Out out) {
    long now = now();
    due = Double.MAX_VALUE;
    for (int i = 0; i < waiting.size(); i++) {
      Waiting next = waiting.get(i);
      int size = next.keys().length;
      int[] passing = new int[size];
      int[] staying = new int[size];
      int pass = 0;
      int stay = 0;
      for (int row = 0; row < size; row++) {
        if (buckets.take(next.keys()[row], now)) {
          passing[pass++] = row;
        } else {
          due = Math.min(due, buckets.due(next.keys()[row]));
          staying[stay++] = row;
        }
      }
      if (pass > 0 || drops) {
        leave(i, staying, drops ? 0 : stay);
        emit(pass == size ? next.rows() : next.rows().gather(passing, pass), out);
        context.counters().filtered(drops ? stay : 0);
        return true;
      }
    }
    return false;
  }

  /** Only these of a batch wait on. */
  private void leave(int at, int[] staying, int count) {
    Waiting before = waiting.get(at);
    rows -= before.keys().length - count;
    bytes -= Columns.bytes(before.rows());
    if (count == 0) {
      waiting.remove(at);
      return;
    }
    int[] numbers = new int[count];
    for (int i = 0; i < count; i++) {
      numbers[i] = before.keys()[staying[i]];
    }
    Batch left = before.rows().gather(staying, count);
    waiting.set(at, new Waiting(left, numbers, before.before()));
    bytes += Columns.bytes(left);
  }

  private void emit(Batch passing, Out out) {
    if (passing.size() > 0) {
      context.counters().out(0, passing.size());
      out.rows(0, passing);
    }
  }

  private void settle() {
    BitSet wanted = new BitSet();
    if (!waiting.isEmpty()) {
      waiting.forEach(each -> java.util.Arrays.stream(each.keys()).forEach(wanted::set));
    }
    int[] numbers = buckets.tidy(now(), wanted::get);
    if (numbers.length > 0) {
      for (Waiting each : waiting) {
        for (int row = 0; row < each.keys().length; row++) {
          each.keys()[row] = numbers[each.keys()[row]];
        }
      }
    }
    holds = !waiting.isEmpty();
    full = rows >= FULL;
    long now = bytes + buckets.bytes();
    if (!share.hold(now - held)) {
      context.memory().requireRoom(context.node(), "rows", now);
    }
    held = now;
  }

  @Override
  public boolean holds() {
    return holds;
  }

  @Override
  public boolean isFull() {
    return full;
  }

  @Override
  public boolean isDue() {
    return holds && due <= now();
  }

  @Override
  public void snapshot(SnapshotWriter to) throws IOException {
    StateOutput output = to.begin();
    output.number(FORMAT);
    buckets.write(now(), output);
    output.number(waiting.size());
    for (Waiting each : waiting) {
      write(each, output);
    }
    Segment unused = to.end(1 + rows);
  }

  private static void write(Waiting each, StateOutput to) throws IOException {
    RowMarks marks = each.rows().marks();
    BatchCodec.write(each.rows(), to);
    to.flags(
        (marks.stamps().isPresent() ? STAMPED : 0) | (marks.windows().isPresent() ? WINDOWED : 0));
    if (marks.stamps().isPresent()) {
      BatchCodec.write(marks.stamps().get(), to);
    }
    if (marks.windows().isPresent()) {
      BatchCodec.write(marks.windows().get().starts(), to);
      BatchCodec.write(marks.windows().get().ends(), to);
    }
    to.number(each.before());
  }

  @Override
  public void restore(SnapshotReader from) throws IOException {
    for (Segment segment : from.segments()) {
      try (StateInput input = from.open(segment)) {
        long format = input.number();
        if (format != FORMAT) {
          throw new io.penstock.core.state.DamagedException("rows that wait have format " + format);
        }
        buckets.read(now(), input);
        for (int left = input.count(Integer.MAX_VALUE); left > 0; left--) {
          read(input);
        }
      }
    }
    settle();
  }

  private void read(StateInput from) throws IOException {
    Batch batch = BatchCodec.read(schema, from);
    int flags = from.flags(STAMPED | WINDOWED);
    RowMarks marks = batch.marks();
    if ((flags & STAMPED) != 0) {
      marks = marks.withStamps((Column.Longs) BatchCodec.read(batch.size(), from));
    }
    if ((flags & WINDOWED) != 0) {
      Column.Longs starts = (Column.Longs) BatchCodec.read(batch.size(), from);
      Column.Longs ends = (Column.Longs) BatchCodec.read(batch.size(), from);
      marks = marks.withWindows(new RowMarks.Windows(starts, ends));
    }
    Batch marked = batch.with(marks);
    int[] numbers = buckets.number(keys.of(marked), marked.size());
    waiting.add(new Waiting(marked, numbers, from.number()));
    rows += marked.size();
    bytes += Columns.bytes(marked);
  }

  @Override
  public void close() {
    share.close();
  }
}
