package io.penstock.connectors.standard.value;

import java.nio.charset.StandardCharsets;

/** A value of data as messages show it: short, in backquotes, without control characters. */
public final class Shown {
  private static final int MOST = 80;

  private Shown() {}

  /** The bytes as text in backquotes. */
  public static String of(byte[] bytes, int from, int to) {
    int end = Math.min(to, from + MOST);
    // Not in the middle of a character.
    while (end < to && end > from && (bytes[end] & 0xc0) == 0x80) {
      end--;
    }
    String text = new String(bytes, from, end - from, StandardCharsets.UTF_8);
    StringBuilder shown = new StringBuilder("`");
    text.codePoints()
        .map(c -> Character.isISOControl(c) ? '?' : c == '`' ? '\'' : c)
        .forEach(shown::appendCodePoint);
    return shown.append(end < to ? "...`" : "`").toString();
  }
}
