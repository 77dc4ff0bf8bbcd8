package io.penstock.core.logical;

import io.penstock.core.expression.NamedExpression;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * Of rows of one key that are near each other by time, passes one.
 *
 * @param by the key; null is a value like any other
 * @param within how far the time of another may be from the one that passes; empty: any distance
 * @param keep which of them passes
 * @param emit when it does
 * @param changing whether the rows that come in are changes to a table
 */
public record Deduplicate(
    List<NamedExpression> by, Optional<Duration> within, Keep keep, Emit emit, boolean changing)
    implements Operation, Operation.ByTime {
  public Deduplicate {
    by = List.copyOf(by);
  }

  /** One that passes each row once, of rows that stay. */
  public Deduplicate(List<NamedExpression> by, Optional<Duration> within, Keep keep) {
    this(by, within, keep, new Emit.Final(), false);
  }

  /** Whether it passes each row once, of rows that stay. */
  public boolean isPlain() {
    return emit.isFinal() && !changing;
  }

  /** Which row passes. */
  public enum Keep {
    /** The first to arrive, at once. */
    FIRST,
    /** The earliest by its time, when no earlier one can come. */
    EARLIEST,
    /** The latest of those within the time from the earliest, when no other can come. */
    LATEST
  }

  @Override
  public boolean keepsByTime() {
    return within.isPresent() || keep != Keep.FIRST && isPlain();
  }

  @Override
  public boolean hasWindows() {
    return false;
  }

  @Override
  public <R> R accept(Visitor<R> visitor) {
    return visitor.deduplicate(this);
  }
}
