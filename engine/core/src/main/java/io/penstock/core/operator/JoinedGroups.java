package io.penstock.core.operator;

import io.penstock.api.data.ColumnBuilder;
import io.penstock.core.expression.Aggregates;
import io.penstock.core.state.Entries;
import io.penstock.core.state.EntryBytes;
import io.penstock.core.state.RowCodec;
import io.penstock.core.state.StateInput;
import io.penstock.core.state.StateOutput;
import java.io.IOException;
import java.util.Arrays;
import java.util.List;

/** Entries of groups, those of one key joined to one in their order. */
final class JoinedGroups implements Entries {
  private final GroupState.Input input;
  private final Entries from;
  private final List<ColumnBuilder> columns;
  private final StateInput reading = StateInput.of(new byte[0]);
  private final EntryBytes joined = new EntryBytes();
  private byte[] key = new byte[64];
  private byte[] value = new byte[64];
  private int keyLength;
  private int valueLength;
  private boolean begun;
  private boolean more;

  JoinedGroups(GroupState.Input input, Entries from) {
    this.input = input;
    this.from = from;
    this.columns = input.separateKeys().stream().map(ColumnBuilder::of).toList();
  }

  @Override
  public boolean next() throws IOException {
    if (!begun) {
      begun = true;
      more = from.next();
    }
    if (!more) {
      return false;
    }
    keyLength = from.keyLength();
    valueLength = from.valueLength();
    key = copied(key, from.key(), keyLength);
    value = copied(value, from.value(), valueLength);
    more = from.next();
    if (more && isSame()) {
      join();
    }
    return true;
  }

  private boolean isSame() {
    return Arrays.equals(key, 0, keyLength, from.key(), 0, from.keyLength());
  }

  private static byte[] copied(byte[] into, byte[] from, int count) {
    byte[] to = into.length < count ? new byte[Math.max(count, into.length * 2)] : into;
    System.arraycopy(from, 0, to, 0, count);
    return to;
  }

  private void join() throws IOException {
    GroupState state = input.state();
    StateInput first = reading.over(value, 0, valueLength);
    StateOutput output = joined.begin();
    output.number(first.number());
    for (ColumnBuilder column : columns) {
      RowCodec.read(column, first);
      RowCodec.write(column.build(), 0, output);
    }
    state.read(0, first);
    while (more && isSame()) {
      StateInput next = reading.over(from.value(), 0, from.valueLength());
      next.number();
      for (ColumnBuilder column : columns) {
        RowCodec.read(column, next);
        column.truncate(0);
      }
      state.read(0, next);
      more = from.next();
    }
    for (Aggregates.GroupWriter writer : state.writers()) {
      writer.write(0, output);
    }
    valueLength = joined.end();
    value = copied(value, joined.array(), valueLength);
  }

  @Override
  public byte[] key() {
    return key;
  }

  @Override
  public int keyLength() {
    return keyLength;
  }

  @Override
  public byte[] value() {
    return value;
  }

  @Override
  public int valueLength() {
    return valueLength;
  }

  @Override
  public void close() throws IOException {
    from.close();
  }
}
