package io.penstock.api.data;

import java.util.Optional;

/**
 * Rows on the move: 1 to 4,096 of them, as columns. Immutable, so any thread may read it.
 *
 * @param schema the schema of the rows
 * @param size how many rows
 * @param columns one for each field, then the rest where the schema is open
 * @param provenance where the rows come from
 * @param marks what belongs to the rows beside their fields
 */
public record Batch(
    Schema schema, int size, Column[] columns, Provenance provenance, RowMarks marks) {
  public static final int MAX_ROWS = 4096;

  public Batch {
    if (columns.length != schema.columns()) {
      throw new IllegalArgumentException(columns.length + " columns for " + schema);
    }
  }

  /** A batch without event times. */
  public static Batch of(Schema schema, int size, Column[] columns, Provenance provenance) {
    return new Batch(schema, size, columns, provenance, RowMarks.NONE);
  }

  /** The event time of each row in microseconds, where the pipeline declares one. */
  public Optional<Column.Longs> times() {
    return marks.times();
  }

  public Column column(int index) {
    return columns[index];
  }

  /** The rows at these indexes, in that order. */
  public Batch gather(int[] rows, int count) {
    Column[] taken = new Column[columns.length];
    for (int i = 0; i < taken.length; i++) {
      taken[i] = columns[i].gather(rows, count);
    }
    return new Batch(
        schema, count, taken, provenance.gather(rows, count), marks.gather(rows, count));
  }

  /** The same rows in no more memory than they need; what holds rows for long calls it. */
  public Batch packed() {
    Column[] packed = new Column[columns.length];
    for (int i = 0; i < packed.length; i++) {
      packed[i] = columns[i].packed();
    }
    return new Batch(schema, size, packed, provenance, marks);
  }

  /** The same rows with other columns. */
  public Batch with(Schema newSchema, Column[] newColumns) {
    return new Batch(newSchema, size, newColumns, provenance, marks);
  }

  /** The same rows with event times. */
  public Batch withTimes(Column.Longs newTimes) {
    return with(marks.withTimes(newTimes));
  }

  /** The same rows with other marks. */
  public Batch with(RowMarks newMarks) {
    return new Batch(schema, size, columns, provenance, newMarks);
  }
}
