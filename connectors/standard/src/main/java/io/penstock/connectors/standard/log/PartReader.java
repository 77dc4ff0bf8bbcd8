package io.penstock.connectors.standard.log;

import io.penstock.api.data.ColumnBuilder;

/** Takes a part into a column; throws {@link BadRecord} where it is no value of the type. */
@FunctionalInterface
interface PartReader {
  void read(Part part, ColumnBuilder column);
}
