package io.penstock.core.operator;

import io.penstock.api.data.Batch;
import io.penstock.api.data.Column;
import io.penstock.api.data.ColumnBuilder;
import io.penstock.api.data.DoublesBuilder;
import io.penstock.api.data.LongsBuilder;
import io.penstock.api.data.Provenance;
import io.penstock.api.data.RowMarks;
import io.penstock.api.data.Schema;
import io.penstock.core.logical.FillGaps;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Passes rows in the order of their times, and before each those that are missing in its series.
 */
final class FilledRows implements Sequence {
  /** A row that comes out: one of the input, or one made between two of them. */
  private static final class Next {
    private final Batch rows;
    private final int row;
    private final LastRows.@Nullable Last before;
    private long time;

    Next(Batch rows, int row, LastRows.@Nullable Last before) {
      this.rows = rows;
      this.row = row;
      this.before = before;
      this.time = before == null ? rowTime() : before.time();
    }

    long rowTime() {
      return rows.times().orElseThrow().values()[row];
    }
  }

  private final Schema input;
  private final Schema schema;
  private final String step;
  private final int[] by;
  private final FillGaps.Way[] ways;
  private final int at;
  private final long every;
  private final long within;
  private final LastRows last;
  private final ArrayDeque<Next> next = new ArrayDeque<>();

  FilledRows(FillGaps gaps, StepContext context) {
    this.input = context.inputs().get(0);
    this.schema = context.node().schema();
    this.step = context.node().step();
    this.by = gaps.by().stream().mapToInt(input::indexOf).toArray();
    this.at = input.indexOf(gaps.at());
    this.every = TimeTracker.micros(gaps.every());
    this.within = gaps.within().map(TimeTracker::micros).orElse(Long.MAX_VALUE);
    this.ways = new FillGaps.Way[input.columns()];
    Arrays.fill(ways, FillGaps.Way.NULL);
    gaps.take().forEach((name, way) -> ways[input.indexOf(name)] = way);
    Arrays.stream(by).forEach(field -> ways[field] = FillGaps.Way.LAST);
    List<io.penstock.api.data.DataType> types =
        Arrays.stream(by).mapToObj(field -> input.column(field).type()).toList();
    this.last =
        new LastRows(
            types.isEmpty() ? List.of(io.penstock.api.data.DataType.INT) : types,
            this::keys,
            false,
            context);
  }

  /** The values that tell series apart; without any all rows are one series. */
  private Column[] keys(Batch rows) {
    if (by.length == 0) {
      return new Column[] {Columns.repeated(0, rows.size())};
    }
    return Arrays.stream(by).mapToObj(rows::column).toArray(Column[]::new);
  }

  @Override
  public Batch rows(Batch rows, Operator.Out out) {
    int[] ids = last.number(keys(rows), rows.size());
    long[] times = rows.times().orElseThrow().values();
    for (int row = 0; row < ids.length; row++) {
      LastRows.Last before = last.last(ids[row]);
      boolean near = before != null && times[row] <= before.until();
      next.add(new Next(rows, row, near ? before : null));
      last.put(ids[row], rows, row, Windower.plus(times[row], within));
    }
    last.settle(rows);
    return Batch.of(schema, 0, made(new ColumnBuilder[0]), Provenance.none(step));
  }

  private Column[] made(ColumnBuilder[] built) {
    Column[] columns = new Column[schema.columns()];
    for (int i = 0; i < columns.length; i++) {
      columns[i] = i < built.length ? built[i].build() : builder(i).build();
    }
    return columns;
  }

  private ColumnBuilder builder(int column) {
    return ColumnBuilder.of(schema.column(column).type());
  }

  @Override
  public Optional<Batch> due() {
    if (next.isEmpty()) {
      return Optional.empty();
    }
    ColumnBuilder[] columns = new ColumnBuilder[schema.columns()];
    for (int i = 0; i < columns.length; i++) {
      columns[i] = builder(i);
    }
    LongsBuilder times = new LongsBuilder();
    int size = 0;
    while (size < Batch.MAX_ROWS && !next.isEmpty()) {
      Next first = next.element();
      boolean isMade = first.before != null && first.rowTime() - first.time > every;
      if (isMade) {
        first.time += every;
        make(first, columns);
      } else {
        next.remove();
        for (int i = 0; i < columns.length; i++) {
          Columns.append(columns[i], first.rows.column(i), first.row);
        }
      }
      times.add(isMade ? first.time : first.rowTime());
      size++;
    }
    RowMarks marks = RowMarks.NONE.withTimes(times.build());
    return Optional.of(new Batch(schema, size, made(columns), Provenance.none(step), marks));
  }

  private void make(Next made, ColumnBuilder[] columns) {
    LastRows.Last before = java.util.Objects.requireNonNull(made.before);
    for (int i = 0; i < columns.length; i++) {
      if (i == at) {
        ((LongsBuilder) columns[i]).add(made.time);
        continue;
      }
      Column from = before.rows().column(i);
      switch (ways[i]) {
        case LAST -> Columns.append(columns[i], from, before.row());
        case INTERPOLATE -> between(made, before, i, (DoublesBuilder) columns[i]);
        case NULL -> columns[i].addNull();
      }
    }
  }

  private void between(Next made, LastRows.Last before, int column, DoublesBuilder to) {
    Column.Doubles left = (Column.Doubles) before.rows().column(column);
    Column.Doubles right = (Column.Doubles) made.rows.column(column);
    if (left.isNull(before.row()) || right.isNull(made.row)) {
      to.addNull();
      return;
    }
    double a = left.values()[before.row()];
    double b = right.values()[made.row];
    double part = (double) (made.time - before.time()) / (made.rowTime() - before.time());
    to.add(a + (b - a) * part);
  }

  @Override
  public void reached(long watermark) {
    last.reach(watermark, over -> {});
  }

  @Override
  public long handedOn(long watermark) {
    return LatestRows.back(watermark, within);
  }

  @Override
  public long bytes() {
    return last.bytes();
  }

  @Override
  public List<Stored> stores() {
    return List.of(last);
  }

  @Override
  public void giveUp() {
    last.giveUp();
  }

  @Override
  public void close() {
    last.close();
  }
}
