package io.penstock.core.operator;

import io.penstock.api.data.Batch;
import io.penstock.api.data.Column;
import org.jspecify.annotations.Nullable;

/** Rows of a step {@code over} that came together, with what its calls take of them. */
final class OverPart {
  /**
   * What one call takes of the rows.
   *
   * @param columns its arguments
   * @param places for each row its index in these, less than zero where it is left out; absent
   *     where it is the row's own
   */
  record Taken(Column[] columns, int @Nullable [] places) {
    int place(int row) {
      return places == null ? row : places[row];
    }
  }

  private final Batch rows;
  private final Taken[] taken;
  private final long[] until;
  private final boolean @Nullable [] ties;
  private final long first;
  private final long @Nullable [] numbers;

  /**
   * Rows that are held.
   *
   * @param until how long each is held; empty where nothing holds them
   * @param ties whether each is equal in the order to the one before it; absent where that follows
   *     from its time
   */
  OverPart(Batch rows, Taken[] taken, long[] until, boolean @Nullable [] ties) {
    this.rows = rows;
    this.taken = taken;
    this.until = until;
    this.ties = ties;
    this.first = 0;
    this.numbers = null;
  }

  /**
   * The same rows with numbers.
   *
   * @param first the number of the first row among all that came
   * @param numbers those of all rows; absent where they follow the first
   */
  private OverPart(OverPart of, long first, long @Nullable [] numbers) {
    this.rows = of.rows;
    this.taken = of.taken;
    this.until = of.until;
    this.ties = of.ties;
    this.first = first;
    this.numbers = numbers;
  }

  /** The same rows, numbered from one on. */
  OverPart numbered(long from) {
    return new OverPart(this, from, null);
  }

  /** The same rows, each with a number. */
  OverPart numbered(long[] each) {
    return new OverPart(this, 0, each);
  }

  /** The number of a row among all that came. */
  long number(int row) {
    return numbers == null ? first + row : numbers[row];
  }

  Batch rows() {
    return rows;
  }

  /** What a call takes, by its number. */
  Taken taken(int call) {
    return taken[call];
  }

  /** The time of a row; zero where rows have none. */
  long time(int row) {
    return rows.times().isPresent() ? rows.times().get().values()[row] : 0;
  }

  /** Whether a row is equal in the order to another one of its group, which came before it. */
  boolean isTied(int row, long before) {
    return ties == null ? time(row) == before : ties[row];
  }

  /** A row need not be held any more. */
  void release(int row) {
    if (until.length > 0) {
      until[row] = Long.MIN_VALUE;
    }
  }

  /** About how many bytes of memory the arguments take that are no columns of the rows. */
  long bytes() {
    long sum = 0;
    for (Taken call : taken) {
      for (Column column : call.columns()) {
        boolean own = true;
        for (Column shared : rows.columns()) {
          own &= shared != column;
        }
        sum += own ? Columns.bytes(column) : 0;
      }
      sum += call.places() == null ? 0 : 4L * rows.size();
    }
    return sum;
  }
}
