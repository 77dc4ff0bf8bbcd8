package io.penstock.core.operator;

import io.penstock.api.data.Batch;
import io.penstock.api.data.Change;
import io.penstock.api.data.Column;
import io.penstock.api.data.DataType;
import io.penstock.api.data.RowMarks;
import io.penstock.api.data.Schema;
import io.penstock.core.expression.Evaluator;
import io.penstock.core.expression.RowErrors;
import io.penstock.core.logical.Join;
import io.penstock.core.state.SnapshotReader;
import io.penstock.core.state.SnapshotWriter;
import io.penstock.core.state.StateInput;
import io.penstock.core.state.StateOutput;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Joins two tables that rows and changes describe, each kept whole: what comes or goes on one side
 * lets come or go its pairs with all rows that are there on the other.
 */
final class ChangingJoinOperator implements Operator, KeyedTable {
  private final StepContext context;
  private final boolean keepsLeft;
  private final List<List<Evaluator>> on;
  private final List<DataType> types;
  private final int[] taken;
  private final JoinRows pairs;
  private final byte[] noRight;
  private final ChangeRows changes;
  private final KeyedGroups groups;
  private final List<JoinGroup> pairing = new ArrayList<>();
  private final MemoryBudget.Share share;
  private final AllRows all = new AllRows();
  private long bytes;
  private long held;
  private @Nullable Work waiting;

  /** Rows that are worked on. */
  private static final class Work {
    private final int side;
    private final Batch rows;
    private final Column[] part;
    private final int[] ids;
    private int next;

    Work(int side, Batch rows, Column[] part, int[] ids) {
      this.side = side;
      this.rows = rows;
      this.part = part;
      this.ids = ids;
    }
  }

  private @Nullable Batch given;
  private int side;

  ChangingJoinOperator(Join join, StepContext context) {
    this.context = context;
    this.keepsLeft = join.type().keepsLeft();
    this.on =
        List.of(
            join.on().stream().map(pair -> context.evaluator(pair.left())).toList(),
            join.on().stream().map(pair -> context.evaluator(pair.right())).toList());
    this.types = join.on().stream().map(pair -> pair.left().type().type()).toList();
    this.pairs = new JoinRows(join, false, context);
    Schema right = context.inputs().get(1);
    this.taken = join.take().stream().mapToInt(take -> right.indexOf(take.from())).toArray();
    // Each null is one byte.
    this.noRight = new byte[taken.length];
    this.changes = new ChangeRows(context.node().schema(), context.node().step());
    this.groups = new KeyedGroups(types, this, changes, context);
    this.share = context.memory().share(context.node());
  }

  @Override
  public void rows(int input, Batch rows) {
    context.counters().in(rows.size());
    given = rows;
    side = input;
  }

  @Override
  public boolean drain(Out out) {
    Batch rows = given;
    if (rows != null) {
      given = null;
      waiting = work(rows, out);
    }
    Work work = waiting;
    while (work != null && changes.size() < Batch.MAX_ROWS) {
      if (work.next == work.rows.size()) {
        waiting = null;
        break;
      }
      work.next++;
      meet(work, work.next - 1);
    }
    Optional<Batch> next = changes.next(size -> RowMarks.NONE);
    if (next.isPresent()) {
      context.counters().out(0, next.get().size());
      out.rows(0, next.get());
    }
    if (waiting == null) {
      settle();
    }
    return waiting != null || changes.size() > 0;
  }

  private Work work(Batch rows, Out out) {
    RowErrors errors = new RowErrors();
    Column[] keys = new Column[types.size()];
    for (int i = 0; i < keys.length; i++) {
      keys[i] = on.get(side).get(i).evaluate(rows, all.of(rows.size()), errors);
    }
    if (!errors.isEmpty()) {
      context.failures().rows(pairs.alone(side, rows), errors, out);
      return work(Traced.of(rows).without(errors, new RowErrors()).rows(), out);
    }
    int[] ids = groups.number(keys, rows.size());
    for (int row = 0; row < ids.length; row++) {
      for (Column key : keys) {
        ids[row] = key.isNull(row) ? -1 : ids[row];
      }
    }
    return new Work(side, rows, part(rows), ids);
  }

  /** What of a row comes out. */
  private Column[] part(Batch rows) {
    return side == 0
        ? rows.columns()
        : Arrays.stream(taken).mapToObj(rows::column).toArray(Column[]::new);
  }

  private void meet(Work work, int row) {
    byte[] own = changes.written(work.part, row);
    boolean goes = Change.of(work.rows, row).takesAway();
    Change change = goes ? Change.DELETE : Change.INSERT;
    if (work.ids[row] < 0) {
      // Null equals nothing.
      if (work.side == 0 && keepsLeft) {
        changes.add(pair(own, noRight), change);
      }
      return;
    }
    JoinGroup group = pairing.get(work.ids[row]);
    bytes -= group.bytes();
    boolean first = group.isEmpty(1);
    boolean counts = true;
    if (goes) {
      counts = group.remove(work.side, own);
    } else {
      group.add(work.side, own);
    }
    bytes += group.bytes();
    groups.change(work.ids[row]);
    if (!counts) {
      return;
    }
    if (work.side == 0) {
      if (first && keepsLeft) {
        changes.add(pair(own, noRight), change);
      }
      group.each(1, right -> changes.add(pair(own, right), change));
    } else if (keepsLeft && !goes && first) {
      group.each(0, left -> changes.update(pair(left, noRight), pair(left, own)));
    } else if (keepsLeft && goes && group.isEmpty(1)) {
      group.each(0, left -> changes.update(pair(left, own), pair(left, noRight)));
    } else {
      group.each(0, left -> changes.add(pair(left, own), change));
    }
  }

  private static byte[] pair(byte[] left, byte[] right) {
    byte[] both = Arrays.copyOf(left, left.length + right.length);
    System.arraycopy(right, 0, both, left.length, right.length);
    return both;
  }

  /** Counts what is held; what does not fit goes to the disk. */
  private void settle() {
    boolean fits = hold();
    if ((!fits && context.memory().isWorthGivingUp(groups.inMemory()) || groups.isNearlyFull())
        && groups.giveUp()) {
      fits = hold();
    }
    if (!fits) {
      context.memory().requireTables(context.node(), "rows", held);
    }
  }

  private boolean hold() {
    long now = groups.bytes();
    long more = now - held;
    held = now;
    return share.hold(more);
  }

  @Override
  public long held() {
    return held;
  }

  @Override
  public void begin(int group) {
    JoinGroup fresh = new JoinGroup();
    pairing.add(fresh);
    bytes += fresh.bytes();
  }

  @Override
  public boolean isThere(int group) {
    return !pairing.get(group).isEmpty();
  }

  @Override
  public void write(int group, StateOutput to) throws IOException {
    pairing.get(group).write(to);
  }

  @Override
  public void read(int group, StateInput from) throws IOException {
    JoinGroup fresh = pairing.get(group);
    bytes -= fresh.bytes();
    fresh.read(from);
    bytes += fresh.bytes();
  }

  @Override
  public void clear() {
    pairing.clear();
    bytes = 0;
  }

  @Override
  public long bytes() {
    return bytes;
  }

  @Override
  public void snapshot(SnapshotWriter to) throws IOException {
    groups.snapshot(to);
  }

  @Override
  public void restore(SnapshotReader from) throws IOException {
    groups.restore(from);
    settle();
  }

  @Override
  public void close() {
    share.close();
    groups.close();
  }
}
