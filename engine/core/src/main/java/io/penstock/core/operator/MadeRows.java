package io.penstock.core.operator;

import io.penstock.api.data.Batch;
import io.penstock.api.data.Provenance;
import java.util.Arrays;

/** Which row each made row came from, and its number among those of the same row. */
final class MadeRows {
  private int[] rows;
  private int[] numbers;
  private int count;

  MadeRows(int size) {
    rows = new int[Math.max(16, size)];
    numbers = new int[rows.length];
  }

  /** So many rows were made of a row. */
  void add(int row, int made) {
    if (count + made > rows.length) {
      int room = Math.max(count + made, rows.length * 2);
      rows = Arrays.copyOf(rows, room);
      numbers = Arrays.copyOf(numbers, room);
    }
    for (int number = 0; number < made; number++) {
      rows[count] = row;
      numbers[count++] = number;
    }
  }

  /** The rows from which they came, each as often as rows were made of it, numbered. */
  Traced repeat(Traced in) {
    Traced repeated = in.gather(rows, count);
    Batch batch = repeated.rows();
    Provenance from = batch.provenance();
    int[] index = Arrays.copyOf(numbers, count);
    for (int i = 0; i < index.length; i++) {
      // Rows that were numbered before, by an explode above, stay apart from each other.
      index[i] += from.index(i) * 1_000_003;
    }
    return repeated.with(
        new Batch(
            batch.schema(), batch.size(), batch.columns(), from.numbered(index), batch.marks()));
  }
}
