package io.penstock.connectors.jdbc;

import io.penstock.api.data.Column;
import io.penstock.api.data.DataType;
import io.penstock.json.ByteBuilder;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Types;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.Arrays;

/** Gives values of one column to a prepared statement. */
record CellValue(String placeholder, Setting setting) {
  private static final long MICROS = 1_000_000L;
  private static final long NANOS = 1000L;

  /** Gives a value that is not null. */
  @FunctionalInterface
  interface Setting {
    void set(PreparedStatement to, int index, Column column, int row) throws SQLException;
  }

  /** How values of a type come into a column. */
  static CellValue of(DataType type, TableColumn into) {
    if (type instanceof DataType.Decimal decimal) {
      return plain(
          (to, index, column, row) ->
              to.setBigDecimal(
                  index, CellText.exact((Column.Decimals) column, row, decimal.scale())));
    }
    if (!(type instanceof DataType.Simple simple)) {
      NestedText nested = NestedText.of(type);
      return json(nested::append);
    }
    return switch (simple.kind()) {
      case BOOLEAN ->
          plain(
              (to, index, column, row) ->
                  to.setBoolean(index, ((Column.Booleans) column).values()[row]));
      case INT, DURATION ->
          plain((to, index, column, row) -> to.setLong(index, number(column, row)));
      case DOUBLE ->
          plain(
              (to, index, column, row) ->
                  to.setDouble(index, ((Column.Doubles) column).values()[row]));
      case STRING ->
          plain((to, index, column, row) -> to.setString(index, ((Column.Bytes) column).text(row)));
      case BYTES -> plain((to, index, column, row) -> to.setBytes(index, bytes(column, row)));
      case TIMESTAMP -> plain((to, index, column, row) -> time(to, index, column, row, into));
      case DATE ->
          plain(
              (to, index, column, row) ->
                  to.setObject(index, LocalDate.ofEpochDay(number(column, row))));
      case JSON -> json(CellText.of(type));
    };
  }

  private static CellValue plain(Setting setting) {
    return new CellValue("?", setting);
  }

  private static CellValue json(CellText.Writing writing) {
    return new CellValue(
        "? FORMAT JSON",
        (to, index, column, row) -> {
          ByteBuilder text = new ByteBuilder(256);
          writing.append(column, row, text);
          to.setBytes(index, text.toArray());
        });
  }

  private static void time(
      PreparedStatement to, int index, Column column, int row, TableColumn into)
      throws SQLException {
    long micros = number(column, row);
    Instant at =
        Instant.ofEpochSecond(Math.floorDiv(micros, MICROS), Math.floorMod(micros, MICROS) * NANOS);
    if (into.type().contains("ZONE")) {
      to.setObject(index, at.atOffset(ZoneOffset.UTC));
    } else {
      to.setObject(index, LocalDateTime.ofInstant(at, ZoneOffset.UTC));
    }
  }

  private static long number(Column column, int row) {
    return ((Column.Longs) column).values()[row];
  }

  private static byte[] bytes(Column column, int row) {
    Column.Bytes values = (Column.Bytes) column;
    return Arrays.copyOfRange(values.bytes(), values.from(row), values.to(row));
  }

  /** Gives a value, or null. */
  void set(PreparedStatement to, int index, Column column, int row) throws SQLException {
    if (column.isNull(row)) {
      to.setNull(index, Types.NULL);
    } else {
      setting.set(to, index, column, row);
    }
  }
}
