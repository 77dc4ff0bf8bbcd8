package io.penstock.core.operator;

import io.penstock.core.logical.Join;
import java.util.Comparator;
import java.util.HashMap;
import java.util.Map;
import java.util.PriorityQueue;

/**
 * Lets go of right rows that no left row to come meets, because each would rather meet a later one.
 * Only for joins that take the latest row within a time and have no condition, which might prefer
 * an earlier one. Single-threaded.
 */
final class JoinSuperseded {
  private final boolean applies;
  private final long back;
  private final JoinSide[] sides;
  private final JoinLatest order;
  private final PriorityQueue<Integer> rows;
  private final Map<Integer, Integer> latest = new HashMap<>();

  JoinSuperseded(Join join, JoinSide[] sides, JoinLatest order) {
    // A right row that comes out alone does so when it is over, not before.
    boolean plain = join.asOf() && join.where().isEmpty() && !join.type().keepsRight();
    this.applies = plain && join.bound().filter(Join.Within.class::isInstance).isPresent();
    this.back =
        join.bound().orElse(null) instanceof Join.Within within
            ? Math.min(0, TimeTracker.micros(within.after()))
            : 0;
    this.sides = sides;
    this.order = order;
    this.rows = new PriorityQueue<>(Comparator.comparingLong(row -> sides[1].time(row)));
  }

  /** Right rows were added, from this one on. */
  void added(int first) {
    for (int row = first; applies && row < sides[1].size(); row++) {
      if (sides[1].key(row) >= 0) {
        rows.add(row);
      }
    }
  }

  /** Rows have new numbers. */
  void clear() {
    rows.clear();
    latest.clear();
  }

  /** All left rows up to the watermark have met whom they meet. */
  void reach(long watermark) {
    long until = JoinEntry.sum(watermark, back);
    while (!rows.isEmpty() && sides[1].time(rows.peek()) <= until) {
      int row = rows.poll();
      Integer before = latest.get(sides[1].key(row));
      boolean later = before == null || order.compare(before, row) < 0;
      if (later) {
        latest.put(sides[1].key(row), row);
      }
      if (before != null) {
        sides[1].end(later ? before : row);
      }
    }
  }
}
