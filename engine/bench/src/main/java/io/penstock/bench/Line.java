package io.penstock.bench;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeFormatterBuilder;

/** A line in the making. Single-threaded. */
final class Line {
  private static final String LETTERS = "abcdefghijklmnopqrstuvwxyz012345";
  private static final DateTimeFormatter MILLIS =
      new DateTimeFormatterBuilder().appendInstant(3).toFormatter();

  private final StringBuilder text = new StringBuilder(400);

  Line text(String piece) {
    text.append(piece);
    return this;
  }

  Line number(long value) {
    text.append(value);
    return this;
  }

  Line letters(SplitMix random, int count) {
    long bits = 0;
    for (int i = 0; i < count; i++) {
      bits = i % 12 == 0 ? random.next() : bits >>> 5;
      text.append(LETTERS.charAt((int) (bits & 31)));
    }
    return this;
  }

  Line instant(long millis) {
    MILLIS.formatTo(Instant.ofEpochMilli(millis), text);
    return this;
  }

  void end(OutputStream to) throws IOException {
    text.append('\n');
    to.write(text.toString().getBytes(StandardCharsets.UTF_8));
    text.setLength(0);
  }
}
