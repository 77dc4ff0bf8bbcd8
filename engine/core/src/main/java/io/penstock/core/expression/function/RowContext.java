package io.penstock.core.expression.function;

import java.util.OptionalLong;

/** The row at hand, for functions that depend on more than their arguments. */
public interface RowContext {
  /** When the row's batch was read, micros; in micro-batches the plan's time. */
  long now();

  /** The slot for which the row's batch was planned, micros; without a schedule as {@link #now}. */
  long slot();

  /**
   * The next 64 random bits. They come from (seed, step, split, position, index), so they repeat
   * when the row does; a second call for the same row gives other bits.
   */
  long random();

  /** The row's event time, micros, where the pipeline has one. */
  OptionalLong eventTime();

  /** The pipeline's name. */
  String pipeline();

  /** The name of the source that the row comes from. */
  String source();
}
