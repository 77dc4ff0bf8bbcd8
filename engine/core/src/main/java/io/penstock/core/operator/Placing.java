package io.penstock.core.operator;

import io.penstock.api.data.Batch;
import java.util.Optional;

/**
 * Finds what rows with a time are held under: their windows, or panes of these. Single-threaded.
 */
interface Placing {
  /**
   * Rows judged by their stamps alone.
   *
   * @param onTime the rows that are held, once for each place, which is among their marks
   * @param hasOthers whether there are rows too late for a window, or in none
   * @param hasFailed whether the windows of a row are out of range
   */
  record Judged(Batch onTime, boolean hasOthers, boolean hasFailed) {}

  /**
   * The one place of all rows, which are on time; empty where there is none, or it takes more than
   * a look at the first and the last of their times to find it.
   */
  Optional<StoreShelf.Key> only(Batch rows);

  /** Judges rows; nothing is handed on, counted or reported. */
  Judged judged(Batch rows);

  /** The least and the greatest time of rows, and their greatest stamp. */
  record Span(long least, long most, long stamp) {
    /** Those of some rows, at least one. */
    static Span of(Batch rows) {
      long[] times = Windower.times(rows);
      long[] stamps = Windower.stamps(rows);
      long least = times[0];
      long most = times[0];
      long stamp = stamps[0];
      for (int row = 1; row < rows.size(); row++) {
        least = Math.min(least, times[row]);
        most = Math.max(most, times[row]);
        stamp = Math.max(stamp, stamps[row]);
      }
      return new Span(least, most, stamp);
    }
  }
}
