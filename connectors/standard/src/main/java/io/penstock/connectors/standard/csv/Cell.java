package io.penstock.connectors.standard.csv;

import io.penstock.api.data.DataType;
import io.penstock.api.data.Field;
import io.penstock.connectors.standard.value.ScalarReader;
import io.penstock.connectors.standard.value.UnusedText;
import java.nio.charset.StandardCharsets;

/** Where the cells of one place in the records go. */
final class Cell {
  /** Passed over. */
  static final int DROPPED = -1;

  /** A member of the rest. */
  static final int KEPT = -2;

  private final String name;
  private final byte[] utf8;
  private final int column;
  private final ScalarReader reader;
  private final boolean optional;
  private final boolean text;

  private Cell(String name, int column, ScalarReader reader, boolean optional, boolean text) {
    this.name = name;
    this.utf8 = name.getBytes(StandardCharsets.UTF_8);
    this.column = column;
    this.reader = reader;
    this.optional = optional;
    this.text = text;
  }

  static Cell of(Field field, int column, ScalarReader reader) {
    boolean text = field.type().type().equals(DataType.STRING);
    return new Cell(field.name(), column, reader, field.type().optional(), text);
  }

  /** A cell of a name that the schema does not have. */
  static Cell unnamed(String name, int column) {
    return new Cell(name, column, new UnusedText(), true, true);
  }

  String name() {
    return name;
  }

  /** The name as UTF-8; not to be written. */
  byte[] utf8() {
    return utf8;
  }

  /** The column's index, or {@link #DROPPED} or {@link #KEPT}. */
  int column() {
    return column;
  }

  ScalarReader reader() {
    return reader;
  }

  boolean optional() {
    return optional;
  }

  /** Whether an empty cell is a value. */
  boolean text() {
    return text;
  }
}
