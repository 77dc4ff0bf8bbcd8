package io.penstock.connectors.kafka;

import io.penstock.api.data.Column;
import io.penstock.api.sink.SinkRows;
import java.util.ArrayList;
import java.util.List;

/** Rows that wait for a moment, few enough that nobody need count them. Single-threaded. */
final class KeptRows {
  private static final int MOST_BATCHES = 64;
  private static final long MOST_BYTES = 1 << 20;

  private final List<SinkRows> batches = new ArrayList<>();
  private long bytes;

  /** Keeps more rows; false, and none are kept any more, where they are too many. */
  boolean add(SinkRows rows) {
    for (Column column : rows.rows().columns()) {
      bytes += bytes(column);
    }
    batches.add(rows);
    boolean few = batches.size() <= MOST_BATCHES && bytes <= MOST_BYTES;
    if (!few) {
      forget();
    }
    return few;
  }

  private static long bytes(Column column) {
    long bytes = 8L * column.size();
    if (column instanceof Column.Bytes texts) {
      for (int row = 0; row < texts.size(); row++) {
        bytes += texts.to(row) - texts.from(row);
      }
    } else if (column instanceof Column.Lists lists) {
      bytes += bytes(lists.elements());
    } else if (column instanceof Column.Maps maps) {
      bytes += bytes(maps.keys()) + bytes(maps.values());
    } else if (column instanceof Column.Records records) {
      for (Column field : records.fields()) {
        bytes += bytes(field);
      }
    }
    return bytes;
  }

  boolean isEmpty() {
    return batches.isEmpty();
  }

  /** The rows, in the order in which they came. */
  List<SinkRows> batches() {
    return batches;
  }

  void forget() {
    batches.clear();
    bytes = 0;
  }
}
