package io.penstock.connectors.jdbc;

import io.penstock.api.data.Column;
import io.penstock.api.data.DataType;
import io.penstock.json.ByteBuilder;
import java.nio.charset.StandardCharsets;
import java.sql.PreparedStatement;
import java.sql.SQLException;

/** Gives values to MariaDB, and refuses what it would change without a word. */
final class MariaDbValues {
  private static final String TOO_LONG = "22001";
  private static final String NO_NUMBER = "22003";

  private MariaDbValues() {}

  /** How values of a type come into a column. */
  static CellValue of(DataType type, TableColumn into) {
    if (type.equals(DataType.STRING)) {
      return new CellValue(
          "?", (to, index, column, row) -> text(to, index, (Column.Bytes) column, row, into));
    }
    if (type.equals(DataType.DOUBLE)) {
      return new CellValue(
          "?", (to, index, column, row) -> number(to, index, (Column.Doubles) column, row, into));
    }
    boolean json =
        type.equals(DataType.JSON)
            || !(type instanceof DataType.Simple) && !(type instanceof DataType.Decimal);
    if (!json) {
      return CellValue.of(type, into);
    }
    CellText.Writing writing = CellText.of(type);
    return new CellValue(
        "?",
        (to, index, column, row) -> {
          ByteBuilder text = new ByteBuilder(256);
          writing.append(column, row, text);
          to.setString(index, new String(text.toArray(), StandardCharsets.UTF_8));
        });
  }

  // Blanks at the end that a column has no room for are cut in the strictest mode.
  private static void text(
      PreparedStatement to, int index, Column.Bytes column, int row, TableColumn into)
      throws SQLException {
    String text = column.text(row);
    boolean counted = into.type().equals("VARCHAR") || into.type().equals("CHAR");
    if (counted
        && text.length() > into.size()
        && text.codePointCount(0, text.length()) > into.size()) {
      throw new SQLException(
          "value too long for column `" + into.name() + "` of " + into.size() + " signs", TOO_LONG);
    }
    if (into.type().equals("CHAR") && text.endsWith(" ")) {
      throw new SQLException(
          "column `" + into.name() + "` is char, which loses blanks at the end", TOO_LONG);
    }
    to.setString(index, text);
  }

  private static void number(
      PreparedStatement to, int index, Column.Doubles column, int row, TableColumn into)
      throws SQLException {
    double value = column.values()[row];
    if (!Double.isFinite(value)) {
      throw new SQLException(
          "column `" + into.name() + "` cannot hold " + value + ", only numbers", NO_NUMBER);
    }
    to.setDouble(index, value);
  }
}
