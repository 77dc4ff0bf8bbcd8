package io.penstock.core.operator;

import io.penstock.core.expression.RowErrors;
import java.util.Optional;

/**
 * A row operation, alone or as a link of a chain. Used by one thread at a time; keeps nothing
 * between calls that a result depends on.
 */
interface RowStep {
  /**
   * The rows that come of these. Failures are reported under the index of the row that the tracing
   * began with; what else came of such a row is dropped later.
   */
  Traced apply(Traced in, RowErrors failed);

  /** What follows the time that it gives to rows; empty where it gives none. */
  default Optional<TimeTracker> timer() {
    return Optional.empty();
  }

  /** Whether more rows may come out than went in. */
  default boolean expands() {
    return false;
  }
}
