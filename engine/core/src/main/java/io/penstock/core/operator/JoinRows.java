package io.penstock.core.operator;

import io.penstock.api.data.Batch;
import io.penstock.api.data.Column;
import io.penstock.api.data.DataType;
import io.penstock.api.data.Field;
import io.penstock.api.data.Provenance;
import io.penstock.api.data.RowMarks;
import io.penstock.api.data.Schema;
import io.penstock.core.logical.Join;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/** Makes the rows of a join out of rows of both inputs. */
final class JoinRows {
  private final Join join;
  private final StepContext context;
  private final Schema result;
  private final Schema left;
  private final Schema right;
  private final Map<String, Integer> matched = new HashMap<>();
  private final Map<String, String> taken = new HashMap<>();
  private final boolean windows;
  private final boolean timed;

  JoinRows(Join join, boolean windows, StepContext context) {
    this.join = join;
    this.context = context;
    this.result = context.node().schema();
    this.left = context.inputs().get(0);
    this.right = context.inputs().get(1);
    this.windows = windows;
    this.timed = join.bound().isPresent();
    join.take().forEach(take -> taken.put(take.name(), take.from()));
    join.on()
        .forEach(
            pair ->
                pair.field()
                    .ifPresent(
                        field -> pair.right().column().ifPresent(at -> matched.put(field, at))));
  }

  /** Rows for the condition: the records left and right. */
  Batch both(JoinSide[] sides, int[] lefts, int[] rights, int count) {
    Schema schema =
        Schema.of(
            Field.of("left", new DataType.RecordOf(left)),
            Field.of("right", new DataType.RecordOf(right)));
    Column[] columns = {
      record(sides[0], left, lefts, count), record(sides[1], right, rights, count)
    };
    return Batch.of(schema, count, columns, Provenance.none(context.node().step()));
  }

  private static Column record(JoinSide side, Schema schema, int[] rows, int count) {
    Column[] fields = new Column[schema.columns()];
    for (int i = 0; i < fields.length; i++) {
      fields[i] = side.gather(i, schema.column(i).type(), rows, count);
    }
    return new Column.Records(count, fields, null);
  }

  /**
   * The rows of pairs.
   *
   * @param lefts numbers of left rows; -1 where there is none
   * @param rights numbers of right rows; -1 where there is none
   * @param stamp the watermark that they carry
   */
  Batch made(JoinSide[] sides, int[] lefts, int[] rights, int count, long stamp) {
    Column[] columns = new Column[result.columns()];
    for (int i = 0; i < result.fields().size(); i++) {
      Field field = result.fields().get(i);
      DataType type = field.type().type();
      String theirs = taken.get(field.name());
      columns[i] =
          theirs == null
              ? own(field, sides, lefts, rights, count)
              : sides[1].gather(right.indexOf(theirs), type, rights, count);
    }
    if (result.open()) {
      columns[result.rest()] = sides[0].gather(left.rest(), DataType.JSON, lefts, count);
    }
    Batch rows = Batch.of(result, count, columns, Provenance.none(context.node().step()));
    return timed ? rows.with(marks(sides, lefts, rights, count, stamp)) : rows;
  }

  private Column own(Field field, JoinSide[] sides, int[] lefts, int[] rights, int count) {
    DataType type = field.type().type();
    Column own = sides[0].gather(left.indexOf(field.name()), type, lefts, count);
    Integer theirs = matched.get(field.name());
    if (!join.type().keepsRight() || theirs == null) {
      return own;
    }
    // What both have in common is never null because one of them is not there.
    io.penstock.api.data.ColumnBuilder values =
        io.penstock.api.data.ColumnBuilder.of(field.type().type());
    Column other = sides[1].gather(theirs, field.type().type(), rights, count);
    for (int row = 0; row < count; row++) {
      Columns.append(values, lefts[row] < 0 ? other : own, row);
    }
    return values.build();
  }

  private RowMarks marks(JoinSide[] sides, int[] lefts, int[] rights, int count, long stamp) {
    long[] times = new long[count];
    long[] starts = new long[windows ? count : 0];
    long[] ends = new long[windows ? count : 0];
    for (int i = 0; i < count; i++) {
      JoinSide side = lefts[i] < 0 ? sides[1] : sides[0];
      int row = lefts[i] < 0 ? rights[i] : lefts[i];
      long time = side.time(row);
      if (lefts[i] >= 0 && rights[i] >= 0) {
        time = Math.max(time, sides[1].time(rights[i]));
      }
      if (windows) {
        RowMarks.Windows own = side.chunk(row).marks().windows().orElseThrow();
        starts[i] = own.starts().values()[side.place(row)];
        ends[i] = own.ends().values()[side.place(row)];
        time = ends[i] - 1;
      }
      times[i] = time;
    }
    Optional<RowMarks.Windows> window =
        windows
            ? Optional.of(
                new RowMarks.Windows(
                    new Column.Longs(count, starts, null), new Column.Longs(count, ends, null)))
            : Optional.empty();
    return new RowMarks(
        Optional.of(new Column.Longs(count, times, null)),
        Optional.of(Columns.repeated(stamp, count)),
        window,
        Optional.empty());
  }
}
