package io.penstock.connectors.standard.json;

import io.penstock.api.data.Column;
import io.penstock.json.ByteBuilder;

/** Writes a value that is not null as JSON text; false where JSON has no form for it. */
interface ValueEncoder {
  boolean write(Column column, int row, ByteBuilder to);
}
