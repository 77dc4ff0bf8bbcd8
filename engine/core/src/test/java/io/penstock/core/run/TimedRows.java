package io.penstock.core.run;

import io.penstock.api.data.Batch;
import io.penstock.api.data.Column;
import io.penstock.api.data.DataType;
import io.penstock.api.data.Field;
import io.penstock.api.data.Provenance;
import io.penstock.api.data.Schema;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;

/**
 * Rows with a time in several splits, each a partition.
 *
 * @param name of the source
 */
record TimedRows(String name, PartedRows source) {
  static final Schema SCHEMA =
      Schema.of(
          Field.of("k", DataType.INT),
          Field.of("n", DataType.INT),
          Field.of("at", DataType.TIMESTAMP));

  /** A row: its time in microseconds. */
  record Row(long k, long n, long at) {}

  /**
   * A source of rows.
   *
   * @param splits the rows of each split in their order
   * @param chance draws from which split how many rows come at once
   */
  static TimedRows of(String name, List<List<Row>> splits, Random chance) {
    List<Batch> batches = new ArrayList<>();
    for (List<Row> split : splits) {
      batches.add(batch(name, PartedRows.id(batches.size()), split));
    }
    return new TimedRows(
        name, new PartedRows(SCHEMA, batches, chance.nextLong(), PartedRows.From.THERE));
  }

  private static Batch batch(String name, String split, List<Row> rows) {
    int count = rows.size();
    long[][] values = new long[3][count];
    long[] positions = new long[count];
    for (int i = 0; i < count; i++) {
      Row row = rows.get(i);
      values[0][i] = row.k();
      values[1][i] = row.n();
      values[2][i] = row.at();
      positions[i] = i;
    }
    Column[] columns = new Column[3];
    for (int i = 0; i < columns.length; i++) {
      columns[i] = new Column.Longs(count, values[i], null);
    }
    Provenance from = new Provenance(name, split, positions, new int[0], Map.of());
    return Batch.of(SCHEMA, count, columns, from);
  }
}
