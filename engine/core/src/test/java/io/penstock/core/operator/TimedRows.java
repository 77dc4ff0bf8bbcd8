package io.penstock.core.operator;

import io.penstock.api.data.Batch;
import io.penstock.api.data.Column;
import io.penstock.api.data.DataType;
import io.penstock.api.data.Field;
import io.penstock.api.data.Provenance;
import io.penstock.api.data.RowMarks;
import io.penstock.api.data.Schema;
import java.util.ArrayList;
import java.util.List;

/** Rows of a key and a number, which have a time and the watermark before them. */
final class TimedRows {
  static final Schema SCHEMA = Schema.of(Field.of("k", DataType.INT), Field.of("n", DataType.INT));

  private TimedRows() {}

  /** One row. */
  record Row(long key, long number, long time, long stamp) {}

  /** A row of key 1 that nothing was before. */
  static Row row(long time) {
    return new Row(1, 1, time, TimeTracker.NOTHING);
  }

  static Row row(long key, long time, long stamp) {
    return new Row(key, 1, time, stamp);
  }

  static Batch batch(List<Row> rows) {
    int size = rows.size();
    Column[] columns = {
      longs(rows.stream().mapToLong(Row::key).toArray()),
      longs(rows.stream().mapToLong(Row::number).toArray())
    };
    Column.Longs times = longs(rows.stream().mapToLong(Row::time).toArray());
    Column.Longs stamps = longs(rows.stream().mapToLong(Row::stamp).toArray());
    RowMarks marks = RowMarks.NONE.withTimes(times).withStamps(stamps);
    return Batch.of(SCHEMA, size, columns, Provenance.none("source")).with(marks);
  }

  static Batch batch(Row... rows) {
    return batch(List.of(rows));
  }

  /** Rows in windows. */
  static Batch inWindow(long start, long end, Row... rows) {
    Batch batch = batch(rows);
    Column.Longs starts = Columns.repeated(start, rows.length);
    Column.Longs ends = Columns.repeated(end, rows.length);
    return batch.with(batch.marks().withWindows(new RowMarks.Windows(starts, ends)));
  }

  private static Column.Longs longs(long[] values) {
    return new Column.Longs(values.length, values, null);
  }

  /** Gathers what leaves a step: results as {@code k start end ...}, late rows, stamps. */
  static final class Left implements Operator.Out {
    final List<String> results = new ArrayList<>();
    final List<String> late = new ArrayList<>();
    final List<Long> times = new ArrayList<>();
    final List<Long> stamps = new ArrayList<>();

    @Override
    public void rows(int output, Batch batch) {
      for (int row = 0; row < batch.size(); row++) {
        List<String> values = new ArrayList<>();
        for (int i = 0; i < batch.schema().columns(); i++) {
          Column column = batch.column(i);
          values.add(
              column instanceof Column.Longs longs
                  ? String.valueOf(longs.values()[row])
                  : RowJson.value(batch.schema().column(i).type(), column, row).toText());
        }
        String text = String.join(" ", values);
        if (output == LateMaker.LATE) {
          late.add(text);
        } else {
          results.add(text);
          times.add(batch.times().orElseThrow().values()[row]);
          stamps.add(batch.marks().stamps().orElseThrow().values()[row]);
        }
      }
    }

    @Override
    public void deadLetters(Batch letters) {
      throw new AssertionError("a dead letter");
    }
  }
}
