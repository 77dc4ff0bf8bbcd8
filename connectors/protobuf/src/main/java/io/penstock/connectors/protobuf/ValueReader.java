package io.penstock.connectors.protobuf;

import io.penstock.api.data.ColumnBuilder;

/** Takes a value of a message into a column; throws {@link BadMessage} where it does not fit. */
@FunctionalInterface
interface ValueReader {
  void read(Object value, ColumnBuilder to);
}
