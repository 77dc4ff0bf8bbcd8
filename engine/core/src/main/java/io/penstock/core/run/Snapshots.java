package io.penstock.core.run;

import io.penstock.core.checkpoint.Checkpoint;
import io.penstock.core.operator.Operator;
import java.util.List;

/** Takes the state of operators at barriers, and gives it back at the start. Thread-safe. */
interface Snapshots {
  /** Where no state is kept. */
  Snapshots NONE =
      new Snapshots() {
        @Override
        public Checkpoint.StageState take(long epoch, String step, Operator operator) {
          return EMPTY;
        }

        @Override
        public void give(String step, Operator operator) {}

        @Override
        public List<Checkpoint.PartitionTime> times(String step) {
          return List.of();
        }

        @Override
        public boolean wasFinished(String step) {
          return false;
        }
      };

  /** A step that holds nothing. */
  Checkpoint.StageState EMPTY = new Checkpoint.StageState(List.of(), false);

  /** The state of an operator as it leaves an epoch. */
  Checkpoint.StageState take(long epoch, String step, Operator operator);

  /** Hands an operator the state that it had in the run before. */
  void give(String step, Operator operator);

  /** How far time had come at the inputs of the task that begins with the step. */
  List<Checkpoint.PartitionTime> times(String step);

  /** Whether the step had handed on its last rows in the run before. */
  boolean wasFinished(String step);
}
