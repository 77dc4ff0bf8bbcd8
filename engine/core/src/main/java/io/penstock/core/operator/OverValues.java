package io.penstock.core.operator;

import io.penstock.api.data.Column;
import io.penstock.api.data.ColumnBuilder;
import io.penstock.api.data.LongsBuilder;
import io.penstock.core.expression.AggregateCall;
import io.penstock.core.expression.Aggregates;
import io.penstock.core.expression.OverCall;
import io.penstock.core.logical.Over;
import io.penstock.core.state.StateInput;
import io.penstock.core.state.StateOutput;
import java.io.IOException;
import java.util.Arrays;
import java.util.Optional;

/** What the calls of a step {@code over} give. */
final class OverValues {
  private OverValues() {}

  /**
   * What a call gives.
   *
   * @param number of the call
   */
  static OverValue of(OverCall call, int number, Over over) {
    if (call instanceof OverCall.Shifted shifted) {
      return new Shifted(number, shifted.by());
    }
    if (call instanceof OverCall.Aggregated aggregated) {
      return aggregate(aggregated.call(), number, over);
    }
    return new Numbered(((OverCall.Numbered) call).place());
  }

  private static OverValue aggregate(AggregateCall call, int number, Over over) {
    if (over.frame() instanceof Over.Running) {
      return new Running(call, number);
    }
    return call.factory().create().retractable().isPresent()
        ? new Moving(call, number)
        : new Again(call, number);
  }

  /** The value of a row before or behind. */
  private record Shifted(int call, long by) implements OverValue {
    @Override
    public void give(OverSeries series, long row, ColumnBuilder to) {
      long other = row + by;
      if (other < series.first() || other >= series.end()) {
        to.addNull();
        return;
      }
      OverPart.Taken taken = series.part(other).taken(call);
      Columns.append(to, taken.columns()[0], taken.place(series.row(other)));
    }
  }

  /** The place of a row. */
  private record Numbered(OverCall.Place place) implements OverValue {
    @Override
    public void give(OverSeries series, long row, ColumnBuilder to) {
      ((LongsBuilder) to)
          .add(
              switch (place) {
                case ROW_NUMBER -> series.given;
                case RANK -> series.rank;
                case DENSE_RANK -> series.ranks;
              });
    }
  }

  /** An aggregate of a row and all before it. */
  private static final class Running implements OverValue {
    private final OverState<Aggregates> state;

    Running(AggregateCall call, int number) {
      this.state = new OverState<>(call.factory()::create, number);
    }

    @Override
    public void give(OverSeries series, long row, ColumnBuilder to) {
      state.add(series, row);
      state.append(series.group, to);
    }

    @Override
    public boolean isRunning() {
      return true;
    }

    @Override
    public void prepare() {
      state.prepare();
    }

    @Override
    public void renumber() {
      state.renumber();
    }

    @Override
    public void move(int group, int to) {
      state.move(group, to);
    }

    @Override
    public void written() {
      state.written();
    }

    @Override
    public void write(int group, StateOutput to) throws IOException {
      state.write(group, to);
    }

    @Override
    public void read(int group, StateInput from) throws IOException {
      state.read(group, from);
    }

    @Override
    public long bytes() {
      return state.bytes();
    }
  }

  /** An aggregate of a frame that takes back the rows that leave it. */
  private static final class Moving implements OverValue {
    private final OverState<Aggregates.Retractable> state;

    Moving(AggregateCall call, int number) {
      this.state =
          new OverState<>(() -> call.factory().create().retractable().orElseThrow(), number);
    }

    @Override
    public void enter(OverSeries series, long row) {
      state.add(series, row);
    }

    @Override
    public void leave(OverSeries series, long row) {
      Optional<Column[]> taken = state.taken(series, row);
      if (taken.isPresent()) {
        state.state().remove(state.group(series.group), 1, taken.get());
      }
    }

    @Override
    public void give(OverSeries series, long row, ColumnBuilder to) {
      state.append(series.group, to);
    }

    @Override
    public void forgetFrames() {
      state.clear();
    }

    @Override
    public void renumber() {
      state.renumber();
    }

    @Override
    public void move(int group, int to) {
      state.move(group, to);
    }

    @Override
    public void written() {
      state.written();
    }

    @Override
    public long bytes() {
      return state.bytes();
    }
  }

  /** An aggregate that cannot take rows back: it is computed anew over each frame. */
  private static final class Again implements OverValue {
    private final AggregateCall aggregate;
    private final int call;
    private int[] rows = new int[16];
    private int[] groups = new int[16];

    Again(AggregateCall aggregate, int call) {
      this.aggregate = aggregate;
      this.call = call;
    }

    @Override
    public void give(OverSeries series, long row, ColumnBuilder to) {
      Aggregates state = aggregate.factory().create();
      long at = series.from;
      while (at < series.to) {
        at = add(series, at, state);
      }
      Columns.append(to, state.results(1), 0);
    }

    /** Adds the rows of a frame that came together; gives the first behind them. */
    private long add(OverSeries series, long from, Aggregates state) {
      OverPart part = series.part(from);
      OverPart.Taken taken = part.taken(call);
      int count = 0;
      long at = from;
      for (; at < series.to && series.part(at) == part; at++) {
        int place = taken.place(series.row(at));
        if (place >= 0) {
          room(count);
          rows[count++] = place;
        }
      }
      if (count > 0) {
        Column[] columns = new Column[taken.columns().length];
        for (int i = 0; i < columns.length; i++) {
          columns[i] = taken.columns()[i].gather(rows, count);
        }
        state.add(groups, count, columns, Optional.empty());
      }
      return at;
    }

    private void room(int count) {
      if (count == rows.length) {
        rows = Arrays.copyOf(rows, count * 2);
        groups = new int[count * 2];
      }
    }
  }
}
