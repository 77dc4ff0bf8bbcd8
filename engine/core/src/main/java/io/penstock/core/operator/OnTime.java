package io.penstock.core.operator;

import io.penstock.api.data.Batch;
import java.util.Optional;

/**
 * Finds the rows of a step without windows, or of one of its inputs, that come too late: their time
 * is at or before the watermark that their own partition had before them. Used by one task.
 */
final class OnTime {
  private final LateMaker late;

  OnTime(StepContext context) {
    this.late = new LateMaker(false, context);
  }

  /** The rows that are on time; late ones are handed on. */
  Batch of(int input, Batch rows, Operator.Out out) {
    long[] times = Windower.times(rows);
    long[] stamps = Windower.stamps(rows);
    int[] kept = new int[rows.size()];
    int[] missed = new int[rows.size()];
    int on = 0;
    int off = 0;
    for (int row = 0; row < rows.size(); row++) {
      if (times[row] > stamps[row] || stamps[row] == TimeTracker.NOTHING) {
        kept[on++] = row;
      } else {
        missed[off++] = row;
      }
    }
    if (off == 0) {
      return rows;
    }
    late.emit(input, rows.gather(missed, off), Optional.empty(), out);
    return rows.gather(kept, on);
  }
}
