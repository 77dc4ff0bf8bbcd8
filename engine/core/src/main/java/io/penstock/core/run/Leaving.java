package io.penstock.core.run;

import io.penstock.api.sink.Staged;
import io.penstock.core.checkpoint.Checkpoint;
import io.penstock.core.operator.WriteOperator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What the task of a stage does as it leaves an epoch. Used by the task. */
final class Leaving {
  /** Has what a sink has staged made durable. */
  @FunctionalInterface
  interface Force {
    /** At once, by the task. */
    Force NOW = (forcing, last) -> forcing.ifPresent(Runnable::run);

    /**
     * Does so now or later, but before the epoch is ready.
     *
     * @param forcing empty where all is durable
     * @param last whether the sink stages nothing more in this run
     */
    void force(Optional<Runnable> forcing, boolean last);
  }

  private final Epochs.Member member;
  private final TaskCounts counts;
  private final Snapshots snapshots;
  private final List<String> names;
  private final Watermarks watermarks;
  private final Force force;
  private final boolean wasFinished;
  private boolean rows;

  /**
   * The leavings of one task.
   *
   * @param names of the task's steps, in the order of its operators
   * @param watermarks of the task's entries, which are kept with its first step
   * @param force for what its sink stages, if it has one
   */
  Leaving(
      Epochs.Member member,
      TaskCounts counts,
      Snapshots snapshots,
      List<String> names,
      Watermarks watermarks,
      Force force) {
    this.watermarks = watermarks;
    this.member = member;
    this.counts = counts;
    this.snapshots = snapshots;
    this.names = List.copyOf(names);
    this.force = force;
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

  /** Whether a barrier is asked for that this task has not passed. */
  boolean isAsked() {
    return member.asked() >= member.epoch();
  }

  /** The epoch of that barrier. */
  long asked() {
    return member.asked();
  }

  /** The epoch ends for this task, and the next one begins. */
  void passed(long epoch, Fusion fusion) {
    List<Staged> staged = staged(epoch, fusion, false);
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
    List<Staged> staged = staged(member.epoch(), fusion, true);
    Map<String, Checkpoint.StageState> stages = new HashMap<>();
    names.forEach(name -> stages.put(name, new Checkpoint.StageState(List.of(), true)));
    member.ended(new Part(Map.of(), stages, staged, counts.now()));
  }

  private List<Staged> staged(long epoch, Fusion fusion, boolean last) {
    if (!(fusion.steps().get(0).operator() instanceof WriteOperator writer)) {
      return List.of();
    }
    List<Staged> staged = writer.prepare(epoch);
    force.force(writer.forcing(), last);
    return staged;
  }
}
