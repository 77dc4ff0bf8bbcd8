package io.penstock.core.expression.function;

import java.util.LinkedHashMap;
import java.util.Map;

/** Reads pairs such as {@code a=1 b="x y"}. */
final class KeyValueText {
  private final String text;
  private final String between;
  private final String separator;
  private int at;

  KeyValueText(String text, String between, String separator) {
    if (between.isEmpty() || separator.isEmpty()) {
      throw Failure.domain("What stands between keys, values and pairs must not be empty");
    }
    this.text = text;
    this.between = between;
    this.separator = separator;
  }

  Map<String, ?> read() {
    Map<String, Object> pairs = new LinkedHashMap<>();
    while (at < text.length()) {
      if (text.startsWith(separator, at)) {
        at += separator.length();
        continue;
      }
      String key = upTo(between, separator).strip();
      if (text.startsWith(between, at)) {
        at += between.length();
        pairs.putIfAbsent(key, value());
      } else {
        pairs.putIfAbsent(key, "");
      }
    }
    return pairs;
  }

  private String value() {
    if (!text.startsWith("\"", at)) {
      return upTo(separator, separator).strip();
    }
    StringBuilder value = new StringBuilder();
    for (at++; at < text.length(); at++) {
      char c = text.charAt(at);
      if (c == '"') {
        at++;
        return value.toString();
      }
      boolean escape = c == '\\' && at + 1 < text.length();
      value.append(escape ? text.charAt(++at) : c);
    }
    throw Failure.text(text, "row of pairs: a quote is not closed");
  }

  private String upTo(String end, String otherEnd) {
    int first = find(end);
    int second = find(otherEnd);
    int to = Math.min(first, second);
    String part = text.substring(at, to);
    at = to;
    return part;
  }

  private int find(String end) {
    int found = text.indexOf(end, at);
    return found < 0 ? text.length() : found;
  }
}
