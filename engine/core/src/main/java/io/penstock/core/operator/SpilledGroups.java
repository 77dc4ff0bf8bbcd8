package io.penstock.core.operator;

import io.penstock.api.data.Batch;
import io.penstock.api.data.Column;
import io.penstock.api.data.ColumnBuilder;
import io.penstock.api.data.DataType;
import io.penstock.core.state.Entries;
import io.penstock.core.state.EntryBytes;
import io.penstock.core.state.EntrySorter;
import io.penstock.core.state.RowCodec;
import io.penstock.core.state.StateInput;
import io.penstock.core.state.StateOutput;
import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.LongConsumer;

/**
 * The results of groups that lie in several runs: these are merged by key, some groups at a time
 * are put together in memory, and their results sorted by the number of the first meeting.
 */
final class SpilledGroups implements GroupResults {
  private static final int MOST_GROUPS = 4096;

  private final GroupState.Input input;
  private final LongConsumer check;
  private final long most;
  private final EntrySorter sorter;
  private final ColumnBuilder[] keys;
  private final List<DataType> resultTypes;
  private final boolean plain;
  private final StateInput reading = StateInput.of(new byte[0]);
  private final EntryBytes value = new EntryBytes();
  private final long[] met = new long[MOST_GROUPS];
  private GroupState state;
  private int groups;
  private byte[] last = new byte[64];
  private int lastLength = -1;
  private Optional<Entries> sorted = Optional.empty();

  /**
   * What merges groups.
   *
   * @param check told how many bytes one group takes, which cannot be parted
   */
  SpilledGroups(GroupState.Input input, MemoryBudget memory, LongConsumer check) {
    this.input = input;
    this.check = check;
    this.most = memory.toSort();
    this.sorter = new EntrySorter(memory.spill(), most);
    this.keys = input.types().stream().map(ColumnBuilder::of).toArray(ColumnBuilder[]::new);
    this.resultTypes = input.resultTypes();
    this.plain = input.separateKeys().isEmpty();
    this.state = input.state();
  }

  /** Merges all entries, and closes them. */
  SpilledGroups merge(Entries all) throws IOException {
    try (all) {
      while (all.next()) {
        add(all);
      }
    }
    finish();
    sorted = Optional.of(sorter.sorted());
    return this;
  }

  private void add(Entries entry) throws IOException {
    StateInput from = reading.over(entry.value(), 0, entry.valueLength());
    long number = from.number();
    boolean same =
        lastLength >= 0 && Arrays.equals(last, 0, lastLength, entry.key(), 0, entry.keyLength());
    if (!same) {
      if (groups == MOST_GROUPS || groups > 0 && state.bytes() > most) {
        finish();
      }
      met[groups++] = number;
      lastLength = entry.keyLength();
      if (last.length < lastLength) {
        last = new byte[Math.max(lastLength, last.length * 2)];
      }
      System.arraycopy(entry.key(), 0, last, 0, lastLength);
    }
    key(entry, from, !same);
    state.read(groups - 1, from);
    if (same) {
      check.accept(state.bytes());
    }
  }

  /** Takes the key's columns; of a group that is there already they are passed over. */
  private void key(Entries entry, StateInput from, boolean isNew) throws IOException {
    if (!plain) {
      for (ColumnBuilder key : keys) {
        RowCodec.read(key, from);
        if (!isNew) {
          key.truncate(groups);
        }
      }
    } else if (isNew && keys.length > 0) {
      KeyIndex.decode(entry.key(), KeyOrder.HASH, entry.keyLength(), keys[0]);
    }
  }

  private void finish() throws IOException {
    if (groups == 0) {
      return;
    }
    Column[] columns = new Column[keys.length + resultTypes.size()];
    for (int i = 0; i < keys.length; i++) {
      columns[i] = keys[i].build();
    }
    for (int i = keys.length; i < columns.length; i++) {
      columns[i] = state.results(i - keys.length);
    }
    byte[] place = new byte[Long.BYTES];
    for (int group = 0; group < groups; group++) {
      StateOutput output = value.begin();
      for (Column column : columns) {
        RowCodec.write(column, group, output);
      }
      int length = value.end();
      bigEndian(met[group], place, 0);
      sorter.add(place, place.length, value.array(), length);
    }
    state = input.state();
    groups = 0;
    lastLength = -1;
  }

  /** A number of 0 or more as bytes of the same order. */
  static void bigEndian(long number, byte[] into, int at) {
    for (int i = 0; i < Long.BYTES; i++) {
      into[at + i] = (byte) (number >>> 56 - 8 * i);
    }
  }

  @Override
  public Optional<Part> next() throws IOException {
    Entries from = sorted.orElseThrow();
    ColumnBuilder[] results =
        resultTypes.stream().map(ColumnBuilder::of).toArray(ColumnBuilder[]::new);
    int size = 0;
    while (size < Batch.MAX_ROWS && from.next()) {
      StateInput bytes = reading.over(from.value(), 0, from.valueLength());
      for (ColumnBuilder key : keys) {
        RowCodec.read(key, bytes);
      }
      for (ColumnBuilder result : results) {
        RowCodec.read(result, bytes);
      }
      size++;
    }
    return size == 0 ? Optional.empty() : Optional.of(new Part(size, built(keys), built(results)));
  }

  private static Column[] built(ColumnBuilder[] builders) {
    return Arrays.stream(builders).map(ColumnBuilder::build).toArray(Column[]::new);
  }

  @Override
  public void close() throws IOException {
    if (sorted.isPresent()) {
      sorted.get().close();
    } else {
      sorter.close();
    }
  }
}
