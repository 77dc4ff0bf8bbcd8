package io.penstock.core.operator;

import io.penstock.api.data.Batch;
import java.util.List;
import java.util.Map;

/**
 * The rows of one block for a step with windows, and their groups in each window, or pane of
 * windows. Whoever gets it knows the watermark before the block, and so which windows were missed:
 * each by all rows that are grouped here, or by none. Used by one thread at a time.
 *
 * @param rows all rows, in order
 * @param groups of the rows that are on time by the rows of the block alone; windows in the order
 *     in which they were met
 * @param isGrouped whether all rows are in groups but those that are in no open window; otherwise
 *     none is
 * @param hasOthers whether there are rows in no open window, of which nothing was said yet
 */
public record WindowGroups(
    List<Batch> rows,
    Map<StoreShelf.Key, GroupState> groups,
    boolean isGrouped,
    boolean hasOthers) {
  /** How many rows there are. */
  int size() {
    int size = 0;
    for (Batch batch : rows) {
      size += batch.size();
    }
    return size;
  }

  /** About how many bytes the rows take. */
  public long bytes() {
    long bytes = 0;
    for (Batch batch : rows) {
      bytes += Columns.bytes(batch);
    }
    return bytes;
  }
}
