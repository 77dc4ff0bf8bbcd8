package io.penstock.core.expression;

import io.penstock.api.data.Column;
import io.penstock.core.state.StateInput;
import io.penstock.core.state.StateOutput;
import java.io.IOException;
import java.util.Optional;

/** The state of one aggregate for many groups, numbered from 0. Used by one thread. */
public interface Aggregates {
  /**
   * The number of the format in which groups are written. It stands in front of what is written; a
   * later version of the engine reads all former formats.
   */
  int FORMAT = 2;

  /** Writes groups one by one. */
  @FunctionalInterface
  interface GroupWriter {
    /** Writes what is known of a group, one never seen too. */
    void write(int group, StateOutput to) throws IOException;
  }

  /** Makes the state; one per task and call. */
  @FunctionalInterface
  interface Factory {
    Aggregates create();
  }

  /**
   * Takes rows in source order.
   *
   * @param groups for each row its group; group numbers may grow past those seen so far
   * @param count how many rows
   * @param arguments a column per argument, {@code count} rows each
   * @param order of the rows; empty where the pipeline has no times: then they count as they come.
   *     Asked for by those that go by it
   */
  void add(int[] groups, int count, Column[] arguments, Optional<SourceOrder> order);

  /** Whether results depend on the order of rows, so that {@link #add} is to be told of it. */
  default boolean goesByOrder() {
    return false;
  }

  /**
   * Takes over another state of the same call: its group i is our group {@code groups[i]}; of equal
   * turns its rows come after ours.
   */
  void merge(Aggregates other, int[] groups, int count);

  /**
   * The results of the groups 0 to count - 1, those never seen among them.
   *
   * @throws io.penstock.core.expression.EvaluationException where a result overflows
   */
  Column results(int count);

  /**
   * The results of some groups. Where an aggregate knows no better way, those of all groups up to
   * the greatest are made.
   */
  default Column results(int[] groups, int count) {
    int most = 0;
    for (int i = 0; i < count; i++) {
      most = Math.max(most, groups[i] + 1);
    }
    return results(most).gather(groups, count);
  }

  /** A fresh state of the same call that can also take rows back; empty where there is none. */
  default Optional<Retractable> retractable() {
    return Optional.empty();
  }

  /** A state that can take rows back. */
  interface Retractable extends Aggregates {
    /** Takes back rows that were added. */
    void remove(int[] groups, int count, Column[] arguments);
  }

  /** What writes groups of this state, which must not change as long as it is used. */
  GroupWriter writer();

  /**
   * Takes over what was written of one group of a state of the same call, whose rows come after
   * those of our group.
   */
  void read(int group, StateInput from) throws IOException;

  /** About how many bytes of memory it takes. */
  long bytes();
}
