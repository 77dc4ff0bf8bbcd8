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
import java.util.List;
import java.util.Optional;
import java.util.PriorityQueue;
import org.jspecify.annotations.Nullable;

/**
 * Groups the rows of each key into sessions. A row that is not late always finds the session that
 * it belongs to: it is late when its time, with the lateness, is at or before the watermark that
 * its partition had, and a session is over when the watermark has reached its end and lateness.
 */
final class SessionAggregateOperator implements Operator {
  /** How often all sessions are looked through in the time of a gap, at most. */
  private static final int LOOKS = 8;

  private record Due(long end, int session) implements Comparable<Due> {
    @Override
    public int compareTo(Due other) {
      int ends = Long.compare(end, other.end);
      return ends != 0 ? ends : Integer.compare(session, other.session);
    }
  }

  private final StepContext context;
  private final long lateness;
  private final long gap;
  private final LateMaker late;
  private final GroupState.Input input;
  private final SpilledSessions spilled;
  private SessionGroups groups;
  private final GroupRows made;
  private final SessionLog log;
  private final PriorityQueue<Due> due = new PriorityQueue<>();
  private int queued;
  private long watermark = TimeTracker.NOTHING;
  private long stamp = TimeTracker.NOTHING;
  private final MemoryBudget.Share share;
  private long held;
  private long cleared = TimeTracker.NOTHING;
  private long lookedThrough = TimeTracker.NOTHING;
  private Optional<OverSessions> leaving = Optional.empty();
  private @Nullable Batch waiting;

  SessionAggregateOperator(
      Operation.Aggregate aggregate, Window.Session session, StepContext context) {
    this.context = context;
    this.share = context.memory().share(context.node());
    this.gap = TimeTracker.micros(session.gap());
    this.lateness = TimeTracker.micros(aggregate.windowing().lateness());
    this.late = new LateMaker(true, context);
    this.input = new GroupState.Input(aggregate, context);
    this.spilled = new SpilledSessions(input, context);
    this.groups = new SessionGroups(input, gap);
    this.log = new SessionLog(input.types());
    this.made = new GroupRows(aggregate, context);
  }

  @Override
  public void rows(int input, Batch rows) {
    context.counters().in(rows.size());
    waiting = rows;
  }

  @Override
  public void watermark(long reached) {
    stamp = Math.max(stamp, handedOn(watermark));
    watermark = reached;
  }

  @Override
  public long handedOn(long watermark) {
    long reached = watermark != Long.MAX_VALUE && isBehind() ? cleared : watermark;
    if (reached == Long.MAX_VALUE || reached < TimeTracker.NOTHING + 1 + lateness) {
      return reached == Long.MAX_VALUE ? reached : TimeTracker.NOTHING;
    }
    return reached - lateness - 1;
  }

  @Override
  public boolean drain(Out out) {
    Batch rows = waiting;
    if (rows != null) {
      waiting = null;
      add(onTime(rows, out), out);
      tidy();
      return false;
    }
    return spilled.isEmpty() && leaving.isEmpty() ? handOn(out) : handOnSpilled(out);
  }

  private boolean handOn(Out out) {
    int[] over = new int[Batch.MAX_ROWS];
    int count = over(over);
    if (count > 0) {
      emit(over, count, out);
      return true;
    }
    tidy();
    cleared = watermark;
    return false;
  }

  /** Hands on what was found over, or looks through all sessions where some are. */
  private boolean handOnSpilled(Out out) {
    try {
      if (leaving.isPresent()) {
        Optional<OverSessions.Part> part = leaving.get().next();
        if (part.isPresent()) {
          emit(part.get().groups(), part.get().starts(), part.get().ends(), out);
          return true;
        }
        leaving.get().close();
        leaving = Optional.empty();
      }
      if (!isBehind()) {
        tidy();
        cleared = watermark;
        return false;
      }
      if (!isTime()) {
        return false;
      }
      spill();
      leaving = Optional.of(spilled.over(this::isOver));
      lookedThrough = watermark;
      return true;
    } catch (IOException e) {
      throw StepStore.failure(context.node(), e);
    }
  }

  /** Whether sessions may be over that were not handed on. */
  private boolean isBehind() {
    return !spilled.isEmpty()
        && (isOver(spilled.first()) || !due.isEmpty() && isOver(due.peek().end()));
  }

  /** To look through all sessions costs much, so it is done some times in the time of a gap. */
  private boolean isTime() {
    return watermark == Long.MAX_VALUE
        || lookedThrough == TimeTracker.NOTHING
        || watermark - lookedThrough >= gap / LOOKS;
  }

  /** Puts the sessions in memory on the disk. */
  private void spill() throws IOException {
    if (groups.sessions().live() > 0) {
      spilled.add(groups);
    }
    groups = new SessionGroups(input, gap);
    log.compacted();
    due.clear();
    queued = 0;
    hold(groups.bytes());
  }

