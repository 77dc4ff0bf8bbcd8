package io.penstock.core.operator;

import io.penstock.api.data.Batch;
import io.penstock.api.data.Column;
import io.penstock.api.data.ColumnBuilder;
import io.penstock.core.state.Entries;
import io.penstock.core.state.RowCodec;
import io.penstock.core.state.StateInput;
import java.io.IOException;
import java.util.Arrays;
import java.util.Optional;

/** Sessions that are over, in the order of their ends, part after part. */
final class OverSessions implements AutoCloseable {
  private final Entries from;
  private final GroupState.Input input;
  private final StateInput reading = StateInput.of(new byte[0]);
  private final StateInput keys = StateInput.of(new byte[0]);

  /**
   * Sessions.
   *
   * @param from closed with it
   */
  OverSessions(Entries from, GroupState.Input input) {
    this.from = from;
    this.input = input;
  }

  /**
   * Some sessions.
   *
   * @param starts the first moment of each
   * @param ends the last row's time and the gap
   */
  record Part(long[] starts, long[] ends, GroupResults.Part groups) {}

  /** The next sessions, at most a batch; empty at the end. */
  Optional<Part> next() throws IOException {
    GroupState state = input.state();
    ColumnBuilder[] columns =
        input.types().stream().map(ColumnBuilder::of).toArray(ColumnBuilder[]::new);
    long[] starts = new long[Batch.MAX_ROWS];
    long[] ends = new long[Batch.MAX_ROWS];
    int count = 0;
    while (count < Batch.MAX_ROWS && from.next()) {
      StateInput one = reading.over(from.value(), 0, from.valueLength());
      starts[count] = one.fixed();
      ends[count] = one.fixed();
      byte[] key = one.bytes();
      StateInput parts = keys.over(key, 0, key.length);
      for (ColumnBuilder column : columns) {
        RowCodec.read(column, parts);
      }
      state.read(count++, one);
    }
    if (count == 0) {
      return Optional.empty();
    }
    Column[] results = new Column[state.calls()];
    for (int i = 0; i < results.length; i++) {
      results[i] = state.results(i);
    }
    Column[] built = Arrays.stream(columns).map(ColumnBuilder::build).toArray(Column[]::new);
    return Optional.of(
        new Part(
            Arrays.copyOf(starts, count),
            Arrays.copyOf(ends, count),
            new GroupResults.Part(count, built, results)));
  }

  @Override
  public void close() throws IOException {
    from.close();
  }
}
