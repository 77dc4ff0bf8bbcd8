package io.penstock.core.optimise;

import io.penstock.api.format.Format;
import io.penstock.core.logical.Fallibility;
import io.penstock.core.logical.LogicalNode;
import io.penstock.core.logical.LogicalNode.OnError;
import io.penstock.core.logical.LogicalPlan;
import io.penstock.core.logical.Operation;
import io.penstock.core.logical.StepOutputs;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Makes a plan cheaper without changing what it means: the same rows and the same failures. It
 * tells each decoder which fields are read, the others are checked, but not kept; and which rows a
 * filter straight above a source lets through.
 */
public final class Optimiser {
  private Optimiser() {}

  /** A step, as a key. */
  private record Step(LogicalNode.Section section, String name) {}

  /** The plan for a run that reads its sources as far as they go. */
  public static LogicalPlan optimise(LogicalPlan plan) {
    return Ranges.told(used(plan));
  }

  /**
   * The plan for a run.
   *
   * @param counts whether the run ends after a number of rows, so that each one counts, also those
   *     that a filter drops
   */
  public static LogicalPlan optimise(LogicalPlan plan, boolean counts) {
    return counts ? used(plan) : optimise(plan);
  }

  private static LogicalPlan used(LogicalPlan plan) {
    Map<Step, Needs> needed = new HashMap<>();
    Set<Step> late = new HashSet<>();
    List<LogicalNode> nodes = new ArrayList<>(plan.nodes());
    for (int i = nodes.size() - 1; i >= 0; i--) {
      LogicalNode node = nodes.get(i);
      Step step = new Step(node.section(), node.step());
      Needs below = needed.getOrDefault(step, Needs.NONE);
      // Late rows show the row as it came in.
      Needs above = late.contains(step) ? Needs.ALL : ofInput(node, below);
      for (LogicalNode.Input input : node.inputs()) {
        if (input.output().equals(StepOutputs.LATE)) {
          late.add(new Step(input.section(), input.step()));
        }
        needed.merge(new Step(input.section(), input.step()), above, Needs::and);
      }
      if (node.operation() instanceof Operation.Read read) {
        nodes.set(i, decoding(node, read, above));
      }
    }
    return new LogicalPlan(plan.name(), nodes, plan.tables(), plan.deadLetter(), plan.settings());
  }

  /** What a step reads of its input; everything where a failure shows the row as it came in. */
  private static Needs ofInput(LogicalNode node, Needs below) {
    boolean showsRow = node.onError() == OnError.DEAD_LETTER || node.onError() == OnError.OUTPUT;
    boolean fails =
        node.operation() instanceof Operation.Read read
            ? Fallibility.ofRows(read)
            : Fallibility.of(node.operation());
    if (showsRow && fails) {
      return Needs.ALL;
    }
    return node.operation().accept(new NeedsAbove(below));
  }

  private static LogicalNode decoding(LogicalNode node, Operation.Read read, Needs needs) {
    Format.Decoding all = read.decoding();
    if (needs.all() || all.schema().open()) {
      return node;
    }
    Format.Decoding used =
        new Format.Decoding(
            all.schema(), needs.paths(), false, all.unknownFields(), all.types(), all.maxRecord());
    return node.with(
        new Operation.Read(read.source(), read.format(), used, read.computed(), read.eventTime()));
  }
}
