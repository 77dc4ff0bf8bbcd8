package io.penstock.api.data;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Where the rows of a batch come from. Follows the rows through stateless steps; a step that makes
 * rows of its own gives {@link #none}.
 *
 * @param source the source step's name, or the step that made the rows
 * @param split the split's id (a file's path), empty where there is none
 * @param positions for each row its position in the split: a byte offset, a record number; empty
 *     for made rows
 * @param index for each row its number among the rows made of one record, from 0; empty where each
 *     is 0
 * @param meta columns of {@code meta.*} by name, only those that the pipeline uses
 */
public record Provenance(
    String source, String split, long[] positions, int[] index, Map<String, Column> meta) {
  public Provenance {
    meta = Map.copyOf(meta);
  }

  /** Rows that a step has made. */
  public static Provenance none(String step) {
    return new Provenance(step, "", new long[0], new int[0], Map.of());
  }

  /** The position of a row, or -1 for a made row. */
  public long position(int row) {
    return row < positions.length ? positions[row] : -1;
  }

  /** The number of a row among the rows made of one record. */
  public int index(int row) {
    return row < index.length ? index[row] : 0;
  }

  /** The provenance of the rows at these indexes. */
  public Provenance gather(int[] rows, int count) {
    long[] taken = new long[positions.length == 0 ? 0 : count];
    for (int i = 0; i < taken.length; i++) {
      taken[i] = positions[rows[i]];
    }
    int[] numbers = new int[index.length == 0 ? 0 : count];
    for (int i = 0; i < numbers.length; i++) {
      numbers[i] = index[rows[i]];
    }
    Map<String, Column> columns = new LinkedHashMap<>();
    meta.forEach((name, column) -> columns.put(name, column.gather(rows, count)));
    return new Provenance(source, split, taken, numbers, columns);
  }

  /** The same rows, numbered among those made of one record. */
  public Provenance numbered(int[] numbers) {
    return new Provenance(source, split, positions, Arrays.copyOf(numbers, numbers.length), meta);
  }
}
