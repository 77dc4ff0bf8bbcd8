package io.penstock.connectors.http;

import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/** Makes the request for what comes next. */
record Question(HttpSourceConfig config) {
  /** Where the page is that comes next. */
  URI uri(Progress at) {
    Optional<Pages> pages = config.pages();
    boolean link =
        pages.filter(p -> p.by() == Pages.By.LINK || p.by() == Pages.By.NEXT).isPresent();
    if (link && at.page().isPresent()) {
      return URI.create(at.page().get());
    }
    Map<String, String> parameters = new LinkedHashMap<>();
    config
        .cursor()
        .ifPresent(
            cursor -> at.cursor().or(cursor::begin).ifPresent(v -> parameters.put(cursor.as(), v)));
    if (pages.isPresent() && pages.get().as().isPresent()) {
      at.page()
          .or(pages.get()::first)
          .ifPresent(value -> parameters.put(pages.get().as().get(), value));
    }
    return with(URI.create(config.url()), parameters);
  }

  /** The URL with these parameters in place of those of the same name. */
  private static URI with(URI url, Map<String, String> parameters) {
    if (parameters.isEmpty()) {
      return url;
    }
    StringBuilder query = new StringBuilder();
    String given = url.getRawQuery() == null ? "" : url.getRawQuery();
    for (String part : given.split("&")) {
      boolean replaced = parameters.containsKey(part.replaceFirst("=.*", ""));
      if (!part.isEmpty() && !replaced) {
        query.append(query.length() > 0 ? "&" : "").append(part);
      }
    }
    parameters.forEach(
        (name, value) ->
            query
                .append(query.length() > 0 ? "&" : "")
                .append(encoded(name))
                .append('=')
                .append(encoded(value)));
    String path = url.getRawPath() == null ? "" : url.getRawPath();
    return URI.create(url.getScheme() + "://" + url.getRawAuthority() + path + "?" + query);
  }

  private static String encoded(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20");
  }

  /** The request for it. */
  Request request(URI uri, Progress at) {
    Map<String, String> headers = new HashMap<>();
    headers.put("User-Agent", "penstock");
    headers.put("Accept-Encoding", "gzip");
    config.auth().ifPresent(auth -> auth.putInto(headers));
    config
        .headers()
        .forEach(
            (name, value) -> {
              headers.keySet().removeIf(own -> own.equalsIgnoreCase(name));
              headers.put(name, value);
            });
    at.validators().etag().ifPresent(tag -> headers.put("If-None-Match", tag));
    at.validators().modified().ifPresent(time -> headers.put("If-Modified-Since", time));
    return new Request("GET", uri, headers, new byte[0], config.maxRecord().bytes() + 1);
  }

  /** Where a reference in an answer leads, which may be of a query alone. */
  static URI resolve(URI from, String written) {
    if (!written.startsWith("?")) {
      return from.resolve(written);
    }
    String path = from.getRawPath() == null ? "" : from.getRawPath();
    return URI.create(from.getScheme() + "://" + from.getRawAuthority() + path + written);
  }

  /** Whether two URLs lead to one server. */
  static boolean isSameServer(URI one, URI other) {
    return one.getScheme().equalsIgnoreCase(String.valueOf(other.getScheme()))
        && one.getHost().equalsIgnoreCase(String.valueOf(other.getHost()))
        && port(one) == port(other)
        && other.getRawUserInfo() == null;
  }

  private static int port(URI uri) {
    if (uri.getPort() >= 0) {
      return uri.getPort();
    }
    return uri.getScheme().equalsIgnoreCase("https") ? 443 : 80;
  }
}
