package io.penstock.core.logical;

import io.penstock.core.expression.Expression;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * Rows of two inputs that belong together. The first input is the left one. The result has the
 * fields of the left input in their order, then those that are taken of the right one.
 *
 * @param on equal values; null equals nothing; empty: each row with each
 * @param bound how rows that may meet are bounded; empty: both inputs end
 * @param where what is more to be true, over a row with the records {@code left} and {@code right};
 *     looked at before it is known which rows have no partner
 * @param take what is taken of the right row
 * @param asOf each left row meets the latest of its partners that is not after it
 * @param changing whether rows of an input are changes to a table
 */
public record Join(
    List<Pair> on,
    Optional<Bound> bound,
    Optional<Expression> where,
    Type type,
    List<Taken> take,
    boolean asOf,
    boolean changing)
    implements Operation, Operation.ByTime {
  public Join {
    on = List.copyOf(on);
    take = List.copyOf(take);
  }

  /** A join of rows that stay. */
  public Join(
      List<Pair> on,
      Optional<Bound> bound,
      Optional<Expression> where,
      Type type,
      List<Taken> take,
      boolean asOf) {
    this(on, bound, where, type, take, asOf, false);
  }

  /**
   * Values that are equal.
   *
   * @param left over the left row
   * @param right over the right row
   * @param field the field of the result that has the value; empty where neither side's row has it
   *     as a field of the left input
   */
  public record Pair(Expression left, Expression right, Optional<String> field) {}

  /** A field of the right row under its new name. */
  public record Taken(String name, String from) {}

  /** What becomes of rows without a partner. */
  public enum Type {
    INNER,
    LEFT,
    RIGHT,
    FULL,
    /** Left rows that have a partner, once. */
    SEMI,
    /** Left rows that have none. */
    ANTI;

    /** Whether left rows without a partner come out. */
    public boolean keepsLeft() {
      return this == LEFT || this == FULL || this == ANTI;
    }

    /** Whether right rows without a partner come out. */
    public boolean keepsRight() {
      return this == RIGHT || this == FULL;
    }
  }

  /** Which rows may meet. */
  public sealed interface Bound {}

  /**
   * By time: the right row's time minus the left one's lies between.
   *
   * @param before how much earlier the right row may be
   * @param after how much later
   */
  public record Within(Duration before, Duration after) implements Bound {}

  /** Rows of one window. */
  public record InWindow(Window window, Duration lateness) implements Bound {}

  @Override
  public boolean keepsByTime() {
    return bound.isPresent();
  }

  @Override
  public boolean hasWindows() {
    return bound.filter(InWindow.class::isInstance).isPresent();
  }

  @Override
  public <R> R accept(Visitor<R> visitor) {
    return visitor.join(this);
  }
}
