package io.penstock.connectors.jdbc;

import java.util.Optional;

/** The name of a table, with its schema where that is written: {@code sales.orders}. */
record TableName(Optional<String> schema, String name) {
  private static final int LONGEST = 128;

  /** Reads a name; empty where it is none. */
  static Optional<TableName> parse(String text) {
    int dot = text.indexOf('.');
    String schema = dot < 0 ? "" : text.substring(0, dot);
    String name = text.substring(dot + 1);
    if (!isName(name) || dot >= 0 && !isName(schema)) {
      return Optional.empty();
    }
    return Optional.of(new TableName(dot < 0 ? Optional.empty() : Optional.of(schema), name));
  }

  private static boolean isName(String text) {
    return !text.isBlank()
        && text.length() <= LONGEST
        && text.indexOf('.') < 0
        && text.chars().noneMatch(c -> c < ' ' || c == 0x7f);
  }

  /** As it stands in a statement. */
  String quoted(Dialect dialect) {
    return schema.map(s -> dialect.quoted(s) + ".").orElse("") + dialect.quoted(name);
  }

  @Override
  public String toString() {
    return schema.map(s -> s + ".").orElse("") + name;
  }
}
