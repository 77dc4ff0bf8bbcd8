package io.penstock.core.expression.function;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Reads an event of the common event format. Used once. */
final class CefText {
  private static final Pattern START =
      Pattern.compile("(?:^|[ >:])CEF:\\s?([0-9]+)(?:\\.[0-9]+)?\\|");
  private static final Pattern KEY = Pattern.compile("(?:^|\\s)([^\\s=\\\\]+)=");
  private static final int PARTS = 6;

  private final String all;

  CefText(String text) {
    this.all = text;
  }

  @Nullable Object[] read() {
    Matcher start = START.matcher(all);
    if (!start.find() || start.group(1).length() > 9) {
      throw wrong("it does not begin with `CEF:` and its version");
    }
    @Nullable Object[] fields = new Object[3 + PARTS];
    int from = all.indexOf("CEF:", start.start());
    fields[0] = from == 0 ? null : all.substring(0, from).strip();
    fields[1] = Long.valueOf(start.group(1));
    int at = start.end();
    for (int i = 0; i < PARTS; i++) {
      int end = bar(at);
      // Some write no bar behind the severity where there are no extensions.
      if (end == all.length() && i < PARTS - 1) {
        throw wrong("it has " + (i + 2) + " of the 7 parts of a header");
      }
      fields[2 + i] = unescaped(all.substring(at, end));
      at = Math.min(all.length(), end + 1);
    }
    fields[2 + PARTS] = extensions(all.substring(at));
    return fields;
  }

  private io.penstock.core.expression.EvaluationException wrong(String why) {
    return Failure.text(all, "event of CEF: " + why);
  }

  /** The next bar that is not escaped, or the end. */
  private int bar(int from) {
    int at = from;
    while (at < all.length() && all.charAt(at) != '|') {
      at += all.charAt(at) == '\\' ? 2 : 1;
    }
    return Math.min(at, all.length());
  }

  private Map<String, String> extensions(String text) {
    Map<String, String> pairs = new LinkedHashMap<>();
    Matcher key = KEY.matcher(text);
    boolean found = key.find();
    if (!text.isBlank() && (!found || !text.substring(0, key.start()).isBlank())) {
      throw wrong("its extensions do not begin with a key");
    }
    while (found) {
      String name = key.group(1);
      int from = key.end();
      found = key.find(from);
      int to = found ? key.start() : text.length();
      pairs.putIfAbsent(name, unescaped(text.substring(from, to).stripTrailing()));
    }
    return pairs;
  }

  private static String unescaped(String text) {
    if (text.indexOf('\\') < 0) {
      return text;
    }
    StringBuilder plain = new StringBuilder(text.length());
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      char next = i + 1 < text.length() ? text.charAt(i + 1) : '\0';
      int escape = c == '\\' ? "|=\\nr".indexOf(next) : -1;
      plain.append(escape < 0 ? c : "|=\\\n\r".charAt(escape));
      i += escape < 0 ? 0 : 1;
    }
    return plain.toString();
  }
}
