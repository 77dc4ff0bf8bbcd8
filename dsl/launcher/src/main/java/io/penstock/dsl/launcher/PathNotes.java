package io.penstock.dsl.launcher;

import io.penstock.api.sink.SinkTraits;
import io.penstock.api.sink.SinkUse;
import io.penstock.core.logical.LogicalNode;
import io.penstock.core.logical.LogicalPlan;
import io.penstock.core.logical.Operation;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * What to say of a pipeline that is right: for each sink its sources, the guarantee, the fields.
 */
final class PathNotes {
  private PathNotes() {}

  static List<String> of(LogicalPlan plan) {
    Map<String, LogicalNode> nodes = new HashMap<>();
    for (LogicalNode node : plan.nodes()) {
      nodes.put(node.section() + " " + node.step(), node);
    }
    List<String> notes = new ArrayList<>();
    for (LogicalNode node : plan.nodes()) {
      if (node.operation() instanceof Operation.Write write) {
        Set<LogicalNode> sources = new LinkedHashSet<>();
        sources(node, nodes, sources, new LinkedHashSet<>());
        List<String> names = new ArrayList<>();
        for (LogicalNode source : sources) {
          names.add(source.step());
        }
        String from = String.join(", ", names);
        notes.add(node.step() + " <- " + from + ": " + guarantee(write, sources));
        notes.add("  " + node.schema());
      }
    }
    return notes;
  }

  /** The guarantee of each sink, in words. */
  static Map<String, String> guarantees(LogicalPlan plan) {
    Map<String, LogicalNode> nodes = new HashMap<>();
    for (LogicalNode node : plan.nodes()) {
      nodes.put(node.section() + " " + node.step(), node);
    }
    Map<String, String> guarantees = new java.util.TreeMap<>();
    for (LogicalNode node : plan.nodes()) {
      if (node.operation() instanceof Operation.Write write) {
        Set<LogicalNode> sources = new LinkedHashSet<>();
        sources(node, nodes, sources, new LinkedHashSet<>());
        guarantees.put(node.step(), guarantee(write, sources));
      }
    }
    return guarantees;
  }

  private static void sources(
      LogicalNode node,
      Map<String, LogicalNode> nodes,
      Set<LogicalNode> sources,
      Set<String> seen) {
    if (node.operation() instanceof Operation.Read) {
      sources.add(node);
    }
    for (LogicalNode.Input input : node.inputs()) {
      String key = input.section() + " " + input.step();
      LogicalNode above = nodes.get(key);
      if (above != null && seen.add(key)) {
        sources(above, nodes, sources, seen);
      }
    }
  }

  private static String guarantee(Operation.Write write, Set<LogicalNode> sources) {
    for (LogicalNode source : sources) {
      if (source.operation() instanceof Operation.Read read && !read.source().traits().bounded()) {
        return "no guarantee, since no position is kept: a new start begins anew";
      }
    }
    return write.sink().traits(SinkUse.EPHEMERAL).kind() == SinkTraits.Kind.IMMEDIATE
        ? "rows go out at once; a run that fails may have written some"
        : "all or nothing, when the run ends";
  }
}
