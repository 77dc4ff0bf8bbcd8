package io.penstock.connectors.standard.json;

import io.penstock.api.data.Column;
import io.penstock.api.data.DataType;
import io.penstock.json.ByteBuilder;

/** Writes lists, maps, records and json values as JSON into the cells of other formats. */
public final class NestedText {
  private final ValueEncoder encoder;

  public NestedText(DataType type) {
    encoder = ValueEncoders.of(type, JsonConfig.Nulls.WRITE);
  }

  /** Appends a value that is not null; false where JSON has no form for it. */
  public boolean append(Column column, int row, ByteBuilder to) {
    return encoder.write(column, row, to);
  }
}
