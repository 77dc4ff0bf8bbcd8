package io.penstock.core.operator;

import io.penstock.api.data.Batch;
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
import java.util.Optional;

/**
 * Rows as bytes, one by one, with their event times; put together to batches again. Each says how
 * many columns it has: rows that were kept before the schema got more optional fields have null
 * there.
 */
final class RowBytes {
  private final Schema schema;
  private final ColumnBuilder[] columns;
  private final LongsBuilder times = new LongsBuilder();
  private int size;

  RowBytes(Schema schema) {
    this.schema = schema;
    this.columns = new ColumnBuilder[schema.columns()];
    for (int i = 0; i < columns.length; i++) {
      columns[i] = ColumnBuilder.of(schema.column(i).type());
    }
  }

  static void write(Batch rows, int row, StateOutput to) throws IOException {
    to.flag(rows.times().isPresent());
    if (rows.times().isPresent()) {
      to.number(rows.times().get().values()[row]);
    }
    to.number(rows.columns().length);
    for (Column column : rows.columns()) {
      RowCodec.write(column, row, to);
    }
  }

  void read(StateInput from) throws IOException {
    if (from.flag()) {
      times.add(from.number());
    }
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
    Column.Longs when = times.build();
    Optional<Column.Longs> all = when.size() == size ? Optional.of(when) : Optional.empty();
    Batch rows = new Batch(schema, size, built, Provenance.none(step), RowMarks.of(all));
    size = 0;
    return rows;
  }
}
