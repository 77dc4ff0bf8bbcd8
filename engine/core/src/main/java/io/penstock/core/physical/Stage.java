package io.penstock.core.physical;

import io.penstock.core.logical.LogicalNode;
import java.util.List;
import java.util.Set;

/**
 * Steps that are fused: rows pass from one to the next inside a task.
 *
 * @param id counts from 0
 * @param nodes in the plan's order; a source stage begins with its source
 * @param tasks how many tasks work on it side by side
 * @param partial steps of later stages whose groups are made here, block by block
 * @param feeds the stages that rows come from, those first that should be emptied first
 */
public record Stage(
    int id,
    Kind kind,
    List<LogicalNode> nodes,
    int tasks,
    Set<StepKey> partial,
    List<Integer> feeds) {
  public Stage {
    nodes = List.copyOf(nodes);
    partial = Set.copyOf(partial);
    feeds = List.copyOf(feeds);
  }

  /** Whether a step is done here. */
  public boolean has(StepKey key) {
    return nodes.stream().anyMatch(node -> StepKey.of(node).equals(key));
  }

  /** What stands at the beginning of a stage. */
  public enum Kind {
    /** A source, and everything that works on row after row below it. */
    SOURCE,
    /** What needs the rows of several tasks together. */
    TRANSFORM,
    SINK,
    DEAD_LETTER
  }
}
