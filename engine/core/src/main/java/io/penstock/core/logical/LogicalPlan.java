package io.penstock.core.logical;

import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A pipeline, checked.
 *
 * @param name the pipeline's name
 * @param nodes each after those it reads
 * @param tables by name
 * @param deadLetter the sink of dead letters; not among the nodes
 * @param settings the run block
 */
public record LogicalPlan(
    String name,
    List<LogicalNode> nodes,
    Map<String, Table> tables,
    Optional<DeadLetter> deadLetter,
    RunSettings settings) {
  public LogicalPlan {
    nodes = List.copyOf(nodes);
    tables = java.util.Collections.unmodifiableMap(new java.util.LinkedHashMap<>(tables));
  }
}
