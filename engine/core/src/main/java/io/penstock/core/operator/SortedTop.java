package io.penstock.core.operator;

import io.penstock.core.state.EntryBytes;
import io.penstock.core.state.StateOutput;
import io.penstock.json.ByteBuilder;
import java.io.IOException;
import java.util.List;
import java.util.zip.CRC32C;

/**
 * Rows of groups as entries. Each group begins with an entry of its own, whose value is the number
 * of the group's first meeting; then come its rows in their order. A key is the group's hash, the
 * group's key, what kind of entry it is, and the row's place in the order. The value of a row
 * begins with the lengths of the first two parts and of the order without the fields that decide
 * ties.
 */
final class SortedTop implements MadeEntries {
  static final int GROUP = 0;
  static final int ROW = 1;

  private final HeldRows.Ordered rows;
  private final List<RowOrder.Key> fields;
  private final int[] order;
  private final int[] numbers;
  private final KeyIndex groups;
  private final long first;
  private final OrderEncoder encoder = new OrderEncoder();
  private final ByteBuilder bytes = new ByteBuilder(64);
  private final Entry entry = new Entry();
  private final ByteBuilder key = entry.key();
  private final EntryBytes value = entry.value();
  private final CRC32C crc = new CRC32C();
  private int next;
  private int group = -1;
  private int groupLength;

  /**
   * The entries of rows.
   *
   * @param order the rows, by groups in the order of keys
   * @param numbers the group of each row
   * @param first the number of the first meeting of group 0
   */
  SortedTop(HeldRows.Ordered rows, int[] order, int[] numbers, KeyIndex groups, long first) {
    this.rows = rows;
    this.fields = rows.fields();
    this.order = order;
    this.numbers = numbers;
    this.groups = groups;
    this.first = first;
  }

  @Override
  public boolean next() throws IOException {
    if (next == order.length) {
      return false;
    }
    int row = order[next];
    if (numbers[row] != group) {
      group = numbers[row];
      beginGroup();
      return true;
    }
    next++;
    key.truncate(groupLength);
    key.append(ROW);
    int start = key.length();
    encoder.row(rows.keys(), row, key);
    int orderLength = key.length() - start;
    encoder.row(fields, row, key);
    StateOutput output = value.begin();
    output.number(groupLength);
    output.number(orderLength);
    RowBytes.write(rows.rows(), row, output);
    value.end();
    return true;
  }

  private void beginGroup() throws IOException {
    KeyOrder.begin(key);
    bytes.truncate(0);
    if (groups.size() > 0) {
      groups.encode(group, bytes);
    }
    key.append(bytes.array(), 0, bytes.length());
    KeyOrder.seal(key, crc);
    key.truncate(KeyOrder.HASH);
    OrderEncoder.escaped(bytes.array(), 0, bytes.length(), key);
    groupLength = key.length();
    key.append(GROUP);
    value.begin().number(first + group);
    value.end();
  }

  @Override
  public Entry entry() {
    return entry;
  }
}
