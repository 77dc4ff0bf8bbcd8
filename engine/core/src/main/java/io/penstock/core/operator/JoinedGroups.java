package io.penstock.core.operator;

import io.penstock.api.data.ColumnBuilder;
import io.penstock.core.expression.Aggregates;
import io.penstock.core.state.Entries;
import io.penstock.core.state.EntryBytes;
import io.penstock.core.state.RowCodec;
import io.penstock.core.state.StateInput;
import io.penstock.core.state.StateOutput;
import io.penstock.json.ByteBuilder;
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
  private final ByteBuilder key = new ByteBuilder(64);
  private final ByteBuilder value = new ByteBuilder(64);
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
    set(key, from.key(), from.keyLength());
    set(value, from.value(), from.valueLength());
    more = from.next();
    if (more && isSame()) {
      join();
    }
    return true;
  }

  private boolean isSame() {
    return Arrays.equals(key.array(), 0, key.length(), from.key(), 0, from.keyLength());
  }

  private static void set(ByteBuilder to, byte[] from, int count) {
    to.truncate(0);
    to.append(from, 0, count);
  }

  private void join() throws IOException {
    GroupState state = input.state();
    StateInput first = reading.over(value.array(), 0, value.length());
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
    int count = joined.end();
    set(value, joined.array(), count);
  }

  @Override
  public byte[] key() {
    return key.array();
  }

  @Override
  public int keyLength() {
    return key.length();
  }

  @Override
  public byte[] value() {
    return value.array();
  }

  @Override
  public int valueLength() {
    return value.length();
  }

  @Override
  public void close() throws IOException {
    from.close();
  }
}
