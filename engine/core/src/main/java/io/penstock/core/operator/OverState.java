package io.penstock.core.operator;

import io.penstock.api.data.Column;
import io.penstock.api.data.ColumnBuilder;
import io.penstock.core.expression.Aggregates;
import io.penstock.core.state.EntryBytes;
import io.penstock.core.state.StateInput;
import io.penstock.core.state.StateOutput;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Optional;
import java.util.function.Supplier;

/** The state of an aggregate to which rows are added one by one. Single-threaded. */
final class OverState<A extends Aggregates> {
  private final Supplier<A> made;
  private final int call;
  private final int[] group = new int[1];
  private final int[] one = new int[1];
  private final EntryBytes bytes = new EntryBytes();
  private A state;
  private Aggregates.GroupWriter writer = (group, to) -> {};

  /**
   * A state.
   *
   * @param call the number of the call
   */
  OverState(Supplier<A> made, int call) {
    this.made = made;
    this.call = call;
    this.state = made.get();
  }

  A state() {
    return state;
  }

  /** All groups are empty. */
  void clear() {
    state = made.get();
  }

  /** What the call takes of a row; empty where the row is left out. */
  Optional<Column[]> taken(OverSeries series, long row) {
    OverPart.Taken taken = series.part(row).taken(call);
    one[0] = taken.place(series.row(row));
    if (one[0] < 0) {
      return Optional.empty();
    }
    Column[] columns = new Column[taken.columns().length];
    for (int i = 0; i < columns.length; i++) {
      columns[i] = taken.columns()[i].gather(one, 1);
    }
    return Optional.of(columns);
  }

  /** Adds a row. Rows come in their order, so their times say nothing more. */
  void add(OverSeries series, long row) {
    Optional<Column[]> taken = taken(series, row);
    if (taken.isPresent()) {
      state.add(group(series.group), 1, taken.get(), Optional.empty());
    }
  }

  int[] group(int number) {
    group[0] = number;
    return group;
  }

  /** Appends the result of a group. */
  void append(int number, ColumnBuilder to) {
    Columns.append(to, state.results(group(number), 1), 0);
  }

  /** What is written from here on is what is known now. */
  void prepare() {
    writer = state.writer();
  }

  void renumber() {
    prepare();
    state = made.get();
  }

  void move(int number, int to) {
    try {
      writer.write(number, bytes.begin());
      state.read(to, StateInput.of(bytes.copied()));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  void written() {
    writer = (group, to) -> {};
  }

  void write(int number, StateOutput to) throws IOException {
    writer.write(number, to);
  }

  void read(int number, StateInput from) throws IOException {
    state.read(number, from);
  }

  long bytes() {
    return state.bytes();
  }
}
