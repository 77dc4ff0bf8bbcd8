package io.penstock.connectors.avro;

import io.penstock.api.data.ColumnBuilder;

/** Reads a value of one schema into a column of one type. */
interface ValueReader {
  /**
   * Reads one value and appends one. What does not fit is noted, and null appended; what is no such
   * value is thrown.
   */
  void read(Cursor in, ColumnBuilder to);
}
