package io.penstock.core.operator;

import io.penstock.api.data.Provenance;
import io.penstock.json.ByteBuilder;

/**
 * Where a row stands by its time and where it comes from, as bytes of the same order.
 *
 * @param position in the split; below zero for rows that a step has made
 */
record SourcePlace(String source, String split, long position, int index) {
  /** Appends the bytes. */
  static void append(long time, Provenance from, int row, ByteBuilder to) {
    time(time, to);
    text(from.source(), to);
    text(from.split(), to);
    time(from.position(row), to);
    time(from.index(row), to);
  }

  /** Appends a time as bytes of the same order. */
  static void time(long time, ByteBuilder to) {
    SpilledSessions.time(time, to.room(SpilledSessions.TIME), to.length());
    to.advance(SpilledSessions.TIME);
  }

  /** Appends a text in the order that texts have in memory, which is not that of UTF-8. */
  private static void text(String text, ByteBuilder to) {
    for (int i = 0; i < text.length(); i++) {
      to.append(text.charAt(i) >>> 8);
      to.append(text.charAt(i) & 0xff);
    }
    to.append(0);
    to.append(0);
  }

  /** What was appended. */
  static SourcePlace of(byte[] bytes) {
    int source = SpilledSessions.TIME;
    int split = behind(bytes, source);
    int position = behind(bytes, split);
    return new SourcePlace(
        text(bytes, source, split),
        text(bytes, split, position),
        JoinedSessions.time(bytes, position),
        (int) JoinedSessions.time(bytes, position + SpilledSessions.TIME));
  }

  /** Where what follows a text begins. */
  private static int behind(byte[] bytes, int from) {
    int at = from;
    while (bytes[at] != 0 || bytes[at + 1] != 0) {
      at += Character.BYTES;
    }
    return at + Character.BYTES;
  }

  private static String text(byte[] bytes, int from, int to) {
    StringBuilder text = new StringBuilder();
    for (int at = from; at < to - Character.BYTES; at += Character.BYTES) {
      text.append((char) ((bytes[at] & 0xff) << 8 | bytes[at + 1] & 0xff));
    }
    return text.toString();
  }

  /** Whether it is in the same split of a source as another one. */
  boolean isBeside(SourcePlace other) {
    return source.equals(other.source)
        && split.equals(other.split)
        && position < 0 == other.position < 0;
  }
}
