package io.penstock.core.delivery;

import io.penstock.api.sink.SinkUse;
import io.penstock.api.source.SourceTraits;
import io.penstock.core.logical.LogicalNode;
import io.penstock.core.logical.LogicalPlan;
import io.penstock.core.logical.Operation;
import io.penstock.core.logical.OutsideLookups;
import io.penstock.core.logical.Table;
import io.penstock.core.logical.TableLookups;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** The paths of a plan from its sources to its sinks, each with its guarantee. */
public final class Paths {
  private final Map<String, LogicalNode> nodes = new HashMap<>();
  private final Map<String, Table> tables;

  private Paths(LogicalPlan plan) {
    tables = plan.tables();
    plan.nodes().forEach(node -> nodes.put(key(node.section(), node.step()), node));
  }

  /** A source, a sink that its rows reach, and what is promised of them. */
  public record Path(LogicalNode source, LogicalNode sink, Guarantee guarantee) {}

  /** All paths: sinks in the plan's order, the sources of each in the order met upwards. */
  public static List<Path> of(LogicalPlan plan, boolean keepsState) {
    Paths paths = new Paths(plan);
    List<Path> all = new ArrayList<>();
    for (LogicalNode node : plan.nodes()) {
      if (node.operation() instanceof Operation.Write write) {
        SinkUse use = StateUse.of(write, plan.settings(), keepsState);
        List<LogicalNode> sources = new ArrayList<>();
        paths.sources(node, sources, new HashSet<>());
        Optional<String> why = paths.differing(node, new HashSet<>());
        for (LogicalNode source : sources) {
          SourceTraits from = ((Operation.Read) source.operation()).source().traits();
          Guarantee guarantee =
              Guarantee.of(source.step(), from, node.step(), write.sink().traits(use), keepsState);
          all.add(
              new Path(
                  source,
                  node,
                  why.map(s -> guarantee.differing(s, node.step())).orElse(guarantee)));
        }
      }
    }
    return List.copyOf(all);
  }

  private void sources(LogicalNode node, List<LogicalNode> sources, Set<String> seen) {
    if (node.operation() instanceof Operation.Read) {
      sources.add(node);
    }
    for (LogicalNode.Input input : node.inputs()) {
      String key = key(input.section(), input.step());
      LogicalNode above = nodes.get(key);
      if (above != null && seen.add(key)) {
        sources(above, sources, seen);
      }
    }
  }

  /** Why the same rows may come out of a step above as others another time. */
  private Optional<String> differing(LogicalNode node, Set<String> seen) {
    if (!OutsideLookups.in(node.operation()).isEmpty()) {
      return Optional.of("the step `" + node.step() + "` may get other answers when it asks again");
    }
    Optional<String> table = TableLookups.refreshed(node.operation(), tables);
    if (table.isPresent()) {
      return Optional.of(
          "the step `"
              + node.step()
              + "` may find newer rows of the table `"
              + table.get()
              + "` when it looks again");
    }
    for (LogicalNode.Input input : node.inputs()) {
      String key = key(input.section(), input.step());
      LogicalNode above = nodes.get(key);
      if (above != null && seen.add(key)) {
        Optional<String> found = differing(above, seen);
        if (found.isPresent()) {
          return found;
        }
      }
    }
    return Optional.empty();
  }

  private static String key(LogicalNode.Section section, String step) {
    return section + " " + step;
  }
}
