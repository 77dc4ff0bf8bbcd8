package io.penstock.core.operator;

import io.penstock.core.logical.Join;
import java.util.ArrayDeque;
import java.util.List;
import java.util.PriorityQueue;

/**
 * When rows of a join meet nobody any more, and which of them come out then: those without a
 * partner, or those that were waiting for the latest one. Single-threaded.
 */
final class JoinExpiry {
  private record Waiting(long expiry, int row) implements Comparable<Waiting> {
    @Override
    public int compareTo(Waiting other) {
      int expiries = Long.compare(expiry, other.expiry);
      return expiries != 0 ? expiries : Integer.compare(row, other.row);
    }
  }

  private final Join join;
  private final JoinSide[] sides;
  private final List<PriorityQueue<Waiting>> waiting =
      List.of(new PriorityQueue<>(), new PriorityQueue<>());
  private final List<ArrayDeque<Integer>> out = List.of(new ArrayDeque<>(), new ArrayDeque<>());

  JoinExpiry(Join join, JoinSide[] sides) {
    this.join = join;
    this.sides = sides;
  }

  /** Rows were added, from this one on. */
  void added(int side, int first) {
    for (int row = first; row < sides[side].size(); row++) {
      if (sides[side].expiry(row) < Long.MAX_VALUE) {
        waiting.get(side).add(new Waiting(sides[side].expiry(row), row));
      }
    }
  }

  /** Begins anew. */
  void clear() {
    waiting.forEach(PriorityQueue::clear);
  }

  /** Rows that are over by a watermark that was there before do not come out again. */
  void forget(long watermark) {
    for (int side = 0; side < 2; side++) {
      PriorityQueue<Waiting> queue = waiting.get(side);
      while (!queue.isEmpty() && queue.peek().expiry() <= watermark) {
        sides[side].end(queue.poll().row());
      }
    }
  }

  /** The watermark has come so far. */
  void reach(long watermark) {
    for (int side = 0; side < 2; side++) {
      PriorityQueue<Waiting> queue = waiting.get(side);
      while (!queue.isEmpty() && queue.peek().expiry() <= watermark) {
        over(side, queue.poll().row());
      }
      if (watermark == Long.MAX_VALUE) {
        for (int row = 0; row < sides[side].size(); row++) {
          over(side, row);
        }
      }
    }
  }

  /** A row meets nobody any more; it comes out if it has to. */
  void over(int side, int row) {
    if (sides[side].isOver(row)) {
      return;
    }
    boolean resolves = join.asOf() && side == 0;
    boolean keeps = side == 0 ? join.type().keepsLeft() : join.type().keepsRight();
    if (resolves || keeps && !sides[side].isMatched(row)) {
      out.get(side).add(row);
    }
    sides[side].end(row);
  }

  /** Whether rows are to come out. */
  boolean hasMore() {
    return !out.get(0).isEmpty() || !out.get(1).isEmpty();
  }

  /** Whether left rows wait for the latest partner. */
  boolean hasDue() {
    return join.asOf() && !out.get(0).isEmpty();
  }

  /** The next left rows that wait for the latest partner. */
  int due(int[] lefts) {
    int count = 0;
    while (count < lefts.length && !out.get(0).isEmpty()) {
      lefts[count++] = out.get(0).remove();
    }
    return count;
  }

  /** The next rows without a partner, as pairs with -1. */
  int unmatched(int[] lefts, int[] rights) {
    int count = 0;
    for (int side = 0; side < 2; side++) {
      ArrayDeque<Integer> rows = out.get(side);
      while (count < lefts.length && !rows.isEmpty()) {
        int row = rows.remove();
        // A right row may have met one that waited for the latest.
        if (!sides[side].isMatched(row)) {
          lefts[count] = side == 0 ? row : -1;
          rights[count++] = side == 0 ? -1 : row;
        }
      }
    }
    return count;
  }
}
