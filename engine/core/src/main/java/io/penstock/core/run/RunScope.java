package io.penstock.core.run;

import io.penstock.api.data.Provenance;
import io.penstock.api.data.Schema;
import io.penstock.core.expression.EvaluationContext;
import io.penstock.core.expression.Execution;
import io.penstock.core.logical.FailedRows;
import io.penstock.core.logical.Join;
import io.penstock.core.logical.LateRows;
import io.penstock.core.logical.LogicalNode;
import io.penstock.core.logical.Operation;
import io.penstock.core.logical.StepOutputs;
import io.penstock.core.operator.DeadLetters;
import io.penstock.core.operator.FailurePolicy;
import io.penstock.core.operator.FailureTally;
import io.penstock.core.operator.Lookups;
import io.penstock.core.operator.MemoryBudget;
import io.penstock.core.operator.RowQuota;
import io.penstock.core.operator.StepContext;
import io.penstock.core.operator.StepCounters;
import io.penstock.core.physical.PhysicalPlan;
import io.penstock.core.physical.StepKey;
import io.penstock.core.runner.RunRequest;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;

/**
 * What all tasks of a run share.
 *
 * @param execution makes what executes expressions
 * @param lookups what lookups find in
 * @param meta the names of {@code meta.*} that the pipeline uses
 * @param seed of {@code random()} and its like
 * @param warnings where what is odd is said
 * @param snapshots where operators leave their state and find it
 * @param slot of the schedule that the run is for, wall time in microseconds
 */
record RunScope(
    PhysicalPlan plan,
    RunRequest request,
    Execution execution,
    Lookups lookups,
    Set<String> meta,
    long seed,
    Meters meters,
    Epochs epochs,
    StopAbove stopAbove,
    FailedUnits failedUnits,
    UnseenNames names,
    Warnings warnings,
    RowQuota quota,
    MemoryBudget memory,
    Snapshots snapshots,
    Optional<Long> slot) {
  RunScope {
    meta = Set.copyOf(meta);
  }

  /**
   * The context of a step in one task.
   *
   * @param found what its lookups find in
   */
  StepContext context(
      LogicalNode node, BatchTime now, FailureTally tally, TaskCounts counts, Lookups found) {
    StepCounters counters =
        meters.counters(StepKey.of(node), StepOutputs.names(node.operation()).size());
    counts.add(StepKey.of(node), counters);
    String stage =
        switch (node.section()) {
          case SOURCES -> "decode";
          case TRANSFORMS -> "transform";
          case SINKS -> "sink";
        };
    String pipeline = plan.logical().name();
    DeadLetters letters = new DeadLetters(pipeline, request.clock(), epochs::current);
    FailurePolicy failures = new FailurePolicy(node, stage, counters, letters, tally);
    EvaluationContext evaluation = new EvaluationContext(now, seed, node.step(), pipeline);
    return new StepContext(
        node,
        inputs(node),
        execution,
        evaluation,
        found,
        request.clock(),
        request.log(),
        counters,
        failures,
        memory,
        partition());
  }

  private Function<Provenance, String> partition() {
    Function<Provenance, Watermarks.Key> keys = new Partitions(plan.logical()).keys();
    return keys.andThen(key -> key.source() + ' ' + key.partition());
  }

  private List<Schema> inputs(LogicalNode node) {
    Map<StepKey, LogicalNode> nodes = plan.nodes();
    List<Schema> schemas = new ArrayList<>();
    node.inputs().forEach(input -> schemas.add(schema(nodes, input)));
    return schemas;
  }

  private static Schema schema(Map<StepKey, LogicalNode> nodes, LogicalNode.Input input) {
    LogicalNode from = nodes.get(StepKey.of(input));
    if (from == null) {
      throw new IllegalArgumentException("no step " + input);
    }
    return schema(from, input.output(), nodes);
  }

  private static Schema schema(LogicalNode from, String output, Map<StepKey, LogicalNode> nodes) {
    if (output.equals(StepOutputs.LATE) && from.operation() instanceof Operation.ByTime timed) {
      List<Schema> inputs = from.inputs().stream().map(i -> schema(nodes, i)).toList();
      return LateRows.of(inputs, timed.hasWindows());
    }
    if (!output.equals(StepOutputs.FAILED)) {
      return from.schema();
    }
    if (from.inputs().isEmpty()) {
      return FailedRows.ofSource();
    }
    if (!(from.operation() instanceof Join)) {
      return FailedRows.of(schema(nodes, from.inputs().get(0)));
    }
    return FailedRows.of(from.inputs().stream().map(i -> schema(nodes, i)).toList());
  }

  /** How many rows a batch has at most. */
  int batchRows() {
    return Math.min(
        request.batchRows().orElse(io.penstock.api.data.Batch.MAX_ROWS),
        io.penstock.api.data.Batch.MAX_ROWS);
  }
}
