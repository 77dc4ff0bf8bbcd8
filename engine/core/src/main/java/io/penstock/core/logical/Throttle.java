package io.penstock.core.logical;

import io.penstock.api.option.Rate;
import io.penstock.core.expression.NamedExpression;
import java.util.List;

/**
 * Lets so many rows through in a time, of each key where there is one.
 *
 * @param by the key; empty: all rows together
 * @param excess what becomes of the others
 */
public record Throttle(Rate rate, List<NamedExpression> by, Excess excess) implements Operation {
  public Throttle {
    by = List.copyOf(by);
  }

  /** What becomes of rows that come too early. */
  public enum Excess {
    /** They come later, and until then less is read. */
    WAIT,
    /** They are left out. */
    DROP
  }

  @Override
  public <R> R accept(Visitor<R> visitor) {
    return visitor.throttle(this);
  }

  /** The same operation, of one that lets rows wait without the waiting: the rows are the same. */
  public static Operation atOnce(Operation operation) {
    return operation instanceof Throttle throttle && throttle.excess == Excess.WAIT
        ? new Union()
        : operation;
  }
}
