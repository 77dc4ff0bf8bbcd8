package io.penstock.core.expression.aggregate;

import io.penstock.api.data.Column;
import io.penstock.api.data.DataType;
import io.penstock.core.state.StateInput;
import io.penstock.core.state.StateOutput;
import java.io.IOException;

/**
 * A growing array of values of one type, compared by the language's total order. Values are copied
 * in, so that no batch is kept alive. Cells never set are null in the built column.
 * Single-threaded.
 */
sealed interface Cells permits WordCells, DecimalCells, BytesCells, BoxedCells {
  static Cells of(DataType type) {
    if (type instanceof DataType.Decimal) {
      return new DecimalCells();
    }
    if (type instanceof DataType.Simple simple) {
      return switch (simple.kind()) {
        case INT, TIMESTAMP, DATE, DURATION -> new WordCells(WordCells.Kind.LONG);
        case DOUBLE -> new WordCells(WordCells.Kind.DOUBLE);
        case BOOLEAN -> new WordCells(WordCells.Kind.BOOLEAN);
        case STRING, BYTES -> new BytesCells();
        case JSON -> new BoxedCells(type);
      };
    }
    return new BoxedCells(type);
  }

  boolean has(int cell);

  /** Takes over a row that is not null. */
  void set(int cell, Column from, int row);

  /** Takes over a cell of other cells of the same type. */
  void set(int cell, Cells from, int other);

  /** Compares a cell that is set with a row that is not null. */
  int compare(int cell, Column with, int row);

  /** Compares a cell that is set with one of other cells of the same type. */
  int compare(int cell, Cells with, int other);

  /** Equal rows that are not null have equal hashes. */
  int hash(Column of, int row);

  /** The cells 0 to count - 1. */
  Column build(int count);

  /** Some cells, of this type. */
  default Column build(DataType type, int[] cells, int count) {
    Cells picked = of(type);
    for (int i = 0; i < count; i++) {
      if (has(cells[i])) {
        picked.set(i, this, cells[i]);
      }
    }
    return picked.build(count);
  }

  /** Writes a cell that is set. */
  void write(int cell, StateOutput to) throws IOException;

  /** Sets a cell to what was written. */
  void read(int cell, StateInput from) throws IOException;

  /** The hash of a cell that is set, the same as that of an equal row. */
  int hash(int cell);

  /** About how many bytes of memory the cells take. */
  long bytes();
}
