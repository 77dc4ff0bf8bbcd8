package io.penstock.bench;

import io.penstock.api.data.Column;

/**
 * Whether two ways to make a column of texts come to the same; a benchmark of two that do not is
 * void.
 */
final class SameTexts {
  private SameTexts() {}

  static void check(Column expected, Column found) {
    Column.Bytes one = (Column.Bytes) expected;
    Column.Bytes other = (Column.Bytes) found;
    if (one.size() != other.size()) {
      throw new AssertionError(one.size() + " rows and " + other.size());
    }
    for (int row = 0; row < one.size(); row++) {
      if (one.isNull(row) != other.isNull(row) || !one.text(row).equals(other.text(row))) {
        throw new AssertionError("row " + row + ": " + one.text(row) + " and " + other.text(row));
      }
    }
  }
}
