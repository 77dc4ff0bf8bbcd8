package io.penstock.connectors.standard.value;

import io.penstock.api.data.BytesBuilder;
import io.penstock.api.data.ColumnBuilder;
import java.util.Arrays;
import java.util.Base64;

/** Bytes in base64. */
final class Base64Reader implements ScalarReader {
  @Override
  public boolean read(byte[] bytes, int from, int to, ColumnBuilder column) {
    try {
      byte[] decoded = Base64.getDecoder().decode(Arrays.copyOfRange(bytes, from, to));
      ((BytesBuilder) column).add(decoded);
      return true;
    } catch (IllegalArgumentException notBase64) {
      return false;
    }
  }

  @Override
  public String expected() {
    return "must be base64";
  }
}
