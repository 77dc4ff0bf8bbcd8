package io.penstock.connectors.standard.log;

import io.penstock.api.data.Batch;
import io.penstock.json.ByteBuilder;

/** Writes the text of a row. Single-threaded. */
interface RowText {
  /** Appends a row; throws {@link BadRecord} where the format cannot hold it. */
  void append(Batch rows, int row, ByteBuilder to);
}
