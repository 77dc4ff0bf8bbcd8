package io.penstock.core.operator;

import io.penstock.api.data.Batch;
import io.penstock.core.logical.Join;
import java.util.Optional;

/** Which rows of a join are on time, how long they wait, and which of them may meet. */
final class JoinEntry {
  private final Join join;
  private final Optional<Windower> windower;
  private final OnTime late;
  private final boolean within;
  private final long before;
  private final long after;
  private final long lateness;

  JoinEntry(Join join, StepContext context) {
    this.join = join;
    Join.Bound bound = join.bound().orElse(null);
    this.within = bound instanceof Join.Within;
    if (bound instanceof Join.Within times) {
      before = TimeTracker.micros(times.before());
      after = TimeTracker.micros(times.after());
    } else {
      before = 0;
      after = 0;
    }
    if (bound instanceof Join.InWindow in) {
      windower = Optional.of(new Windower(in.window(), in.lateness(), context));
      lateness = TimeTracker.micros(in.lateness());
    } else {
      windower = Optional.empty();
      lateness = 0;
    }
    this.late = new OnTime(context);
  }

  /** The rows that are on time, one for each window where there are some; late ones go out. */
  Batch onTime(int side, Batch rows, Operator.Out out) {
    if (windower.isPresent()) {
      return windower.get().windowed(side, rows, out);
    }
    // Only rows behind the watermark of their partition are sure to meet all partners.
    return within ? late.of(side, rows, out) : rows;
  }

  /** The watermark at which each row meets nobody any more. */
  long[] expiries(int side, Batch rows) {
    long[] expiries = new long[rows.size()];
    long[] times = Windower.times(rows);
    for (int row = 0; row < expiries.length; row++) {
      if (windower.isPresent()) {
        long end = rows.marks().windows().orElseThrow().ends().values()[row];
        expiries[row] = windower.get().over(end);
      } else if (!within) {
        expiries[row] = Long.MAX_VALUE;
      } else if (side == 0) {
        expiries[row] = join.asOf() ? times[row] : sum(times[row], after);
      } else {
        expiries[row] = sum(times[row], before);
      }
    }
    return expiries;
  }

  /** The sum, at the end of time where it is too large. */
  static long sum(long a, long b) {
    long sum = a + b;
    if (((a ^ sum) & (b ^ sum)) < 0) {
      return a < 0 ? Long.MIN_VALUE : Long.MAX_VALUE;
    }
    return sum;
  }

  /** The earliest time of a right row that a left row may meet. */
  long since(long left) {
    return within ? sum(left, -before) : Long.MIN_VALUE;
  }

  /** The latest time of a right row that a left row may meet, where it meets the latest. */
  long until(long left) {
    return within ? Math.min(left, sum(left, after)) : left;
  }

  /** Whether two rows of one key may meet by their times. */
  boolean meet(long left, long right) {
    return !within || right >= sum(left, -before) && right <= sum(left, after);
  }

  /** The watermark of the results. */
  long handedOn(long reached) {
    if (reached == Long.MAX_VALUE || reached == TimeTracker.NOTHING) {
      return reached;
    }
    long back = lateness;
    if (within) {
      // A left row that comes out alone has its own time, however late its partner comes.
      boolean alone = join.type().keepsLeft() || join.type() == Join.Type.SEMI;
      long left = alone && !join.asOf() ? after : 0;
      long right = join.type().keepsRight() ? before : 0;
      back = Math.max(0, Math.max(left, right));
    }
    return sum(reached, -back);
  }
}
