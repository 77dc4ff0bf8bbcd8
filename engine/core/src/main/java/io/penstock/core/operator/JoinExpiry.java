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
  private final JoinDisk[] disks;
  private final JoinGuests[] guests;
  private final List<PriorityQueue<Waiting>> waiting =
      List.of(new PriorityQueue<>(), new PriorityQueue<>());
  private final List<ArrayDeque<Integer>> out = List.of(new ArrayDeque<>(), new ArrayDeque<>());

  JoinExpiry(Join join, JoinSide[] sides, JoinDisk[] disks, JoinGuests[] guests) {
    this.join = join;
    this.sides = sides;
    this.disks = disks;
    this.guests = guests;
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
      disks[side].release(watermark);
    }
  }

  /** A row meets nobody any more; it comes out if it has to. */
  void over(int side, int row) {
    if (sides[side].isOver(row)) {
      return;
    }
    if (comesOut(side, row)) {
      out.get(side).add(row);
    }
    sides[side].end(row);
  }

  /** Whether a row is to come out when it is over, as it is now. */
  boolean comesOut(int side, int row) {
    boolean resolves = join.asOf() && side == 0;
    boolean keeps = side == 0 ? join.type().keepsLeft() : join.type().keepsRight();
    return resolves || keeps && !sides[side].isMatched(row);
  }

  /** Whether rows are to come out. */
  boolean hasMore() {
    return hasMore(0) || hasMore(1);
  }

  private boolean hasMore(int side) {
    return !out.get(side).isEmpty() || disks[side].isDue(Long.MAX_VALUE, Long.MAX_VALUE);
  }

  /** Whether left rows wait for the latest partner. */
  boolean hasDue() {
    return join.asOf() && hasMore(0);
  }

  /** Whether the next row that comes out is on the disk; otherwise it is in memory. */
  private boolean isOnDisk(int side) {
    ArrayDeque<Integer> rows = out.get(side);
    return rows.isEmpty()
        || disks[side].isDue(sides[side].expiry(rows.peek()), sides[side].number(rows.peek()));
  }

  /** The next left rows that wait for the latest partner. */
  int due(int[] lefts) {
    int count = 0;
    while (count < lefts.length && hasMore(0)) {
      lefts[count++] = isOnDisk(0) ? disks[0].takeNext(sides[0], guests[0]) : out.get(0).remove();
    }
    guests[0].seat(sides[0]);
    return count;
  }

  /** The next rows without a partner, as pairs with -1. */
  int unmatched(int[] lefts, int[] rights) {
    int count = 0;
    for (int side = 0; side < 2; side++) {
      while (count < lefts.length && hasMore(side)) {
        int row = next(side);
        if (row >= 0) {
          lefts[count] = side == 0 ? row : -1;
          rights[count++] = side == 0 ? -1 : row;
        }
      }
      guests[side].seat(sides[side]);
    }
    return count;
  }

  /** The next row, or -1 where it has met one since it was known that it is to come out. */
  private int next(int side) {
    if (!isOnDisk(side)) {
      int row = out.get(side).remove();
      // A right row may have met one that waited for the latest.
      return sides[side].isMatched(row) ? -1 : row;
    }
    if (disks[side].isNextMatched()) {
      disks[side].skip();
      return -1;
    }
    return disks[side].takeNext(sides[side], guests[side]);
  }
}
