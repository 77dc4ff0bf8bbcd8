package io.penstock.connectors.standard.value;

import io.penstock.api.data.BytesBuilder;
import io.penstock.api.data.ColumnBuilder;

/** Text, as it is. */
final class TextReader implements ScalarReader {
  @Override
  public boolean read(byte[] bytes, int from, int to, ColumnBuilder column) {
    ((BytesBuilder) column).add(bytes, from, to - from);
    return true;
  }

  @Override
  public String expected() {
    return "must be a text";
  }
}
