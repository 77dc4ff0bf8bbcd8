package io.penstock.core.operator;

import io.penstock.api.data.Column;
import io.penstock.core.expression.Aggregates;
import io.penstock.core.state.EntryBytes;
import io.penstock.core.state.RowCodec;
import io.penstock.core.state.StateOutput;
import io.penstock.json.ByteBuilder;
import java.io.IOException;
import java.util.zip.CRC32C;

/**
 * The groups of a state as entries. The key is the hash and the bytes of the group's key; the value
 * is the number of the group's first meeting, the key's columns where they do not follow from its
 * bytes, and the state of each call.
 */
final class SortedGroups implements MadeEntries {
  private final KeyIndex index;
  private final Aggregates.GroupWriter[] writers;
  private final Column[] columns;
  private final int[] order;
  private final long first;
  private final Entry entry = new Entry();
  private final ByteBuilder key = entry.key();
  private final EntryBytes value = entry.value();
  private final CRC32C crc = new CRC32C();
  private int next;

  /**
   * The groups of a state that does not change while they are read.
   *
   * @param first the number of the first meeting of group 0
   */
  SortedGroups(GroupState state, long first) {
    this.index = state.index();
    this.writers = state.writers();
    this.columns = index.isPlain() ? new Column[0] : state.keys();
    // Without keys there is one group, which the index does not know.
    this.order = index.size() == 0 ? new int[state.size()] : KeyOrder.of(index);
    this.first = first;
  }

  @Override
  public boolean next() throws IOException {
    if (next == order.length) {
      return false;
    }
    int group = order[next++];
    KeyOrder.begin(key);
    if (index.size() > 0) {
      index.encode(group, key);
    }
    KeyOrder.seal(key, crc);
    StateOutput output = value.begin();
    output.number(first + group);
    for (Column column : columns) {
      RowCodec.write(column, group, output);
    }
    for (Aggregates.GroupWriter writer : writers) {
      writer.write(group, output);
    }
    value.end();
    return true;
  }

  @Override
  public Entry entry() {
    return entry;
  }
}
