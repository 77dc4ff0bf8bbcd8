package io.penstock.dsl.language.bind;

import io.penstock.api.data.FieldPath;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Reads {@code event.kind} and {@code 'a.b'.c}; a name may hold any other character. */
final class FieldPaths {
  private FieldPaths() {}

  /** The path; empty where a name is empty or a quote not closed. */
  static Optional<FieldPath> read(String text) {
    List<String> names = new ArrayList<>();
    int at = 0;
    while (at <= text.length()) {
      boolean quoted = at < text.length() && (text.charAt(at) == '\'' || text.charAt(at) == '"');
      int closing = quoted ? text.indexOf(text.charAt(at), at + 1) : -1;
      boolean whole =
          closing > 0 && (closing + 1 == text.length() || text.charAt(closing + 1) == '.');
      int end = whole ? closing + 1 : text.indexOf('.', at);
      if (end < 0) {
        end = text.length();
      }
      String name = whole ? text.substring(at + 1, closing) : text.substring(at, end);
      if (name.isBlank()) {
        return Optional.empty();
      }
      names.add(name);
      at = end + 1;
    }
    return Optional.of(new FieldPath(names));
  }
}
