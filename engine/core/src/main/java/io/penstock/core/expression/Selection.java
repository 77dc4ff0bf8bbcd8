package io.penstock.core.expression;

/** Some rows of a batch, by index, ascending. */
public record Selection(int[] rows, int count) {
  /** All rows of a batch. */
  public static Selection all(int size) {
    int[] rows = new int[size];
    for (int i = 0; i < size; i++) {
      rows[i] = i;
    }
    return new Selection(rows, size);
  }
}
