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
  private final JoinHeld rows;
  private final int[] lefts = new int[MOST];
  private final int[] rights = new int[MOST];
  private long watermark = TimeTracker.NOTHING;
  private long stamp = TimeTracker.NOTHING;
  private @Nullable Batch waiting;
  private int from;
  private boolean fresh;
  private @Nullable JoinProbe probe;

  JoinOperator(Join join, StepContext context) {
    this.join = join;
    this.context = context;
    boolean windows = join.bound().filter(Join.InWindow.class::isInstance).isPresent();
    this.entry = new JoinEntry(join, context);
    this.keys = new JoinKeys(join, windows, context);
    this.made = new JoinRows(join, windows, context);
    this.where = join.where().map(context::evaluator);
    this.rows = new JoinHeld(join, entry, keys, context);
  }

  @Override
  public void rows(int input, Batch batch) {
    context.counters().in(batch.size());
    waiting = batch;
    from = input;
  }

  @Override
  public void watermark(long reached) {
    stamp = Math.max(stamp, handedOn(watermark));
    watermark = reached;
    rows.expiry().reach(reached);
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
    JoinProbe looking = probe;
    if (looking != null) {
      pairs(looking, out);
      return true;
    }
    if (fresh) {
      // A row whose partners must be far enough before it may be over as soon as it comes.
      fresh = false;
      rows.expiry().reach(watermark);
    }
    if (!rows.expiry().hasDue()) {
      rows.superseded().reach(watermark);
    }
    if (rows.expiry().hasMore()) {
      int count = rows.expiry().hasDue() ? asOf(out) : rows.expiry().unmatched(lefts, rights);
      emit(count, out);
      return true;
    }
    rows.tidy(watermark);
    return false;
  }

  private void take(int side, Batch batch, Out out) {
    Batch onTime = entry.onTime(side, batch, out);
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
    int first = rows.add(side, onTime, ids);
    fresh = true;
    if (!join.asOf()) {
      probe = rows.probe(side, first, ids);
    }
  }

  /** Finds the next pairs of the rows at hand, and hands them on. */
  private void pairs(JoinProbe looking, Out out) {
    int count = looking.pairs(rows.sides(), entry, lefts, rights);
    if (looking.isOver()) {
      probe = null;
    }
    matched(filtered(count, out), out);
  }

  /** The pairs for which the condition is true. */
  private int filtered(int count, Out out) {
    if (where.isEmpty() || count == 0) {
      return count;
    }
    Batch both = made.both(rows.sides(), lefts, rights, count);
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
      boolean again = once && rows.isMatched(lefts[i]);
      rows.match(0, lefts[i]);
      rows.match(1, rights[i]);
      if (!once || join.type() == Join.Type.SEMI && !again) {
        lefts[kept] = lefts[i];
        rights[kept++] = once ? -1 : rights[i];
      }
    }
    emit(kept, out);
  }

  /** The left rows whose time has come, each with the latest partner that is not after it. */
  private int asOf(Out out) {
    int due = rows.expiry().due(lefts);
    int count = 0;
    int[] left = Arrays.copyOf(lefts, due);
    int[] best = new int[due];
    for (int i = 0; i < due; i++) {
      best[i] = latest(left[i], out);
    }
    rows.seat(1);
    for (int i = 0; i < due; i++) {
      boolean met = best[i] >= 0;
      boolean shown =
          switch (join.type()) {
            case INNER, RIGHT, SEMI -> met;
            case LEFT, FULL -> true;
            case ANTI -> !met;
          };
      if (met) {
        rows.match(1, best[i]);
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
    return rows.latest(left, where.map(is -> right -> isTrue(left, right, out)));
  }

  private boolean isTrue(int left, int right, Out out) {
    Batch both = made.both(rows.sides(), new int[] {left}, new int[] {right}, 1);
    RowErrors errors = new RowErrors();
    boolean is = where.orElseThrow().select(both, Selection.all(1), errors).count() == 1;
    context.failures().rows(both, errors, out);
    return is;
  }

  private void emit(int count, Out out) {
    if (count > 0) {
      Batch results = made.made(rows.sides(), lefts, rights, count, stamp);
      context.counters().out(0, count);
      out.rows(0, results);
    }
    rows.leave();
  }

  @Override
  public long held() {
    return rows.held();
  }

  @Override
  public void snapshot(SnapshotWriter to) throws IOException {
    rows.snapshot(watermark, stamp, to);
  }

  @Override
  public void restore(SnapshotReader from) throws IOException {
    rows.restore(from);
    stamp = rows.log().stamp();
    watermark = rows.log().watermark();
  }

  @Override
  public void close() {
    rows.close();
  }
}
