package io.penstock.core.operator;

import io.penstock.api.data.ColumnBuilder;
import io.penstock.core.state.StateInput;
import io.penstock.core.state.StateOutput;
import java.io.IOException;

/**
 * What one call of a step {@code over} gives to rows. The rows of a series come one by one; before
 * each, the rows of its frame enter and those of the frame before leave. Single-threaded.
 */
interface OverValue {
  /**
   * Gives a row its value.
   *
   * @throws io.penstock.core.expression.EvaluationException where there is none; then nothing was
   *     appended
   */
  void give(OverSeries series, long row, ColumnBuilder to);

  /** A row is in the frame now. */
  default void enter(OverSeries series, long row) {}

  /** A row is in the frame no longer. */
  default void leave(OverSeries series, long row) {}

  /** Forgets what is in frames. */
  default void forgetFrames() {}

  /** Whether it knows something of rows that are gone, which is written with {@link #write}. */
  default boolean isRunning() {
    return false;
  }

  /** What is written from here on is what is known now. */
  default void prepare() {}

  /** Begins to number groups anew; those that go on are {@link #move moved}. */
  default void renumber() {}

  /** A group goes on under another number. */
  default void move(int group, int to) {}

  /** All groups are written, or have their new numbers. */
  default void written() {}

  /** Writes what is known of a group. */
  default void write(int group, StateOutput to) throws IOException {}

  /** Takes over what was written. */
  default void read(int group, StateInput from) throws IOException {}

  /** About how many bytes of memory it takes. */
  default long bytes() {
    return 0;
  }
}
