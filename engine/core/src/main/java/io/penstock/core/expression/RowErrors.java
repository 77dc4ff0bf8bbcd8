package io.penstock.core.expression;

import java.util.Collections;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * The rows of one batch for which an expression failed; the first failure of a row counts.
 * Single-threaded.
 */
public final class RowErrors {
  // Most batches have none, and small ones are many.
  private SortedMap<Integer, RowError> errors = Collections.emptySortedMap();

  public void add(int row, RowError error) {
    if (errors.isEmpty()) {
      errors = new TreeMap<>();
    }
    errors.putIfAbsent(row, error);
  }

  public boolean isEmpty() {
    return errors.isEmpty();
  }

  public Optional<RowError> of(int row) {
    return Optional.ofNullable(errors.get(row));
  }

  /** By row, ascending. */
  public SortedMap<Integer, RowError> all() {
    return errors;
  }
}
