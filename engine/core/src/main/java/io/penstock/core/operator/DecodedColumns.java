package io.penstock.core.operator;

import io.penstock.api.data.BytesBuilder;
import io.penstock.api.data.Column;
import io.penstock.api.data.ColumnBuilder;
import io.penstock.api.data.Schema;

/**
 * The columns that blocks are decoded into. Texts may be slices of a block, whose array may then
 * not be filled again. Used by one thread.
 */
final class DecodedColumns {
  private final ColumnBuilder[] builders;
  private byte[] block = new byte[0];
  private boolean sliced;

  DecodedColumns(Schema schema) {
    builders = new ColumnBuilder[schema.columns()];
    for (int i = 0; i < builders.length; i++) {
      builders[i] = ColumnBuilder.of(schema.column(i).type());
    }
  }

  /** What follows is decoded of this array; the columns are empty. */
  void begin(byte[] bytes) {
    block = bytes;
    sliced = false;
    for (ColumnBuilder builder : builders) {
      if (builder instanceof BytesBuilder texts) {
        texts.sharing(bytes);
      }
    }
  }

  ColumnBuilder builder(int index) {
    return builders[index];
  }

  /** Forgets all rows but the first ones. */
  void truncate(int rows) {
    for (ColumnBuilder builder : builders) {
      builder.truncate(rows);
    }
  }

  /** The rows so far, as columns; the builders are empty then. */
  Column[] build() {
    Column[] columns = new Column[builders.length];
    for (int i = 0; i < columns.length; i++) {
      columns[i] = builders[i].build();
      sliced |= columns[i] instanceof Column.Bytes texts && texts.bytes() == block;
    }
    return columns;
  }

  /** Whether a column since the beginning is made of slices. */
  boolean areSliced() {
    return sliced;
  }
}
