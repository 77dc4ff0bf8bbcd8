package io.penstock.api.format;

import io.penstock.api.data.Column;
import java.util.Map;

/**
 * The records of a block whose source knows each of them by a position of its own, such as the
 * messages of a queue. Each is decoded by itself, as a file would be, and may give several rows.
 *
 * @param starts where each begins, as indexes in the block's array; each ends where the next begins
 * @param positions the position of each in its split
 * @param meta columns of {@code meta.*} with a value for each record, only those that the pipeline
 *     uses
 */
public record BlockRecords(int[] starts, long[] positions, Map<String, Column> meta) {
  public BlockRecords {
    meta = Map.copyOf(meta);
  }

  /** How many there are. */
  public int size() {
    return starts.length;
  }

  /** The record that the byte at this index of the block's array belongs to. */
  public int at(int offset) {
    int found = java.util.Arrays.binarySearch(starts, offset);
    return found >= 0 ? found : -found - 2;
  }
}
