package io.penstock.core.operator;

/**
 * An operator that holds rows back until the clock lets them go on. It takes all rows that come and
 * is always ready for a barrier; what it holds is kept. Its task drains it again when it {@link
 * #isDue}, and ends it only when it holds nothing; {@link #holds} and {@link #isFull} are asked by
 * any thread.
 */
public interface Paced extends Operator {
  /** Whether rows are held. */
  boolean holds();

  /** Whether so many are held that nothing more should be read for now. */
  boolean isFull();

  /** Whether some of the rows that are held may go on. */
  boolean isDue();
}
