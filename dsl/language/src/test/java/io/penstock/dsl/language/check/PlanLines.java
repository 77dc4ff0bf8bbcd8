package io.penstock.dsl.language.check;

import io.penstock.core.logical.ChangeStreams;
import io.penstock.core.logical.LogicalNode;
import io.penstock.core.logical.LogicalPlan;
import io.penstock.core.logical.Operation;
import io.penstock.core.logical.Table;
import java.util.Locale;
import java.util.TreeSet;

/** A logical plan as lines, for cases. */
final class PlanLines {
  private final StringBuilder out = new StringBuilder();

  static String of(LogicalPlan plan) {
    PlanLines lines = new PlanLines();
    lines.line(0, "pipeline " + plan.name() + " " + plan.settings());
    plan.tables().values().forEach(t -> lines.line(0, table(t)));
    ChangeStreams changes = new ChangeStreams(plan.nodes());
    plan.nodes().forEach(node -> lines.node(node, changes));
    plan.deadLetter().ifPresent(d -> lines.line(0, "dead letters to " + d.sink().paths()));
    return lines.out.toString();
  }

  private static String table(Table table) {
    return "table "
        + table.name()
        + " "
        + table.schema()
        + " by "
        + table.key()
        + table.refresh().map(refresh -> " " + refresh).orElse("");
  }

  private void node(LogicalNode node, ChangeStreams changes) {
    line(
        0,
        node.section().name().toLowerCase(Locale.ROOT)
            + "."
            + node.step()
            + (node.inputs().isEmpty() ? "" : " < " + node.inputs())
            + " on error "
            + node.onError().name().toLowerCase(Locale.ROOT));
    operation(1, node.operation());
    line(1, "= " + node.schema());
    changes.key(node).ifPresent(key -> line(1, "changes by " + key.fields()));
  }

  private void operation(int depth, Operation operation) {
    if (operation instanceof Operation.Chain chain) {
      line(depth, "chain");
      chain.links().forEach(link -> link(depth + 1, link));
    } else if (operation instanceof Operation.Choose choose) {
      line(depth, "choose");
      for (Operation.Choose.Branch branch : choose.branches()) {
        line(depth + 1, "when " + branch.when().map(Object::toString).orElse("any"));
        branch.links().forEach(link -> link(depth + 2, link));
        operation(depth + 2, branch.toResult());
      }
    } else if (operation instanceof Operation.Project project) {
      String rest = project.rest().map(r -> " rest without " + new TreeSet<>(r)).orElse("");
      line(depth, "project " + project.fields() + rest);
    } else if (operation instanceof Operation.Read read) {
      line(depth, "read " + read.source().paths() + " " + read.decoding().unknownFields());
      if (!read.computed().isEmpty()) {
        line(depth, "compute " + read.computed());
      }
      read.eventTime().ifPresent(time -> line(depth, time.toString()));
    } else if (operation instanceof Operation.Write write) {
      String floor = write.floor().map(f -> " " + f).orElse("");
      line(depth, "write " + write.sink().paths() + " " + write.templates() + floor);
    } else if (operation instanceof Operation.Parse parse) {
      line(
          depth,
          "parse " + parse.text() + " as " + parse.decoding().schema() + " into " + parse.into());
    } else if (operation instanceof Operation.Aggregate aggregate) {
      line(depth, "by " + aggregate.by());
      aggregate
          .compute()
          .forEach(
              c -> {
                line(depth, c.name() + " = " + c.outer() + ": " + c.outer().type());
                c.calls()
                    .forEach(
                        call ->
                            line(
                                depth + 1,
                                call.function()
                                    + call.arguments()
                                    + " "
                                    + call.where().map(Object::toString).orElse("")));
              });
      aggregate.having().ifPresent(h -> line(depth, "having " + h));
    } else {
      line(depth, operation.toString());
    }
  }

  private void link(int depth, Operation.Link link) {
    operation(depth, link.operation());
    line(depth, "= " + link.schema());
  }

  private void line(int depth, String text) {
    out.append("  ".repeat(depth)).append(text.stripTrailing()).append('\n');
  }
}
