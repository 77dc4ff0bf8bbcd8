package io.penstock.core.operator;

import io.penstock.api.data.Batch;
import io.penstock.core.state.Entries;
import io.penstock.core.state.EntryBytes;
import io.penstock.core.state.EntrySorter;
import io.penstock.core.state.StateInput;
import io.penstock.core.state.StateOutput;
import java.io.IOException;
import java.util.Optional;

/** The first rows of groups that lie in several runs, by the number of a group's first meeting. */
final class TopResults implements AutoCloseable {
  private final RowBytes rows;
  private final String step;
  private final EntrySorter sorter;
  private final StateInput reading = StateInput.of(new byte[0]);
  private Optional<Entries> sorted = Optional.empty();

  TopResults(RowBytes rows, String step, MemoryBudget memory) {
    this.rows = rows;
    this.step = step;
    this.sorter = new EntrySorter(memory.spill(), memory.toSort());
  }

  /** Takes all entries, and closes them. */
  void merge(JoinedTop all) throws IOException {
    byte[] place = new byte[2 * Long.BYTES];
    byte[] number = new byte[Long.BYTES];
    EntryBytes value = new EntryBytes();
    long rows = 0;
    try (all) {
      while (all.next()) {
        StateInput from = reading.over(all.value(), 0, all.valueLength());
        if (all.isGroup()) {
          SpilledGroups.bigEndian(from.number(), number, 0);
          System.arraycopy(number, 0, place, 0, number.length);
          continue;
        }
        SpilledGroups.bigEndian(rows++, number, 0);
        System.arraycopy(number, 0, place, number.length, number.length);
        StateOutput output = value.begin();
        output.number(all.rank());
        output.raw(all.value(), 0, all.valueLength());
        // Ending may still move the array.
        int length = value.end();
        sorter.add(place, place.length, value.array(), length);
      }
    }
    sorted = Optional.of(sorter.sorted());
  }

  /** The next rows, at most a batch; empty at the end. */
  Optional<TopTable.First> next() throws IOException {
    Entries from = sorted.orElseThrow();
    int[] ranks = new int[Batch.MAX_ROWS];
    while (rows.size() < Batch.MAX_ROWS && from.next()) {
      StateInput value = reading.over(from.value(), 0, from.valueLength());
      ranks[rows.size()] = value.count(Integer.MAX_VALUE);
      // The lengths of the parts of the key.
      value.number();
      value.number();
      rows.read(value);
    }
    return rows.size() == 0
        ? Optional.empty()
        : Optional.of(new TopTable.First(rows.build(step), ranks));
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
