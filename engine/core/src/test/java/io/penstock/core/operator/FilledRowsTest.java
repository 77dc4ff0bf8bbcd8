package io.penstock.core.operator;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.penstock.api.data.Batch;
import io.penstock.api.data.BytesBuilder;
import io.penstock.api.data.Column;
import io.penstock.api.data.DataType;
import io.penstock.api.data.DoublesBuilder;
import io.penstock.api.data.Field;
import io.penstock.api.data.LongsBuilder;
import io.penstock.api.data.Provenance;
import io.penstock.api.data.RowMarks;
import io.penstock.api.data.Schema;
import io.penstock.api.data.ValueType;
import io.penstock.core.logical.FillGaps.Way;
import io.penstock.testkit.MemoryDisk;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class FilledRowsTest {
  private static final Schema ROW =
      Schema.of(
          Field.of("k", DataType.INT),
          Field.of("at", DataType.INT),
          new Field("kept", ValueType.optional(DataType.STRING)),
          new Field("line", ValueType.optional(DataType.DOUBLE)),
          new Field("other", ValueType.optional(DataType.STRING)));

  /** The n-th row of the k-th series; without a line where the number is not a number. */
  private record Row(long k, long at, double line) {}

  @Test
  void takesTheLastTheLineBetweenOrNothing() {
    List<String> rows = filled(10, 1000, new Row(1, 0, 5), new Row(1, 40, 25));

    assertEquals(
        List.of(
            "1 0 \"kept 0\" 5.0 \"other 0\" @0",
            "1 10 \"kept 0\" 10.0 null @10",
            "1 20 \"kept 0\" 15.0 null @20",
            "1 30 \"kept 0\" 20.0 null @30",
            "1 40 \"kept 40\" 25.0 \"other 40\" @40"),
        rows);
  }

  @Test
  void countsStepsFromTheRowBefore() {
    List<String> rows = filled(10, 1000, new Row(1, 3, 0), new Row(1, 27, 0), new Row(1, 37, 0));

    assertEquals(List.of("1 3", "1 13", "1 23", "1 27", "1 37"), places(rows));
  }

  @Test
  void seriesDoNotSeeEachOther() {
    List<String> rows = filled(10, 1000, new Row(1, 0, 0), new Row(2, 12, 0), new Row(1, 20, 0));

    assertEquals(List.of("1 0", "2 12", "1 10", "1 20"), places(rows));
  }

  @Test
  void aGapThatIsTooLongBeginsASeriesAnew() {
    List<String> rows = filled(10, 30, new Row(1, 0, 0), new Row(1, 30, 0), new Row(1, 61, 0));

    assertEquals(List.of("1 0", "1 10", "1 20", "1 30", "1 61"), places(rows));
  }

  @Test
  void nothingLiesBetweenAValueAndNone() {
    List<String> rows = filled(10, 1000, new Row(1, 0, Double.NaN), new Row(1, 20, 4));

    assertEquals("1 10 \"kept 0\" null null @10", rows.get(1));
  }

  @Test
  void aLongGapComesInBatches() {
    List<String> rows = filled(1, 100_000, new Row(1, 0, 0), new Row(1, 50_000, 0));

    assertEquals(50_001, rows.size());
    assertEquals("1 49999", places(rows).get(49_999));
  }

  @Test
  void seriesThatDoNotFitIntoMemoryGoToTheDisk() {
    int series = 20_000;
    Row[] first = new Row[series];
    Row[] second = new Row[series];
    for (int k = 0; k < series; k++) {
      first[k] = new Row(k, k / 100, k);
      second[k] = new Row((k * 7919L) % series, 300 + k / 100, 3);
    }
    List<List<String>> outputs = new ArrayList<>();
    for (long memory : List.of(1L << 40, 400_000L)) {
      OneStep.Made made = step(50, 1000).make(new MemoryDisk(), memory);
      OneStep.Rows out = new OneStep.Rows();
      for (Row[] rows : List.of(first, second)) {
        for (int from = 0; from < series; from += 1000) {
          OneStep.take(made.operator(), batch(Arrays.copyOfRange(rows, from, from + 1000)), out);
          OneStep.watermark(made.operator(), rows[from + 999].at(), out);
          assertTrue(made.operator().held() < memory + (64 << 10), "" + made.operator().held());
        }
      }
      OneStep.watermark(made.operator(), Long.MAX_VALUE, out);
      OneStep.end(made.operator(), out);
      outputs.add(out.rows);
      assertEquals(memory < 1L << 40, made.spill().written() > 400_000);
    }

    assertTrue(outputs.get(0).size() > 3 * series);
    assertEquals(outputs.get(0), outputs.get(1));
  }

  private static List<String> places(List<String> rows) {
    return rows.stream().map(row -> row.substring(0, row.indexOf(' ', 2))).toList();
  }

  private static List<String> filled(long every, long within, Row... rows) {
    Operator operator = step(every, within).make(new MemoryDisk(), 1 << 20).operator();
    OneStep.Rows out = new OneStep.Rows();
    OneStep.take(operator, batch(rows), out);
    OneStep.watermark(operator, Long.MAX_VALUE, out);
    OneStep.end(operator, out);
    return out.rows;
  }

  private static OneStep step(long every, long within) {
    return new OneStep(ROW)
        .fillGaps("at", every, within, Map.of("kept", Way.LAST, "line", Way.INTERPOLATE));
  }

  private static Batch batch(Row... rows) {
    LongsBuilder keys = new LongsBuilder();
    LongsBuilder times = new LongsBuilder();
    BytesBuilder kept = new BytesBuilder();
    DoublesBuilder lines = new DoublesBuilder();
    BytesBuilder others = new BytesBuilder();
    for (Row row : rows) {
      keys.add(row.k());
      times.add(row.at());
      kept.add("kept " + row.at());
      others.add("other " + row.at());
      if (Double.isNaN(row.line())) {
        lines.addNull();
      } else {
        lines.add(row.line());
      }
    }
    Column.Longs at = times.build();
    Column[] columns = {keys.build(), at, kept.build(), lines.build(), others.build()};
    return Batch.of(ROW, rows.length, columns, Provenance.none("above"))
        .with(RowMarks.NONE.withTimes(at));
  }
}
