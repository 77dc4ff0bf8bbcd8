package io.penstock.connectors.standard.value;

import io.penstock.api.data.BytesBuilder;
import io.penstock.api.data.ColumnBuilder;

/** Text that nobody reads: the column gets an empty one. */
public final class UnusedText implements ScalarReader {
  @Override
  public boolean read(byte[] bytes, int from, int to, ColumnBuilder column) {
    ((BytesBuilder) column).end();
    return true;
  }

  @Override
  public String expected() {
    return "must be a text";
  }
}
