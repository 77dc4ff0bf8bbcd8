package io.penstock.core.operator;

import io.penstock.core.expression.OverCall;
import io.penstock.core.logical.Over;

/**
 * How far the rows of a step {@code over} by event time look, in microseconds; the greatest number
 * where there is no end.
 *
 * @param within how far apart neighbours of one series are at most
 * @param peers whether a row looks at those of its own time
 * @param holds whether rows are looked at once they were given their values, or wait for them
 * @param ahead for how long after a row others may come that it looks at
 * @param held for how long after its time somebody may look at a row
 * @param kept for how long after its last row somebody may ask for a group
 */
record OverReach(long within, boolean peers, boolean holds, long ahead, long held, long kept) {
  static OverReach of(Over over) {
    long within = over.within().map(TimeTracker::micros).orElse(Long.MAX_VALUE);
    boolean aggregates = over.calls().stream().anyMatch(OverCall.Aggregated.class::isInstance);
    boolean peers = aggregates && over.frame() instanceof Over.Range;
    long after = peers ? TimeTracker.micros(((Over.Range) over.frame()).after()) : 0;
    long before = peers ? TimeTracker.micros(((Over.Range) over.frame()).before()) : 0;
    long ahead = Math.max(after, times(over.rowsAfter(), within));
    long back = Math.max(times(over.rowsBefore(), within), before);
    boolean known = over.isRunning() || over.rowsBefore() > 0;
    return new OverReach(
        within,
        peers,
        peers || over.rowsBefore() > 0 || over.rowsAfter() > 0,
        ahead,
        Windower.plus(back, ahead),
        Windower.plus(known ? within : before, ahead));
  }

  /** How far apart so many rows are at most. */
  private static long times(long rows, long within) {
    if (rows == 0) {
      return 0;
    }
    return within > Long.MAX_VALUE / rows ? Long.MAX_VALUE : rows * within;
  }

  /** The watermark at which a row of this time is held no longer. */
  long until(long time) {
    return Windower.plus(time, held);
  }

  /** The watermark at which nobody asks for a group whose last row is of this time. */
  long over(long last) {
    return Windower.plus(last, kept);
  }

  /** The watermark at which all rows have come that a row of this time looks at. */
  long complete(long time) {
    return Windower.plus(time, ahead);
  }

  /** Whether a row is of another series than the last one of its group. */
  boolean isApart(long time, long last) {
    return time > Windower.plus(last, within);
  }
}
