package io.penstock.core.run;

import io.penstock.api.problem.PipelineException;
import io.penstock.api.problem.Problem;
import io.penstock.api.sink.Rejects;
import io.penstock.api.sink.SinkTraits;
import io.penstock.api.sink.SinkUse;
import io.penstock.api.sink.SinkWriter;
import io.penstock.api.sink.Staged;
import io.penstock.core.checkpoint.Checkpoint;
import io.penstock.core.delivery.StateUse;
import io.penstock.core.logical.LogicalNode;
import io.penstock.core.logical.Operation;
import io.penstock.core.logical.RunSettings;
import io.penstock.core.operator.DeadLetters;
import io.penstock.core.physical.PhysicalPlan;
import io.penstock.core.physical.Stage;
import io.penstock.core.physical.StepKey;
import io.penstock.core.runner.CrashPoint;
import io.penstock.core.runner.RunRequest;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/** The sinks of a run, the dead letters' last. Used by the supervisor only. */
final class Outputs {
  /** Rows that a sink gave back after the decision. */
  record GivenBack(LogicalNode sink, RejectedRows rows) {}

  private final List<OpenSink> sinks = new ArrayList<>();
  private final Optional<Kept> kept;
  private final Epochs epochs;

  Outputs(Epochs epochs, Optional<Kept> kept) {
    this.epochs = epochs;
    this.kept = kept;
  }

  /**
   * Opens all sinks of a plan; what the last decided epoch has for them is made visible first.
   *
   * @return what sinks give back of that epoch
   */
  List<GivenBack> open(PhysicalPlan plan, RunRequest request, Reports reports) {
    String run =
        kept.map(Kept::run)
            .orElseGet(() -> "r" + Long.toString(request.clock().micros(), Character.MAX_RADIX));
    for (Stage stage : plan.stages()) {
      LogicalNode node = stage.nodes().get(0);
      if (node.operation() instanceof Operation.Write write) {
        boolean letters = stage.kind() == Stage.Kind.DEAD_LETTER;
        RunSettings settings = plan.logical().settings();
        SinkUse use =
            letters
                ? StateUse.ofDeadLetters(settings, kept.isPresent())
                : StateUse.of(write, settings, kept.isPresent());
        OpenSink sink =
            OpenSink.open(
                node, letters ? DeadLetters.SCHEMA : write.given(node.schema()), run, request, use);
        sinks.add(sink);
        reports.location(StepKey.of(node), sink.location());
      }
    }
    List<GivenBack> back = new ArrayList<>();
    kept.ifPresent(state -> recover(state, back));
    sinks.forEach(sink -> sink.begin(kept));
    return back;
  }

  private void recover(Kept state, List<GivenBack> back) {
    state.fence(sinks);
    for (OpenSink sink : sinks) {
      Optional<Checkpoint.SinkState> before = state.sink(key(sink));
      if (before.isPresent()) {
        sink.resume(before.get());
        List<Staged> staged = before.get().staged();
        Rejects rejects = sink.recover(state.firstEpoch() - 1, staged, state);
        back.addAll(given(sink, staged, rejects));
        state.crashes().reached(CrashPoint.RECOVERY_COMMITTED);
      }
      sink.abortFrom(state.firstEpoch());
      state.crashes().reached(CrashPoint.RECOVERY_ABORTED);
    }
  }

  Map<StepKey, SinkWriter> writers() {
    Map<StepKey, SinkWriter> writers = new HashMap<>();
    sinks.forEach(sink -> writers.put(StepKey.of(sink.node()), sink.writer()));
    return writers;
  }

  /** What the checkpoint of the current epoch says of the sinks. */
  Map<String, Checkpoint.SinkState> states() {
    Map<String, Checkpoint.SinkState> states = new HashMap<>();
    for (OpenSink sink : sinks) {
      states.put(key(sink), sink.state(staged(sink)));
    }
    return states;
  }

  private static String key(OpenSink sink) {
    return StepKey.of(sink.node()).shown();
  }

  private List<Staged> staged(OpenSink sink) {
    return staged(epochs.parts(key(sink)));
  }

  private List<Staged> begun(OpenSink sink) {
    return staged(epochs.begun(key(sink)));
  }

  private static List<Staged> staged(List<Part> parts) {
    List<Staged> staged = new ArrayList<>();
    parts.forEach(part -> staged.addAll(part.staged()));
    return staged;
  }

  /**
   * Makes the epoch visible in every sink, in the order of the file.
   *
   * @return what sinks give back of it
   */
  List<GivenBack> commit() {
    List<GivenBack> back = new ArrayList<>();
    for (OpenSink sink : sinks) {
      back.addAll(commit(sink, epochs.current(), staged(sink)));
      kept.ifPresent(state -> state.crashes().reached(CrashPoint.SINK_COMMITTED));
    }
    return back;
  }

  private List<GivenBack> commit(OpenSink sink, long epoch, List<Staged> staged) {
    return given(sink, staged, sink.commit(epoch, staged, kept));
  }

  private List<GivenBack> given(OpenSink sink, List<Staged> staged, Rejects rejects) {
    if (rejects.rows().isEmpty()) {
      return List.of();
    }
    if (sink.kind() == SinkTraits.Kind.SPOOLED) {
      Function<Kept, RejectedRows> rows =
          state ->
              sink.withRows(
                  staged.get(0), state, read -> RejectedRows.of(sink.node(), rejects, read));
      return List.of(new GivenBack(sink.node(), rows.apply(kept.orElseThrow())));
    }
    Rejects.Reject first = rejects.rows().get(0);
    throw new PipelineException(
        Problem.of(
            first.code(),
            sink.node().origin(),
            "`" + sink.node().step() + "` rejected a row as it committed: " + first.message(),
            "mend the row or the target, then run again"));
  }

  /** Leaves the outputs as they were, but for the dead letters, which tell why. */
  void giveUp(Optional<StageTask> letters) {
    for (OpenSink sink : sinks) {
      if (!isLetters(sink)) {
        sink.abort(epochs.current(), begun(sink));
      }
    }
    Optional<OpenSink> sink = sinks.stream().filter(Outputs::isLetters).findFirst();
    if (sink.isPresent() && letters.isPresent()) {
      letters.get().drainLeft();
      letters.get().prepareLeft();
      commit(sink.get(), epochs.current(), begun(sink.get()));
    }
  }

  /** Removes what is staged, but for what is decided: the next run makes that visible. */
  void abortAll() {
    long current = epochs.current();
    boolean decided = kept.filter(state -> state.latestEpoch().orElse(0) >= current).isPresent();
    for (OpenSink sink : sinks) {
      List<Staged> begun = begun(sink);
      if (decided) {
        begun.removeAll(staged(sink));
      }
      sink.abort(decided ? current + 1 : current, begun);
    }
  }

  private static boolean isLetters(OpenSink sink) {
    return sink.node().step().equals(PhysicalPlan.DEAD_LETTER);
  }

  List<? extends AutoCloseable> open() {
    return sinks;
  }
}
