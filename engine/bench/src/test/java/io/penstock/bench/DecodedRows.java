package io.penstock.bench;

import io.penstock.api.data.Batch;
import io.penstock.api.data.BytesBuilder;
import io.penstock.api.data.Column;
import io.penstock.api.data.ColumnBuilder;
import io.penstock.api.data.Provenance;
import io.penstock.api.data.Schema;
import io.penstock.api.format.Decoder;
import io.penstock.api.problem.ProblemCode;

/** Takes decoded rows up to a full batch. Single-threaded. */
final class DecodedRows implements Decoder.Rows {
  private final Schema schema;
  private final ColumnBuilder[] builders;
  private int size;

  DecodedRows(Schema schema) {
    this.schema = schema;
    this.builders = new ColumnBuilder[schema.columns()];
    for (int i = 0; i < builders.length; i++) {
      builders[i] = ColumnBuilder.of(schema.column(i).type());
    }
  }

  /** Texts may be slices of this array, as where the engine decodes. */
  void sharing(byte[] block) {
    for (ColumnBuilder builder : builders) {
      if (builder instanceof BytesBuilder texts) {
        texts.sharing(block);
      }
    }
  }

  /** The rows so far; it begins again without any. */
  Batch take() {
    Column[] columns = new Column[builders.length];
    for (int i = 0; i < columns.length; i++) {
      columns[i] = builders[i].build();
    }
    Batch batch = Batch.of(schema, size, columns, Provenance.none("decoded"));
    size = 0;
    return batch;
  }

  @Override
  public ColumnBuilder column(int index) {
    return builders[index];
  }

  @Override
  public void endRow(int offset, int line) {
    size++;
  }

  @Override
  public void bad(int offset, int end, int line, ProblemCode code, String message) {
    throw new AssertionError(code + " in line " + line + ": " + message);
  }

  @Override
  public void skipped(int count) {
    throw new AssertionError(count + " blank lines");
  }

  @Override
  public boolean full() {
    return size >= Batch.MAX_ROWS;
  }

  @Override
  public void endRows(int[] offsets, int count, int line) {
    size += count;
  }

  @Override
  public int room() {
    return Batch.MAX_ROWS - size;
  }
}
