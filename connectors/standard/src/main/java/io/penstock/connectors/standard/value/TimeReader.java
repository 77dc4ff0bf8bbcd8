package io.penstock.connectors.standard.value;

import io.penstock.api.data.ColumnBuilder;
import io.penstock.api.data.LongsBuilder;
import io.penstock.api.data.Times;
import io.penstock.api.format.TextTypes;
import java.util.Optional;

/** Times of RFC 3339 and days of ISO 8601. */
final class TimeReader implements ScalarReader {
  private final boolean day;

  private TimeReader(boolean day) {
    this.day = day;
  }

  static ScalarReader timestamp(Optional<TextTypes.TimePattern> pattern) {
    return pattern.isPresent() ? byPattern(pattern.get(), false) : new TimeReader(false);
  }

  static ScalarReader date(Optional<TextTypes.TimePattern> pattern) {
    return pattern.isPresent() ? byPattern(pattern.get(), true) : new TimeReader(true);
  }

  private static ScalarReader byPattern(TextTypes.TimePattern pattern, boolean day) {
    if (pattern instanceof TextTypes.Text text) {
      return new PatternReader(text, day);
    }
    return new EpochReader((TextTypes.Epoch) pattern, day);
  }

  @Override
  public boolean read(byte[] bytes, int from, int to, ColumnBuilder column) {
    long value = day ? Times.parseDate(bytes, from, to) : Times.parseTimestamp(bytes, from, to);
    if (value == Times.NONE) {
      return false;
    }
    ((LongsBuilder) column).add(value);
    return true;
  }

  @Override
  public String expected() {
    return day
        ? "must be a date such as 2026-01-31"
        : "must be a time of RFC 3339 with its zone such as 2026-01-31T12:00:00Z";
  }
}
