package io.penstock.core.run;

import io.penstock.api.problem.PipelineException;
import io.penstock.api.problem.Problem;
import io.penstock.api.sink.Rejects;
import io.penstock.api.sink.SinkWriter;
import io.penstock.core.logical.LogicalNode;
import io.penstock.core.logical.Operation;
import io.penstock.core.operator.DeadLetters;
import io.penstock.core.physical.PhysicalPlan;
import io.penstock.core.physical.Stage;
import io.penstock.core.physical.StepKey;
import io.penstock.core.runner.RunRequest;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The sinks of a run, the dead letters' last. Used by the supervisor only. */
final class Outputs {
  private final List<OpenSink> sinks = new ArrayList<>();
  private final Epochs epochs;

  Outputs(Epochs epochs) {
    this.epochs = epochs;
  }

  /** Opens all sinks of a plan. */
  void open(PhysicalPlan plan, RunRequest request, Reports reports) {
    String run = "r" + Long.toString(request.clock().micros(), Character.MAX_RADIX);
    for (Stage stage : plan.stages()) {
      LogicalNode node = stage.nodes().get(0);
      if (node.operation() instanceof Operation.Write write) {
        boolean letters = stage.kind() == Stage.Kind.DEAD_LETTER;
        OpenSink sink =
            OpenSink.open(
                node, letters ? DeadLetters.SCHEMA : write.given(node.schema()), run, request);
        sinks.add(sink);
        reports.location(StepKey.of(node), sink.location());
      }
    }
  }

  Map<StepKey, SinkWriter> writers() {
    Map<StepKey, SinkWriter> writers = new HashMap<>();
    sinks.forEach(sink -> writers.put(StepKey.of(sink.node()), sink.writer()));
    return writers;
  }

  /** Makes the epoch visible in every sink, in the order of the file. */
  void commit() {
    sinks.forEach(this::commit);
  }

  private void commit(OpenSink sink) {
    Rejects rejects = sink.commit(epochs.current(), epochs.staged(sink.node().step()));
    if (!rejects.rows().isEmpty()) {
      Rejects.Reject first = rejects.rows().get(0);
      throw new PipelineException(
          Problem.of(
              first.code(),
              sink.node().origin(),
              "`" + sink.node().step() + "` rejected a row as it committed: " + first.message(),
              "mend the row or the target, then run again"));
    }
  }

  /** Leaves the outputs as they were, but for the dead letters, which tell why. */
  void giveUp(Optional<StageTask> letters) {
    for (OpenSink sink : sinks) {
      if (!isLetters(sink)) {
        sink.abort(epochs.current(), epochs.staged(sink.node().step()));
      }
    }
    Optional<OpenSink> sink = sinks.stream().filter(Outputs::isLetters).findFirst();
    if (sink.isPresent() && letters.isPresent()) {
      letters.get().drainLeft();
      letters.get().prepareLeft();
      commit(sink.get());
    }
  }

  /** Removes everything that is staged. */
  void abortAll() {
    sinks.forEach(sink -> sink.abort(epochs.current(), epochs.staged(sink.node().step())));
  }

  private static boolean isLetters(OpenSink sink) {
    return sink.node().step().equals(PhysicalPlan.DEAD_LETTER);
  }

  List<? extends AutoCloseable> open() {
    return sinks;
  }
}
