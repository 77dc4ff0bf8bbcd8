package io.penstock.connectors.avro;

import io.penstock.api.data.Column;
import io.penstock.json.ByteBuilder;

/** Writes a value of a column by a schema. */
interface ValueWriter {
  /**
   * Writes the value of a row; what the schema cannot hold is thrown, and half of it is written.
   */
  void write(Column column, int row, ByteBuilder to);
}
