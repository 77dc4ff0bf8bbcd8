package io.penstock.core.operator;

import io.penstock.api.data.Batch;
import io.penstock.api.data.BytesBuilder;
import io.penstock.api.data.Column;
import io.penstock.api.data.ColumnBuilder;
import io.penstock.api.data.DataType;
import io.penstock.api.data.Field;
import io.penstock.api.data.Provenance;
import io.penstock.api.data.RowMarks;
import io.penstock.api.data.Schema;
import io.penstock.core.expression.Evaluator;
import io.penstock.core.expression.RowErrors;
import io.penstock.core.expression.Selection;
import io.penstock.core.logical.FailedRows;
import io.penstock.core.logical.Join;
import io.penstock.json.Json;
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
  private final Schema both;
  private final Map<String, Evaluator> matched = new HashMap<>();
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
    this.both = FailedRows.pairs(left, right);
    if (join.type().keepsRight()) {
      for (Join.Pair pair : join.on()) {
        pair.field().ifPresent(name -> matched.put(name, context.evaluator(pair.right())));
      }
    }
  }

  /** Rows for the condition: the records left and right. */
  Batch both(JoinSide[] sides, int[] lefts, int[] rights, int count) {
    Column[] columns = {
      record(sides[0], left, lefts, count), record(sides[1], right, rights, count)
    };
    return Batch.of(both, count, columns, Provenance.none(context.node().step()));
  }

  /** Rows of one input as such pairs, of which the other row is missing. */
  Batch alone(int side, Batch rows) {
    Column own = new Column.Records(rows.size(), rows.columns(), null);
    Column none = Columns.nulls(both.column(1 - side).type(), rows.size());
    Column[] columns = {side == 0 ? own : none, side == 0 ? none : own};
    return new Batch(both, rows.size(), columns, rows.provenance(), rows.marks());
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
      columns[result.rest()] = rest(sides[0], lefts, count);
    }
    Batch rows = Batch.of(result, count, columns, Provenance.none(context.node().step()));
    return timed ? rows.with(marks(sides, lefts, rights, count, stamp)) : rows;
  }

  /** What left rows have beside their fields; nothing where there is none. */
  private Column rest(JoinSide side, int[] lefts, int count) {
    BytesBuilder values = new BytesBuilder();
    byte[] nothing = Json.object(Map.of()).binary();
    for (int row = 0; row < count; row++) {
      if (lefts[row] < 0) {
        values.add(nothing);
      } else {
        Column own = side.chunk(lefts[row]).column(left.rest());
        Columns.append(values, own, side.place(lefts[row]));
      }
    }
    return values.build();
  }

  private Column own(Field field, JoinSide[] sides, int[] lefts, int[] rights, int count) {
    DataType type = field.type().type();
    Column own = sides[0].gather(left.indexOf(field.name()), type, lefts, count);
    Evaluator theirs = matched.get(field.name());
    int[] alone = new int[count];
    int found = 0;
    for (int row = 0; row < count && theirs != null; row++) {
      if (lefts[row] < 0) {
        alone[found++] = rights[row];
      }
    }
    if (theirs == null || found == 0) {
      return own;
    }
    // What both have in common is there also where only the right row is.
    Column other =
        theirs.evaluate(rows(sides[1], alone, found), Selection.all(found), new RowErrors());
    ColumnBuilder values = ColumnBuilder.of(type);
    int next = 0;
    for (int row = 0; row < count; row++) {
      if (lefts[row] < 0) {
        Columns.append(values, other, next++);
      } else {
        Columns.append(values, own, row);
      }
    }
    return values.build();
  }

  private Batch rows(JoinSide side, int[] rows, int count) {
    Column[] columns = new Column[right.columns()];
    for (int i = 0; i < columns.length; i++) {
      columns[i] = side.gather(i, right.column(i).type(), rows, count);
    }
    return Batch.of(right, count, columns, Provenance.none(context.node().step()));
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
