package io.penstock.connectors.jdbc;

import java.util.List;
import java.util.stream.Collectors;

/**
 * A statement that brings a row to a table.
 *
 * @param text with a place for each value
 * @param keyAgain whether the values of the key stand once more behind all values
 */
record RowStatement(String text, boolean keyAgain) {
  /** Adds a row. */
  static RowStatement insert(String table, String columns, String values) {
    return new RowStatement(
        "INSERT INTO " + table + " (" + columns + ") VALUES (" + values + ")", false);
  }

  /** The places of values. */
  static String values(List<CellValue> cells) {
    return cells.stream().map(CellValue::placeholder).collect(Collectors.joining(", "));
  }

  /** Names with something between them, and something behind each. */
  static String list(List<String> names, Dialect dialect, String between, String behind) {
    return names.stream()
        .map(name -> dialect.quoted(name) + behind)
        .collect(Collectors.joining(between));
  }
}
