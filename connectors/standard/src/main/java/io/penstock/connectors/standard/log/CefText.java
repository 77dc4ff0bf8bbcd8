package io.penstock.connectors.standard.log;

import io.penstock.api.data.DataType;
import io.penstock.api.data.Field;
import io.penstock.api.data.Schema;
import io.penstock.api.data.ValueType;
import io.penstock.api.problem.ProblemCode;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Reads events of the common event format. What stands before {@code CEF:} is the header. */
record CefText() implements LogText {
  private static final List<String> PARTS =
      List.of("vendor", "product", "product_version", "signature", "name", "severity");
  private static final Schema FIELDS =
      Schema.of(
          Field.optional("header", DataType.STRING),
          Field.of("version", DataType.INT),
          Field.of("vendor", DataType.STRING),
          Field.of("product", DataType.STRING),
          Field.of("product_version", DataType.STRING),
          Field.of("signature", DataType.STRING),
          Field.of("name", DataType.STRING),
          Field.of("severity", DataType.STRING),
          Field.of("extensions", new DataType.MapOf(ValueType.required(DataType.STRING))));
  private static final Pattern START =
      Pattern.compile("(?:^|[ >:])(CEF:\\s?([0-9]{1,9})(?:\\.[0-9]{1,9})?\\|)");
  private static final Pattern KEY = Pattern.compile("(?:^|\\s)([^\\s=\\\\]+)=");

  @Override
  public Optional<Schema> fields() {
    return Optional.of(FIELDS);
  }

  @Override
  public boolean isJsonInTexts() {
    return false;
  }

  @Override
  public Part.Group read(String text, Optional<Long> readAt) {
    TextPlace place = new TextPlace(text);
    Matcher start = START.matcher(text);
    if (!start.find()) {
      throw place.wrong("the event does not begin with `CEF:`, its version and a bar");
    }
    Map<String, Part> parts = new LinkedHashMap<>();
    String header = place.to(start.start(1)).strip();
    if (!header.isEmpty()) {
      parts.put("header", new Part.Text(header, false));
    }
    parts.put("version", new Part.Number(Integer.toString(Integer.parseInt(start.group(2)))));
    place.goTo(start.end(1));
    for (int i = 0; i < PARTS.size(); i++) {
      int end = bar(text, place.at());
      // Some write no bar behind the severity where there are no extensions.
      if (end == text.length() && i < PARTS.size() - 1) {
        place.goTo(end);
        throw place.wrong("the event has " + (i + 2) + " of the 7 parts of a header");
      }
      parts.put(PARTS.get(i), new Part.Text(unescaped(place.to(end)), false));
      place.goTo(Math.min(text.length(), end + 1));
    }
    parts.put("extensions", extensions(text, place));
    return new Part.Group(parts);
  }

  /** The next bar that is not escaped, or the end. */
  private static int bar(String text, int from) {
    int at = from;
    while (at < text.length() && text.charAt(at) != '|') {
      at += text.charAt(at) == '\\' ? 2 : 1;
    }
    return Math.min(at, text.length());
  }

  private static Part.Group extensions(String text, TextPlace place) {
    Map<String, Part> pairs = new LinkedHashMap<>();
    int base = place.at();
    String rest = text.substring(base);
    Matcher key = KEY.matcher(rest);
    boolean found = key.find();
    if (!rest.substring(0, found ? key.start() : rest.length()).isBlank()) {
      throw place.wrong("the extensions do not begin with a key");
    }
    while (found) {
      String name = key.group(1);
      int from = key.end();
      place.goTo(base + key.start(1));
      found = key.find(from);
      int to = found ? key.start() : rest.length();
      String value = unescaped(rest.substring(from, to).stripTrailing());
      if (pairs.put(name, new Part.Text(value, true)) != null) {
        throw new BadRecord(
            ProblemCode.D109, place.wrong("`" + name + "` stands there twice").text());
      }
    }
    return new Part.Group(pairs);
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
