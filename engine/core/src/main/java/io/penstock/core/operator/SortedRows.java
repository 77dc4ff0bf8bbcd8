package io.penstock.core.operator;

import io.penstock.api.data.Batch;
import io.penstock.core.state.EntryBytes;
import io.penstock.json.ByteBuilder;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/** Rows as entries: the key is their place in the order, remaining ties by all fields. */
final class SortedRows implements MadeEntries {
  private final Batch rows;
  private final List<RowOrder.Key> keys;
  private final int[] order;
  private final OrderEncoder encoder = new OrderEncoder();
  private final Entry entry = new Entry();
  private final ByteBuilder key = entry.key();
  private final EntryBytes value = entry.value();
  private int next;

  SortedRows(HeldRows.Ordered held) {
    this.rows = held.rows();
    this.keys = new ArrayList<>(held.keys());
    this.keys.addAll(held.fields());
    this.order = held.total().sorted(rows.size());
  }

  @Override
  public boolean next() throws IOException {
    if (next == order.length) {
      return false;
    }
    int row = order[next++];
    key.truncate(0);
    encoder.row(keys, row, key);
    RowBytes.write(rows, row, value.begin());
    value.end();
    return true;
  }

  @Override
  public Entry entry() {
    return entry;
  }
}
