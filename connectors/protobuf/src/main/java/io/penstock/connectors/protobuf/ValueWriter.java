package io.penstock.connectors.protobuf;

import io.penstock.api.data.Column;

/** Makes a value of a message; throws {@link BadMessage} where it cannot hold it. */
@FunctionalInterface
interface ValueWriter {
  /** The value of a row that is not null. */
  Object value(Column column, int row);
}
