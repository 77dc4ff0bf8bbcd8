package io.penstock.core.operator;

import io.penstock.api.data.Batch;
import io.penstock.core.expression.Evaluator;
import io.penstock.core.expression.RowErrors;
import io.penstock.core.expression.Selection;
import io.penstock.core.logical.Join;
import io.penstock.core.state.SnapshotReader;
import io.penstock.core.state.SnapshotWriter;
import java.io.IOException;
import java.util.Arrays;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Puts rows of two inputs together. Each row is kept as long as one that is on time may still meet
 * it, and looks for those of the other input when it comes; so it does not matter which comes
 * first. Rows without a partner come out when the watermark says that none can come any more.
 */
final class JoinOperator implements Operator {
  private static final int MOST = Batch.MAX_ROWS;

  private final Join join;
  private final StepContext context;
  private final JoinEntry entry;
  private final JoinKeys keys;
  private final JoinRows made;
  private final Optional<Evaluator> where;
  private final JoinSide[] sides = {new JoinSide(), new JoinSide()};
  private final JoinExpiry expiry;
  private final JoinLatest latest;
  private final JoinSuperseded superseded;
  private final JoinState state;
  private final int[] lefts = new int[MOST];
  private final int[] rights = new int[MOST];
  private long watermark = TimeTracker.NOTHING;
  private long stamp = TimeTracker.NOTHING;
  private final MemoryBudget.Share share;
  private long held;
  private @Nullable Batch waiting;
  private int from;
  private boolean fresh;
  private @Nullable Probe probe;

  /** Rows that look for partners: how far they have come. */
  private static final class Probe {
    private final int side;
    private final int end;
    private final int[] keys;
    private final int first;
    private int row;
    private int other;

    Probe(int side, int first, int[] keys, JoinSide others) {
      this.side = side;
      this.first = first;
      this.end = first + keys.length;
      this.keys = keys;
      this.row = first;
      this.other = keys.length == 0 ? -1 : others.first(keys[0]);
    }

    /** Goes to the next row; false at the end. */
    boolean nextRow(JoinSide others) {
      row++;
      other = row < end ? others.first(keys[row - first]) : -1;
      return row < end;
    }
  }

  JoinOperator(Join join, StepContext context) {
    this.join = join;
    this.context = context;
    this.share = context.memory().share(context.node());
    boolean windows = join.bound().filter(Join.InWindow.class::isInstance).isPresent();
    this.entry = new JoinEntry(join, context);
    this.keys = new JoinKeys(join, windows, context);
    this.made = new JoinRows(join, windows, context);
    this.where = join.where().map(context::evaluator);
    this.expiry = new JoinExpiry(join, sides);
    this.latest = new JoinLatest(sides);
    this.superseded = new JoinSuperseded(join, sides, latest, expiry);
    this.state = new JoinState(context, windows);
  }

  @Override
  public void rows(int input, Batch rows) {
    context.counters().in(rows.size());
    waiting = rows;
    from = input;
  }

  @Override
  public void watermark(long reached) {
    stamp = Math.max(stamp, handedOn(watermark));
    watermark = reached;
    expiry.reach(reached);
  }

  @Override
  public long handedOn(long reached) {
    return entry.handedOn(reached);
  }

  @Override
  public boolean drain(Out out) {
    if (waiting != null) {
      take(from, waiting, out);
      waiting = null;
      return true;
    }
    if (probe != null) {
      pairs(probe, out);
      return true;
    }
    if (fresh) {
      // A row whose partners must be far enough before it may be over as soon as it comes.
      fresh = false;
      expiry.reach(watermark);
    }
    if (!expiry.hasDue()) {
      superseded.reach(watermark, false);
    }
    if (expiry.hasMore()) {
      int count = expiry.hasDue() ? asOf(out) : expiry.unmatched(lefts, rights);
      emit(count, out);
      return true;
    }
    tidy();
    return false;
  }

  private void take(int side, Batch rows, Out out) {
    Batch onTime = entry.onTime(side, rows, out);
    RowErrors errors = new RowErrors();
    int[] ids = keys.number(side, onTime, errors);
    if (!errors.isEmpty()) {
      context.failures().rows(made.alone(side, onTime), errors, out);
      onTime = Traced.of(onTime).without(errors, new RowErrors()).rows();
      ids = keys.number(side, onTime, new RowErrors());
    }
    if (onTime.size() == 0) {
      return;
    }
    int first = add(side, onTime, ids);
    fresh = true;
    if (!join.asOf()) {
      probe = new Probe(side, first, ids, sides[1 - side]);
    }
  }

  private int add(int side, Batch rows, int[] ids) {
    int first = sides[side].add(rows, ids, entry.expiries(side, rows));
    expiry.added(side, first);
    if (side == 1) {
      superseded.added(first);
    }
    return first;
  }

