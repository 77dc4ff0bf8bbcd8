package io.penstock.connectors.standard.value;

import io.penstock.api.data.BytesBuilder;
import io.penstock.api.data.ColumnBuilder;
import io.penstock.json.JsonBuilder;

/** Text as a json text. */
final class JsonTextReader implements ScalarReader {
  @Override
  public boolean read(byte[] bytes, int from, int to, ColumnBuilder column) {
    JsonBuilder json = new JsonBuilder().addText(bytes, from, to - from);
    ((BytesBuilder) column).add(json.bytes().array(), 0, json.bytes().length());
    return true;
  }

  @Override
  public String expected() {
    return "must be a text";
  }
}
