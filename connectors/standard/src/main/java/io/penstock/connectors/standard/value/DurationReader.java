package io.penstock.connectors.standard.value;

import io.penstock.api.data.ColumnBuilder;
import io.penstock.api.data.LongsBuilder;
import io.penstock.api.data.Times;
import java.nio.charset.StandardCharsets;

/** Durations of ISO 8601. */
final class DurationReader implements ScalarReader {
  @Override
  public boolean read(byte[] bytes, int from, int to, ColumnBuilder column) {
    long micros =
        Times.parseDuration(new String(bytes, from, to - from, StandardCharsets.ISO_8859_1));
    if (micros == Times.NONE) {
      return false;
    }
    ((LongsBuilder) column).add(micros);
    return true;
  }

  @Override
  public String expected() {
    return "must be a duration of ISO 8601 such as PT1H30M";
  }
}
