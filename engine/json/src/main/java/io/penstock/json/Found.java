package io.penstock.json;

import java.nio.charset.StandardCharsets;

/** What stands at a place of a text, for messages. */
final class Found {
  private static final int MOST = 20;

  private Found() {}

  /** That something is expected and not what stands there. */
  static String instead(String wanted, byte[] bytes, int at, int to) {
    return at >= to
        ? "the text ends where " + wanted + " is expected"
        : wanted + " expected, not " + shown(bytes, at, to);
  }

  /** The next few characters, without what would disturb a terminal. */
  static String shown(byte[] bytes, int at, int to) {
    int end = Math.min(to, at + MOST);
    String text = new String(bytes, at, end - at, StandardCharsets.UTF_8);
    return "`" + text.replaceAll("\\p{Cntrl}", "?").replace("\uFFFD", "?") + "`";
  }
}
