package io.penstock.core.operator;

import io.penstock.api.data.Batch;
import io.penstock.core.expression.RowErrors;
import io.penstock.core.expression.Selection;
import org.jspecify.annotations.Nullable;

/**
 * Rows, each with the index of the row of the first batch from which it came.
 *
 * @param from absent where row i came from row i
 */
record Traced(Batch rows, int @Nullable [] from) {
  static Traced of(Batch rows) {
    return new Traced(rows, null);
  }

  int size() {
    return rows.size();
  }

  int origin(int row) {
    return from == null ? row : from[row];
  }

  Traced gather(int[] indexes, int count) {
    int[] origins = new int[count];
    for (int i = 0; i < count; i++) {
      origins[i] = origin(indexes[i]);
    }
    return new Traced(rows.gather(indexes, count), origins);
  }

  Traced gather(Selection selected) {
    return selected.count() == size() ? this : gather(selected.rows(), selected.count());
  }

  /** Other values for the same rows. */
  Traced with(Batch others) {
    return new Traced(others, from);
  }

  /** The rows without those that failed here, which are reported. */
  Traced without(RowErrors errors, RowErrors failed) {
    if (errors.isEmpty()) {
      return this;
    }
    errors.all().forEach((row, error) -> failed.add(origin(row), error));
    int[] kept = new int[size()];
    int count = 0;
    for (int row = 0; row < kept.length; row++) {
      if (errors.of(row).isEmpty()) {
        kept[count++] = row;
      }
    }
    return gather(kept, count);
  }

  /** What came of the rows before this one. */
  Traced before(int row) {
    int[] kept = new int[size()];
    int count = 0;
    for (int i = 0; i < kept.length; i++) {
      if (origin(i) < row) {
        kept[count++] = i;
      }
    }
    return gather(kept, count);
  }

  /** The rows without all that came of rows that failed. */
  Traced withoutFailed(RowErrors failed) {
    if (failed.isEmpty() || from == null) {
      return this;
    }
    int[] kept = new int[size()];
    int count = 0;
    for (int row = 0; row < kept.length; row++) {
      if (failed.of(origin(row)).isEmpty()) {
        kept[count++] = row;
      }
    }
    return count == kept.length ? this : gather(kept, count);
  }
}
