package io.penstock.connectors.http;

import io.penstock.api.data.Column;
import io.penstock.api.option.Template;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Makes targets of rows. Values of data become parts of a URL and never change its shape. */
final class Targets {
  private static final String UNRESERVED = "-_.~";
  private static final String OF_HOSTS = "-.:[]";

  private final Template url;
  private final Map<String, Template> headers;
  private final Optional<Target> constant;
  private String refusal = "";
  private String lastText = "";
  private @Nullable Target last;

  /** Where in a URL something stands. */
  private enum Place {
    BEGINNING,
    SCHEME,
    HOST,
    BEHIND
  }

  Targets(Template url, Map<String, Template> headers) {
    this.url = url;
    this.headers = headers;
    boolean same = url.isConstant() && headers.values().stream().allMatch(Template::isConstant);
    this.constant =
        same
            ? Optional.of(new Target(URI.create(url.text()), false, constants()))
            : Optional.empty();
  }

  private Map<String, String> constants() {
    Map<String, String> values = new LinkedHashMap<>();
    headers.forEach((name, value) -> values.put(name, literal(value)));
    return values;
  }

  private static String literal(Template template) {
    return template.parts().isEmpty() ? "" : ((Template.Literal) template.parts().get(0)).text();
  }

  /**
   * The target of a row; empty where its values make none, for which there is then a reason.
   *
   * @param computed for each template the columns of its expressions
   */
  Optional<Target> of(Map<Template, List<Column.Bytes>> computed, int row) {
    if (constant.isPresent()) {
      return constant;
    }
    Made made = url(computed, row);
    Map<String, String> values = new LinkedHashMap<>();
    for (Map.Entry<String, Template> header : headers.entrySet()) {
      String value = text(header.getValue(), computed, row);
      if (!HeaderRules.isValue(value)) {
        refusal =
            "the header `"
                + header.getKey()
                + "` would have `"
                + shown(value)
                + "`, which is no header's value";
        return Optional.empty();
      }
      values.put(header.getKey(), value);
    }
    return target(made, values);
  }

  /** Why the last row made no target. */
  String refusal() {
    return refusal;
  }

  private Optional<Target> target(Made made, Map<String, String> values) {
    Target before = last;
    if (before != null && made.text().equals(lastText) && values.equals(before.headers())) {
      return Optional.of(before);
    }
    Optional<String> wrong = UrlRules.wrong(made.text());
    if (wrong.isPresent()) {
      refusal = "the row's URL " + wrong.get();
      return Optional.empty();
    }
    URI uri = URI.create(made.text());
    for (String segment : uri.getRawPath().split("/", -1)) {
      String plain = segment.toLowerCase(Locale.ROOT).replace("%2e", ".");
      if (made.computed() && (plain.equals(".") || plain.equals(".."))) {
        refusal = "the row's URL `" + made.text() + "` leads out of its path";
        return Optional.empty();
      }
    }
    Target target = new Target(uri, made.hostIsData(), values);
    last = target;
    lastText = made.text();
    return Optional.of(target);
  }

  /** A URL that was put together. */
  private record Made(String text, boolean hostIsData, boolean computed) {}

  private Made url(Map<Template, List<Column.Bytes>> computed, int row) {
    List<Column.Bytes> values = computed.getOrDefault(url, List.of());
    StringBuilder text = new StringBuilder();
    Place place = Place.BEGINNING;
    boolean hostIsData = false;
    int value = 0;
    for (Template.Part part : url.parts()) {
      if (part instanceof Template.Literal literal) {
        text.append(literal.text());
        place = place(text);
      } else {
        String given = values.get(value++).text(row);
        hostIsData |= place != Place.BEHIND;
        text.append(
            switch (place) {
              case BEGINNING -> given;
              case HOST -> encoded(given, OF_HOSTS);
              case SCHEME, BEHIND -> encoded(given, UNRESERVED);
            });
        // What is in data is not to say where a host ends that the file has begun.
        place = place == Place.HOST ? Place.HOST : Place.BEHIND;
      }
    }
    return new Made(text.toString(), hostIsData, value > 0);
  }

  private static Place place(CharSequence text) {
    String soFar = text.toString();
    int host = soFar.indexOf("://");
    if (host < 0) {
      return Place.SCHEME;
    }
    String behind = soFar.substring(host + 3);
    boolean ended = behind.indexOf('/') >= 0 || behind.indexOf('?') >= 0;
    return ended ? Place.BEHIND : Place.HOST;
  }

  private static String text(
      Template template, Map<Template, List<Column.Bytes>> computed, int row) {
    if (template.isConstant()) {
      return literal(template);
    }
    List<Column.Bytes> values = computed.getOrDefault(template, List.of());
    StringBuilder text = new StringBuilder();
    int value = 0;
    for (Template.Part part : template.parts()) {
      text.append(
          part instanceof Template.Literal literal
              ? literal.text()
              : values.get(value++).text(row));
    }
    return text.toString();
  }

  private static String encoded(String value, String marks) {
    StringBuilder text = new StringBuilder(value.length());
    for (byte b : value.getBytes(StandardCharsets.UTF_8)) {
      char c = (char) (b & 0xff);
      boolean plain =
          c >= 'a' && c <= 'z'
              || c >= 'A' && c <= 'Z'
              || c >= '0' && c <= '9'
              || marks.indexOf(c) >= 0;
      text.append(plain ? String.valueOf(c) : String.format(Locale.ROOT, "%%%02X", (int) c));
    }
    return text.toString();
  }

  private static String shown(String value) {
    return value.replaceAll("\\p{Cntrl}", "?");
  }
}
