package io.penstock.api.data;

/**
 * What a row does to the table that a stream of changes describes. The order is part of what is
 * kept on disk.
 */
public enum Change {
  /** The row is there now, and was not before. */
  INSERT,
  /** The row was there, and goes, because another takes its place; that one follows. */
  UPDATE_BEFORE,
  /** The row takes the place of the one of the same key. */
  UPDATE_AFTER,
  /** The row was there, and goes. */
  DELETE;

  /** Whether the row goes. */
  public boolean takesAway() {
    return this == UPDATE_BEFORE || this == DELETE;
  }
}
