package io.penstock.core.expression.function;

import io.penstock.core.expression.function.Function.Family;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Functions that take URLs apart. */
public final class Urls {
  private Urls() {}

  @Function(
      family = Family.ENCODINGS,
      signature =
          "(url: string) -> { scheme: string, user: string?, host: string?, port: int?, path: string, query: string?, fragment: string? }",
      summary = "The parts of a URL, as they stand there; scheme and host in small letters.",
      examples = {
        "parse_url('https://Example.com:8443/a/b?x=1#top').host == 'example.com'",
        "parse_url('https://example.com:8443/a/b?x=1#top').port == 8443",
        "parse_url('https://example.com/a?x=1#top').query == 'x=1'",
        "parse_url('http://[2001:db8::1]/').host == '2001:db8::1'"
      },
      fails = "the text is no URL with a scheme")
  public static @Nullable Object[] parseUrl(String url) {
    int colon = url.indexOf(':');
    if (colon <= 0 || !url.substring(0, colon).matches("[a-zA-Z][a-zA-Z0-9+.-]*")) {
      throw Failure.text(url, "URL such as https://example.com/path");
    }
    String rest = url.substring(colon + 1);
    String fragment = after(rest, '#');
    rest = before(rest, '#');
    String query = after(rest, '?');
    rest = before(rest, '?');
    @Nullable Object[] parts = new Object[7];
    parts[0] = url.substring(0, colon).toLowerCase(Locale.ROOT);
    if (rest.startsWith("//")) {
      int slash = rest.indexOf('/', 2);
      authority(url, rest.substring(2, slash < 0 ? rest.length() : slash), parts);
      rest = slash < 0 ? "" : rest.substring(slash);
    }
    parts[4] = rest;
    parts[5] = query;
    parts[6] = fragment;
    return parts;
  }

  @Function(
      family = Family.ENCODINGS,
      signature = "(query: string) -> map<string>",
      summary =
          "The parameters of a query or a form, decoded; the first of several with one name counts.",
      examples = {
        "parse_query('a=1&b=x+y%21') == map_of('a', '1', 'b', 'x y!')",
        "parse_query('?a')['a'] == ''"
      },
      fails = "a percent sign is not followed by two hexadecimal digits")
  public static Map<String, ?> parseQuery(String query) {
    Map<String, Object> parameters = new LinkedHashMap<>();
    String text = query.startsWith("?") ? query.substring(1) : query;
    for (String pair : text.split("&", -1)) {
      if (!pair.isEmpty()) {
        String name = Encodings.percentDecoded(before(pair, '='), true);
        String value = after(pair, '=');
        parameters.putIfAbsent(name, value == null ? "" : Encodings.percentDecoded(value, true));
      }
    }
    return parameters;
  }

  private static void authority(String url, String authority, @Nullable Object[] parts) {
    int at = authority.lastIndexOf('@');
    if (at >= 0) {
      parts[1] = authority.substring(0, at);
    }
    String place = authority.substring(at + 1);
    int bracket = place.startsWith("[") ? place.indexOf(']') : -1;
    int colon = place.indexOf(':', Math.max(0, bracket));
    String host = colon < 0 ? place : place.substring(0, colon);
    parts[2] = (bracket > 0 ? place.substring(1, bracket) : host).toLowerCase(Locale.ROOT);
    if (colon < 0 || colon + 1 == place.length()) {
      return;
    }
    String port = place.substring(colon + 1);
    if (!port.matches("[0-9]{1,5}") || Integer.parseInt(port) > 65_535) {
      throw Failure.text(url, "URL: its port is not a number up to 65535");
    }
    parts[3] = Long.valueOf(port);
  }

  private static String before(String text, char mark) {
    int at = text.indexOf(mark);
    return at < 0 ? text : text.substring(0, at);
  }

  private static @Nullable String after(String text, char mark) {
    int at = text.indexOf(mark);
    return at < 0 ? null : text.substring(at + 1);
  }
}
