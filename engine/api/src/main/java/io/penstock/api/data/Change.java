package io.penstock.api.data;

import java.util.Optional;

/**
 * What a row does to the table that a stream of changes describes. Each change has all fields, also
 * one that takes away: those of the row that was there. An update is two rows, one straight after
 * the other and in one batch. The order is part of what is kept on disk.
 */
public enum Change {
  /** The row is there now, and was not before. */
  INSERT,
  /** The row was there, and goes, because another takes its place; that one follows. */
  UPDATE_BEFORE,
  /** The row takes the place of the one straight before it, of the same key or of another. */
  UPDATE_AFTER,
  /** The row was there, and goes. */
  DELETE;

  private static final Change[] ALL = values();

  /** Whether the row goes. */
  public boolean takesAway() {
    return this == UPDATE_BEFORE || this == DELETE;
  }

  /** What a row of a batch does; rows without operations are inserts. */
  public static Change of(Batch rows, int row) {
    Optional<Column.Longs> operations = rows.marks().operations();
    return operations.isEmpty() ? INSERT : ALL[(int) operations.get().values()[row]];
  }
}
