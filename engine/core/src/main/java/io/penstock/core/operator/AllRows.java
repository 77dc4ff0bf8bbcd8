package io.penstock.core.operator;

import io.penstock.core.expression.Selection;

/** Selections of all rows of a batch, without making the indexes anew. Single-threaded. */
final class AllRows {
  private int[] rows = Selection.all(64).rows();

  Selection of(int size) {
    if (size > rows.length) {
      rows = Selection.all(Math.max(size, rows.length * 2)).rows();
    }
    return new Selection(rows, size);
  }
}
