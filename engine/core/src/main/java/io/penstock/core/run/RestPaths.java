package io.penstock.core.run;

import io.penstock.api.data.Schema;
import io.penstock.api.problem.Origin;
import io.penstock.core.expression.Expression;
import io.penstock.core.expression.typed.Typed;
import io.penstock.core.logical.LogicalNode;
import io.penstock.core.logical.LogicalPlan;
import io.penstock.core.logical.Operation;
import io.penstock.core.logical.StepOutputs;
import io.penstock.core.optimise.PlanExpressions;
import io.penstock.core.physical.StepKey;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * The paths into a source's open rows that the steps below it read, as far as no step in between
 * has made or removed their first name.
 */
final class RestPaths {
  private final LogicalPlan plan;
  private final Map<List<String>, Origin> found = new LinkedHashMap<>();

  private RestPaths(LogicalPlan plan) {
    this.plan = plan;
  }

  /** The paths, in the plan's order, each with the place that reads it first. */
  static Map<List<String>, Origin> of(LogicalPlan plan, LogicalNode source) {
    RestPaths paths = new RestPaths(plan);
    if (source.schema().open()) {
      paths.below(source, Set.of());
    }
    return paths.found;
  }

  private void below(LogicalNode node, Set<String> made) {
    for (LogicalNode reader : plan.nodes()) {
      for (LogicalNode.Input input : reader.inputs()) {
        if (StepKey.of(input).equals(StepKey.of(node))
            && !input.output().equals(StepOutputs.FAILED)) {
          through(reader.operation(), node.schema(), reader.schema(), made)
              .ifPresent(now -> below(reader, now));
        }
      }
    }
  }

  /** The names that are made or removed up to here; empty where nothing is left to follow. */
  private Optional<Set<String>> through(
      Operation operation, Schema in, Schema out, Set<String> made) {
    if (operation instanceof Operation.Union) {
      return Optional.empty();
    }
    if (operation instanceof Operation.Chain chain) {
      return links(chain.links(), in, made);
    }
    if (operation instanceof Operation.Choose choose) {
      for (Operation.Choose.Branch branch : choose.branches()) {
        branch.when().ifPresent(when -> expression(when, in, made));
        links(branch.links(), in, made);
      }
      return Optional.empty();
    }
    PlanExpressions.of(operation).forEach(e -> expression(e, in, made));
    boolean others = operation instanceof Operation.Parse || operation instanceof Operation.Coded;
    return others || !out.open() ? Optional.empty() : Optional.of(after(operation, in, out, made));
  }

  private Optional<Set<String>> links(List<Operation.Link> links, Schema in, Set<String> made) {
    Optional<Set<String>> now = Optional.of(made);
    Schema rows = in;
    for (Operation.Link link : links) {
      if (now.isEmpty()) {
        return now;
      }
      now = through(link.operation(), rows, link.schema(), now.get());
      rows = link.schema();
    }
    return now;
  }

  private static Set<String> after(Operation operation, Schema in, Schema out, Set<String> made) {
    Set<String> now = new HashSet<>(made);
    in.fields().forEach(field -> now.add(field.name()));
    out.fields().forEach(field -> now.add(field.name()));
    if (operation instanceof Operation.Project project) {
      project.rest().ifPresent(now::addAll);
    } else if (operation instanceof Operation.Explode explode) {
      explode.rest().ifPresent(now::addAll);
    }
    return now;
  }

  private void expression(Expression expression, Schema in, Set<String> made) {
    if (in.open()) {
      tree(expression.root(), in.rest(), made);
    }
  }

  private void tree(Typed tree, int rest, Set<String> made) {
    if (tree instanceof Typed.JsonMember member) {
      List<String> path = path(member, rest);
      if (!path.isEmpty()) {
        if (!made.contains(path.get(0))) {
          found.putIfAbsent(path, member.at().origin());
        }
        return;
      }
    }
    tree.parts().forEach(part -> tree(part, rest, made));
  }

  /** The names from the rest down to a member; none where it is a member of something else. */
  private static List<String> path(Typed.JsonMember member, int rest) {
    List<String> names = new ArrayList<>();
    Typed at = member;
    while (at instanceof Typed.JsonMember inner) {
      names.add(0, inner.name());
      at = inner.json();
    }
    return at instanceof Typed.Column column && column.index() == rest ? names : List.of();
  }
}
