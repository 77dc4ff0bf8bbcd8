package io.penstock.connectors.jdbc;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * A query with places for values, {@code :name}. A colon in a text or a quoted name, or two of
 * them, as in a cast, are no place.
 *
 * @param text with {@code ?} at each place
 * @param names what stands at each place
 */
record NamedQuery(String text, List<String> names) {
  NamedQuery {
    names = List.copyOf(names);
  }

  static NamedQuery of(String written) {
    StringBuilder text = new StringBuilder();
    List<String> names = new ArrayList<>();
    int at = 0;
    while (at < written.length()) {
      char c = written.charAt(at);
      int end = c == '\'' || c == '"' ? written.indexOf(c, at + 1) + 1 : 0;
      if (end > 0) {
        text.append(written, at, end);
      } else if (c == ':'
          && isName(written, at + 1)
          && (at == 0 || written.charAt(at - 1) != ':')) {
        end = at + 1;
        while (isName(written, end)) {
          end++;
        }
        names.add(written.substring(at + 1, end));
        text.append('?');
      } else {
        text.append(c);
        end = at + 1;
      }
      at = end;
    }
    return new NamedQuery(text.toString(), names);
  }

  private static boolean isName(String text, int at) {
    return at < text.length()
        && (Character.isLetterOrDigit(text.charAt(at)) || text.charAt(at) == '_');
  }

  /** What is wrong with a query; empty for nothing. */
  static Optional<String> wrong(String written) {
    Optional<String> wrong = Query.wrong(written);
    if (wrong.isPresent()) {
      return wrong;
    }
    return Query.bare(written).indexOf('?') >= 0
        ? Optional.of("has a `?`, and values have names here")
        : Optional.empty();
  }
}
