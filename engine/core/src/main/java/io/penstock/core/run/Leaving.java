package io.penstock.core.run;

import io.penstock.api.sink.Staged;
import io.penstock.core.checkpoint.Checkpoint;
import io.penstock.core.operator.WriteOperator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** What the task of a stage does as it leaves an epoch. Used by the task. */
final class Leaving {
  private final Epochs.Member member;
  private final TaskCounts counts;
  private final Snapshots snapshots;
  private final List<String> names;
  private final Watermarks watermarks;
  private final boolean wasFinished;
  private boolean rows;

  /**
   * The leavings of one task.
   *
   * @param names of the task's steps, in the order of its operators
   * @param watermarks of the task's entries, which are kept with its first step
   */
  Leaving(
      Epochs.Member member,
      TaskCounts counts,
      Snapshots snapshots,
      List<String> names,
      Watermarks watermarks) {
    this.watermarks = watermarks;
    this.member = member;
    this.counts = counts;
    this.snapshots = snapshots;
    this.names = List.copyOf(names);
    // A stage ends as a whole, and edits add steps behind its first.
    this.wasFinished = snapshots.wasFinished(names.get(0));
  }

  /** Whether the task had ended in the run whose state this one goes on with. */
  boolean wasFinished() {
    return wasFinished;
  }

  Watermarks watermarks() {
    return watermarks;
  }

  void givenRows() {
    rows = true;
  }

  /** Whether the task was given rows in this run. */
  boolean hasRows() {
    return rows;
  }

  /** Operators get back what they held. */
  void restore(Fusion fusion) {
    watermarks.restore(snapshots.times(names.get(0)));
    for (int i = 0; i < names.size(); i++) {
      snapshots.give(names.get(i), fusion.steps().get(i).operator());
    }
  }

  /** The epoch ends for this task, and the next one begins. */
  void passed(long epoch, Fusion fusion) {
    List<Staged> staged = staged(epoch, fusion);
    Map<String, Checkpoint.StageState> stages = new HashMap<>();
    for (int i = 0; i < names.size(); i++) {
      Checkpoint.StageState state =
          snapshots.take(epoch, names.get(i), fusion.steps().get(i).operator());
      if (i == 0) {
        state = new Checkpoint.StageState(state.segments(), state.finished(), watermarks.state());
      }
      if (!state.isEmpty()) {
        stages.put(names.get(i), state);
      }
    }
    member.passed(new Part(Map.of(), stages, staged, counts.now()));
  }

  /** The task has done its last. */
  void ended(Fusion fusion) {
    List<Staged> staged = staged(member.epoch(), fusion);
    Map<String, Checkpoint.StageState> stages = new HashMap<>();
    names.forEach(name -> stages.put(name, new Checkpoint.StageState(List.of(), true)));
    member.ended(new Part(Map.of(), stages, staged, counts.now()));
  }

  private static List<Staged> staged(long epoch, Fusion fusion) {
    return fusion.steps().get(0).operator() instanceof WriteOperator writer
        ? writer.prepare(epoch)
        : List.of();
  }
}