  private boolean hold(long now) {
    boolean fits = share.hold(now - held);
    held = now;
    return fits;
  }

  private Batch onTime(Batch rows, Out out) {
    long[] times = Windower.times(rows);
    long[] stamps = Windower.stamps(rows);
    int[] kept = new int[rows.size()];
    int[] missed = new int[rows.size()];
    int on = 0;
    int off = 0;
    for (int row = 0; row < rows.size(); row++) {
      boolean isLate =
          stamps[row] != TimeTracker.NOTHING && Windower.plus(times[row], lateness) <= stamps[row];
      if (isLate) {
        missed[off++] = row;
      } else {
        kept[on++] = row;
      }
    }
    if (off == 0) {
      return rows;
    }
    Batch gone = rows.gather(missed, off);
    long[] ends = new long[off];
    for (int row = 0; row < off; row++) {
      ends[row] = Windower.plus(times[missed[row]], gap);
    }
    Column.Longs starts = gone.times().orElseThrow();
    Column.Longs shown = new Column.Longs(off, ends, null);
    late.emit(0, gone, Optional.of(new RowMarks.Windows(starts, shown)), out);
    return rows.gather(kept, on);
  }

  private void add(Batch rows, Out out) {
    if (rows.size() == 0) {
      return;
    }
    RowErrors errors = new RowErrors();
    groups.add(rows, errors);
    context.failures().rows(rows, errors, out);
    queue();
  }

  /** Sessions that were opened wait for their end; one that grows waits again when it is met. */
  private void queue() {
    Sessions sessions = groups.sessions();
    for (; queued < sessions.size(); queued++) {
      if (sessions.isOpen(queued)) {
        due.add(new Due(sessions.end(queued), queued));
      }
    }
  }

  /** The next sessions that are over. */
  private int over(int[] numbers) {
    Sessions sessions = groups.sessions();
    int count = 0;
    while (count < numbers.length && !due.isEmpty() && isOver(due.peek().end())) {
      Due next = due.remove();
      if (!sessions.isOpen(next.session())) {
        continue;
      }
      long end = sessions.end(next.session());
      if (isOver(end)) {
        numbers[count++] = next.session();
        sessions.close(next.session());
      } else {
        due.add(new Due(end, next.session()));
      }
    }
    return count;
  }

  private boolean isOver(long end) {
    return watermark != TimeTracker.NOTHING && Windower.plus(end, lateness) <= watermark;
  }

  private void emit(int[] numbers, int count, Out out) {
    long[] starts = new long[count];
    long[] ends = new long[count];
    for (int i = 0; i < count; i++) {
      starts[i] = groups.sessions().start(numbers[i]);
      ends[i] = groups.sessions().end(numbers[i]);
    }
    emit(groups.results(numbers, count), starts, ends, out);
  }

  private void emit(GroupResults.Part part, long[] starts, long[] ends, Out out) {
    int count = part.size();
    long[] times = new long[count];
    for (int i = 0; i < count; i++) {
      times[i] = ends[i] - 1;
    }
    Column.Longs first = new Column.Longs(count, starts, null);
    Column.Longs last = new Column.Longs(count, ends, null);
    RowMarks marks =
        RowMarks.NONE
            .withTimes(new Column.Longs(count, times, null))
            .withStamps(Columns.repeated(stamp, count))
            .withWindows(new RowMarks.Windows(first, last));
    made.emit(part, marks, out);
  }

  private void tidy() {
    Sessions sessions = groups.sessions();
    if (sessions.size() > 4096 && sessions.live() < sessions.size() / 2) {
      groups.compact();
      log.compacted();
      due.clear();
      queued = 0;
      queue();
    }
    boolean fits = hold(groups.bytes() + 40L * due.size());
    boolean gives =
        !fits && context.memory().isWorthGivingUp(held) || context.memory().isHalf(held);
    if (gives && groups.sessions().live() > 0) {
      try {
        spill();
      } catch (IOException e) {
        throw StepStore.failure(context.node(), e);
      }
    }
  }

  /** The sessions in memory, as they are kept. */
  private final class InMemory implements Stored {
    @Override
    public void snapshot(SnapshotWriter to) throws IOException {
      log.snapshot(groups, watermark, to);
    }

    @Override
    public void restore(SnapshotReader from) throws IOException {
      watermark = log.restore(groups, from);
    }
  }

  @Override
  public void snapshot(SnapshotWriter to) throws IOException {
    StoreShelf.snapshot(List.of(new InMemory(), spilled), to);
  }

  @Override
  public void restore(SnapshotReader from) throws IOException {
    StoreShelf.restore(List.of(new InMemory(), spilled), from);
    stamp = handedOn(watermark);
    queue();
  }

  @Override
  public void close() {
    share.close();
    spilled.close();
    try {
      if (leaving.isPresent()) {
        leaving.get().close();
      }
    } catch (IOException e) {
      // What is left is deleted with the folder.
    }
  }
}
