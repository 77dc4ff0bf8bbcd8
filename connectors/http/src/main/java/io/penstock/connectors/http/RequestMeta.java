package io.penstock.connectors.http;

import com.sun.net.httpserver.HttpExchange;
import io.penstock.api.data.BytesBuilder;
import io.penstock.api.data.Column;
import io.penstock.api.data.ColumnBuilder;
import io.penstock.api.data.DataType;
import io.penstock.api.data.LongsBuilder;
import io.penstock.api.data.MapsBuilder;
import io.penstock.api.data.ValueType;
import io.penstock.api.source.MetaField;
import java.net.URI;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/**
 * What is known of a request beside its body.
 *
 * @param received when it was there whole, micros since 1970
 */
record RequestMeta(
    String method,
    String path,
    Map<String, String> query,
    Map<String, String> headers,
    String remote,
    long received) {
  private static final DataType TEXTS = new DataType.MapOf(ValueType.required(DataType.STRING));

  /** What the rows have of it. */
  static final List<MetaField> FIELDS =
      List.of(
          new MetaField("method", ValueType.required(DataType.STRING), "The request's method."),
          new MetaField("path", ValueType.required(DataType.STRING), "The request's path."),
          new MetaField(
              "query",
              ValueType.required(TEXTS),
              "What stands behind the path's question mark; the last of those that have one name."),
          new MetaField(
              "headers",
              ValueType.required(TEXTS),
              "The request's headers, their names in small letters; the last of those that have one name."),
          new MetaField(
              "remote", ValueType.required(DataType.STRING), "The address of whoever sent it."),
          new MetaField(
              "received_at",
              ValueType.required(DataType.TIMESTAMP),
              "When the request was there whole."));

  /** What is known of a request. */
  static RequestMeta of(HttpExchange exchange, long received) {
    Map<String, String> headers = new LinkedHashMap<>();
    exchange
        .getRequestHeaders()
        .forEach(
            (name, values) ->
                headers.put(name.toLowerCase(Locale.ROOT), values.get(values.size() - 1)));
    return new RequestMeta(
        exchange.getRequestMethod(),
        exchange.getRequestURI().getPath(),
        query(exchange.getRequestURI()),
        headers,
        exchange.getRemoteAddress().getAddress().getHostAddress(),
        received);
  }

  private static Map<String, String> query(URI uri) {
    Map<String, String> query = new LinkedHashMap<>();
    String raw = uri.getRawQuery() == null ? "" : uri.getRawQuery();
    for (String part : raw.split("&")) {
      int equals = part.indexOf('=');
      if (!part.isEmpty()) {
        String name = equals < 0 ? part : part.substring(0, equals);
        query.put(decoded(name), equals < 0 ? "" : decoded(part.substring(equals + 1)));
      }
    }
    return query;
  }

  private static String decoded(String text) {
    try {
      return URLDecoder.decode(text, StandardCharsets.UTF_8);
    } catch (IllegalArgumentException notEncoded) {
      return text;
    }
  }

  /** Columns of what is used, with a value for each request. */
  static Map<String, Column> columns(List<RequestMeta> requests, Set<String> used) {
    Map<String, Column> columns = new LinkedHashMap<>();
    for (MetaField field : FIELDS) {
      if (used.contains(field.name())) {
        ColumnBuilder builder = ColumnBuilder.of(field.type().type());
        requests.forEach(request -> request.add(field.name(), builder));
        columns.put(field.name(), builder.build());
      }
    }
    return columns;
  }

  private void add(String name, ColumnBuilder builder) {
    if (builder instanceof LongsBuilder times) {
      times.add(received);
    } else if (builder instanceof MapsBuilder maps) {
      (name.equals("query") ? query : headers)
          .forEach(
              (key, value) -> {
                maps.keys().add(key);
                ((BytesBuilder) maps.values()).add(value);
              });
      maps.end();
    } else if (builder instanceof BytesBuilder texts) {
      texts.add(name.equals("method") ? method : name.equals("path") ? path : remote);
    }
  }
}
