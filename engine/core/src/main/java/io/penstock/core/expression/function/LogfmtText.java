package io.penstock.core.expression.function;

import java.util.LinkedHashMap;
import java.util.Map;

/** Reads a line of logfmt: {@code level=info msg="all done" cached}. Used once. */
final class LogfmtText {
  private final String all;
  private final TextCursor text;

  LogfmtText(String text) {
    this.all = text;
    this.text = new TextCursor(text, "line of logfmt");
  }

  Map<String, ?> read() {
    Map<String, Object> pairs = new LinkedHashMap<>();
    while (true) {
      while (!text.ended() && text.here() <= ' ') {
        text.goTo(text.at() + 1);
      }
      if (text.ended()) {
        return pairs;
      }
      String key = part("=\"");
      if (key.isEmpty()) {
        throw text.wrong("a key is missing " + text.place());
      }
      if (text.here() == '"') {
        throw text.wrong("a quote stands in a key " + text.place());
      }
      pairs.putIfAbsent(key, text.take("=") ? value() : "true");
    }
  }

  private String value() {
    if (!text.take("\"")) {
      String value = part("\"");
      if (text.here() == '"') {
        throw text.wrong("a quote stands in a value " + text.place());
      }
      return value;
    }
    StringBuilder value = new StringBuilder();
    while (!text.take("\"")) {
      if (text.ended()) {
        throw text.wrong("a quote is not closed");
      }
      value.append(text.take("\\") ? escaped() : text.here());
      text.goTo(text.at() + 1);
    }
    if (!text.ended() && text.here() > ' ') {
      throw text.wrong("a blank is missing " + text.place());
    }
    return value.toString();
  }

  /** The character that an escape stands for; stays on its last character. */
  private char escaped() {
    switch (text.here()) {
      case 'n':
        return '\n';
      case 'r':
        return '\r';
      case 't':
        return '\t';
      case 'u':
        int at = text.at();
        String digits = all.substring(at + 1, Math.min(all.length(), at + 5));
        if (!digits.matches("[0-9A-Fa-f]{4}")) {
          throw text.wrong("four hexadecimal digits are missing " + text.place());
        }
        text.goTo(at + 4);
        return (char) Integer.parseInt(digits, 16);
      case '\0':
        throw text.wrong("a quote is not closed");
      default:
        return text.here();
    }
  }

  /** What stands before a blank or one of these characters. */
  private String part(String ends) {
    int from = text.at();
    while (!text.ended() && text.here() > ' ' && ends.indexOf(text.here()) < 0) {
      text.goTo(text.at() + 1);
    }
    return all.substring(from, text.at());
  }
}
