package io.penstock.connectors.jdbc;

import java.util.Locale;
import java.util.Optional;

/** Looks at the text of a query: one statement that only reads. */
final class Query {
  private Query() {}

  /** What is wrong with it; empty for nothing. */
  static Optional<String> wrong(String text) {
    String bare = bare(text);
    String first = bare.strip().split("[\\s(]", 2)[0].toLowerCase(Locale.ROOT);
    if (!first.equals("select") && !first.equals("with")) {
      return Optional.of("begins with `" + first + "`, and only reading is allowed");
    }
    if (bare.indexOf(';') >= 0) {
      return Optional.of("has a `;`, and one statement is one query");
    }
    if (bare.contains("--") || bare.contains("/*")) {
      return Optional.of("has a comment, which may hide the rest of the query");
    }
    return bare.indexOf('\'') >= 0 || bare.indexOf('"') >= 0
        ? Optional.of("has a quote without its end")
        : Optional.empty();
  }

  /** A query without texts and quoted names, in which anything may stand. */
  static String bare(String text) {
    StringBuilder bare = new StringBuilder();
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      int end = c == '\'' || c == '"' ? text.indexOf(c, i + 1) : -1;
      if (end < 0) {
        bare.append(c);
      } else {
        bare.append('x');
        i = end;
      }
    }
    return bare.toString();
  }
}