  /** Finds the next pairs of the rows at hand, and hands them on. */
  private void pairs(Probe at, Out out) {
    JoinSide own = sides[at.side];
    JoinSide others = sides[1 - at.side];
    int count = 0;
    boolean more = at.row < at.end;
    while (more && count < MOST) {
      if (at.other < 0) {
        more = at.nextRow(others);
        continue;
      }
      int left = at.side == 0 ? at.row : at.other;
      int right = at.side == 0 ? at.other : at.row;
      if (!others.isOver(at.other)
          && !own.isOver(at.row)
          && entry.meet(sides[0].time(left), sides[1].time(right))) {
        lefts[count] = left;
        rights[count++] = right;
      }
      at.other = others.next(at.other);
    }
    if (!more) {
      probe = null;
    }
    matched(filtered(count, out), out);
  }

  /** The pairs for which the condition is true. */
  private int filtered(int count, Out out) {
    if (where.isEmpty() || count == 0) {
      return count;
    }
    Batch both = made.both(sides, lefts, rights, count);
    RowErrors errors = new RowErrors();
    Selection kept = where.get().select(both, Selection.all(count), errors);
    context.failures().rows(both, errors, out);
    for (int i = 0; i < kept.count(); i++) {
      lefts[i] = lefts[kept.rows()[i]];
      rights[i] = rights[kept.rows()[i]];
    }
    return kept.count();
  }

  private void matched(int count, Out out) {
    boolean once = join.type() == Join.Type.SEMI || join.type() == Join.Type.ANTI;
    int kept = 0;
    for (int i = 0; i < count; i++) {
      boolean again = sides[0].isMatched(lefts[i]);
      match(0, lefts[i]);
      match(1, rights[i]);
      if (!once || join.type() == Join.Type.SEMI && !again) {
        lefts[kept] = lefts[i];
        rights[kept++] = once ? -1 : rights[i];
      }
    }
    emit(kept, out);
  }

  private void match(int side, int row) {
    if (!sides[side].isMatched(row)) {
      sides[side].match(row);
      state.matched(side, row);
    }
  }

  /** The left rows whose time has come, each with the latest partner that is not after it. */
  private int asOf(Out out) {
    int due = expiry.due(lefts);
    int count = 0;
    int[] left = Arrays.copyOf(lefts, due);
    int[] best = new int[due];
    for (int i = 0; i < due; i++) {
      best[i] = latest(left[i], out);
    }
    for (int i = 0; i < due; i++) {
      boolean met = best[i] >= 0;
      boolean shown =
          switch (join.type()) {
            case INNER, RIGHT, SEMI -> met;
            case LEFT, FULL -> true;
            case ANTI -> !met;
          };
      if (met) {
        match(1, best[i]);
      }
      if (shown) {
        lefts[count] = left[i];
        boolean alone = join.type() == Join.Type.SEMI || join.type() == Join.Type.ANTI;
        rights[count++] = alone ? -1 : best[i];
      }
    }
    return count;
  }

  private int latest(int left, Out out) {
    long time = sides[0].time(left);
    return latest.find(
        sides[0].key(left),
        entry.until(time),
        entry.since(time),
        right -> isTrue(left, right, out));
  }

  private boolean isTrue(int left, int right, Out out) {
    if (where.isEmpty()) {
      return true;
    }
    Batch both = made.both(sides, new int[] {left}, new int[] {right}, 1);
    RowErrors errors = new RowErrors();
    boolean is = where.get().select(both, Selection.all(1), errors).count() == 1;
    context.failures().rows(both, errors, out);
    return is;
  }

  private void emit(int count, Out out) {
    if (count > 0) {
      Batch rows = made.made(sides, lefts, rights, count, stamp);
      context.counters().out(0, count);
      out.rows(0, rows);
    }
  }

  /** Lets go of rows that are over, once they are more than those that are not. */
  private void tidy() {
    int all = sides[0].size() + sides[1].size();
    int live = sides[0].live() + sides[1].live();
    if (all > 1024 && live < all / 2) {
      JoinSide[] old = {sides[0], sides[1]};
      keys.clear();
      expiry.clear();
      latest.clear();
      superseded.clear();
      for (int side = 0; side < 2; side++) {
        sides[side] = new JoinSide();
        int input = side;
        old[side].left().forEach(left -> restore(input, left.rows(), left));
      }
      state.compacted();
    }
    long now = sides[0].bytes() + sides[1].bytes() + keys.bytes();
    long more = now - held;
    held = now;
    if (!share.hold(more)) {
      context.memory().requireRoom(context.node(), "its rows", held);
    }
  }

  private void restore(int side, Batch rows, JoinSide.Left left) {
    int first = add(side, rows, keys.number(side, rows, new RowErrors()));
    for (int i = 0; i < left.numbers().length; i++) {
      if (left.side().isMatched(left.numbers()[i])) {
        sides[side].match(first + i);
      }
    }
  }

  @Override
  public long held() {
    return held;
  }

  @Override
  public void snapshot(SnapshotWriter to) throws IOException {
    state.snapshot(sides, watermark, stamp, to);
  }

  @Override
  public void restore(SnapshotReader from) throws IOException {
    state.restore(
        from,
        (side, rows) -> {
          int unused = add(side, rows, keys.number(side, rows, new RowErrors()));
        },
        (side, row) -> sides[side].match(row));
    stamp = state.stamp();
    watermark = state.watermark();
    expiry.forget(watermark);
    superseded.reach(watermark, true);
  }

  @Override
  public void close() {
    share.close();
  }
}
