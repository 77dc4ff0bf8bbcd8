package io.penstock.core.operator;

import io.penstock.api.data.Batch;
import io.penstock.api.data.Change;
import io.penstock.api.data.Column;
import io.penstock.api.data.ColumnBuilder;
import io.penstock.api.data.LongsBuilder;
import io.penstock.api.data.Provenance;
import io.penstock.api.data.RowMarks;
import io.penstock.api.data.Schema;
import io.penstock.core.state.RowCodec;
import io.penstock.core.state.StateInput;
import io.penstock.core.state.StateOutput;
import java.io.IOException;
import java.util.Arrays;
import java.util.Optional;

/**
 * Rows as bytes, one by one, with their event times, windows and operations; put together to
 * batches again. Each says how many columns it has: rows that were kept before the schema got more
 * optional fields have null there.
 */
final class RowBytes {
  private static final int TIME = 1;
  private static final int WINDOW = 2;
  private static final int OPERATION = 4;

  private final Schema schema;
  private final ColumnBuilder[] columns;
  private final LongsBuilder times = new LongsBuilder();
  private final LongsBuilder starts = new LongsBuilder();
  private final LongsBuilder ends = new LongsBuilder();
  private final LongsBuilder operations = new LongsBuilder();
  private int size;

  RowBytes(Schema schema) {
    this.schema = schema;
    this.columns = new ColumnBuilder[schema.columns()];
    for (int i = 0; i < columns.length; i++) {
      columns[i] = ColumnBuilder.of(schema.column(i).type());
    }
  }

  static void write(Batch rows, int row, StateOutput to) throws IOException {
    RowMarks marks = rows.marks();
    to.flags(
        (marks.times().isPresent() ? TIME : 0)
            | (marks.windows().isPresent() ? WINDOW : 0)
            | (marks.operations().isPresent() ? OPERATION : 0));
    if (marks.times().isPresent()) {
      to.number(marks.times().get().values()[row]);
    }
    if (marks.windows().isPresent()) {
      to.number(marks.windows().get().starts().values()[row]);
      to.number(marks.windows().get().ends().values()[row]);
    }
    if (marks.operations().isPresent()) {
      to.number(marks.operations().get().values()[row]);
    }
    to.number(rows.columns().length);
    for (Column column : rows.columns()) {
      RowCodec.write(column, row, to);
    }
  }

  /** The time of a row that was written; 0, the begin of 1970, where it has none. */
  static long time(StateInput from) throws IOException {
    return (from.flags(TIME | WINDOW | OPERATION) & TIME) != 0 ? from.number() : 0;
  }

  void read(StateInput from) throws IOException {
    int marks = from.flags(TIME | WINDOW | OPERATION);
    if ((marks & TIME) != 0) {
      times.add(from.number());
    }
    if ((marks & WINDOW) != 0) {
      starts.add(from.number());
      ends.add(from.number());
    }
    operations.add((marks & OPERATION) != 0 ? from.number() : Change.INSERT.ordinal());
    int written = from.count(columns.length);
    // The rest of an open row stands behind its fields.
    int behind = schema.open() ? 1 : 0;
    for (int i = 0; i < columns.length; i++) {
      boolean there = i < written - behind || i >= columns.length - behind;
      if (there) {
        RowCodec.read(columns[i], from);
      } else {
        columns[i].addNull();
      }
    }
    size++;
  }

  int size() {
    return size;
  }

  /** The rows read so far as a batch; then it begins anew. */
  Batch build(String step) {
    Column[] built = new Column[columns.length];
    for (int i = 0; i < built.length; i++) {
      built[i] = columns[i].build();
    }
    Batch rows = new Batch(schema, size, built, Provenance.none(step), marks());
    size = 0;
    return rows;
  }

  /** What not all rows have is left out; rows without an operation are inserts. */
  private RowMarks marks() {
    Column.Longs time = times.build();
    Column.Longs start = starts.build();
    Column.Longs end = ends.build();
    Column.Longs operation = operations.build();
    boolean inserts =
        Arrays.stream(operation.values(), 0, size).allMatch(o -> o == Change.INSERT.ordinal());
    return new RowMarks(
        time.size() == size ? Optional.of(time) : Optional.empty(),
        Optional.empty(),
        start.size() == size ? Optional.of(new RowMarks.Windows(start, end)) : Optional.empty(),
        inserts ? Optional.empty() : Optional.of(operation));
  }
}
