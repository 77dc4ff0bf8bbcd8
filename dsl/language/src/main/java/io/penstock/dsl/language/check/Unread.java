package io.penstock.dsl.language.check;

import io.penstock.api.option.Entry;
import io.penstock.api.option.ExpressionText;
import io.penstock.api.problem.Origin;
import io.penstock.api.problem.ProblemCode;
import io.penstock.api.problem.Problems;
import io.penstock.core.logical.LogicalNode.Section;
import io.penstock.core.logical.StepOutputs;
import io.penstock.dsl.language.bind.BoundPipeline;
import io.penstock.dsl.language.bind.StepHead;
import io.penstock.dsl.language.transform.Route;
import io.penstock.dsl.language.transform.TransformConfig;
import java.util.List;
import java.util.Set;

/** Warns of steps and outputs that nobody reads. */
final class Unread {
  private final BoundPipeline pipeline;
  private final Edges edges;
  private final Set<Outlet> read;
  private final Problems problems;

  Unread(BoundPipeline pipeline, Edges edges, Set<Outlet> read, Problems problems) {
    this.pipeline = pipeline;
    this.edges = edges;
    this.read = read;
    this.problems = problems;
  }

  void report() {
    if (edges.isPartial()) {
      return;
    }
    pipeline.sources().forEach(s -> step(Section.SOURCES, s.head(), "source"));
    pipeline
        .transforms()
        .forEach(
            t -> {
              boolean any = step(Section.TRANSFORMS, t.head(), "transform");
              if (any && t.config() instanceof Route route) {
                outputs(route, t.head());
              }
              if (any && ((TransformConfig) t.config()).keepsByTime()) {
                output(t.head(), StepOutputs.LATE, t.head().origin());
              }
            });
  }

  private boolean step(Section section, StepHead head, String kind) {
    boolean any =
        read.stream().anyMatch(o -> o.section() == section && o.step().equals(head.name()));
    if (!any) {
      problems.add(
          ProblemCode.W201,
          head.origin(),
          "nobody reads the " + kind + " `" + head.name() + "`",
          "read it with `from: " + head.name() + "`, or remove it");
    }
    return any;
  }

  private void outputs(Route route, StepHead head) {
    List<Entry<ExpressionText>> cases = route.cases().entries();
    boolean takesAll = false;
    for (Entry<ExpressionText> one : cases) {
      String name = String.join(".", one.name().names());
      if (!Route.RESERVED.contains(name)) {
        output(head, name, one.origin());
      }
      takesAll |= one.value().text().trim().equals("true");
    }
    if (!takesAll) {
      output(head, "otherwise", head.origin());
    }
  }

  private void output(StepHead head, String name, Origin at) {
    if (!read.contains(new Outlet(Section.TRANSFORMS, head.name(), name))) {
      problems.add(
          ProblemCode.W202,
          at,
          "nobody reads `" + head.name() + "." + name + "`; its rows are counted and dropped",
          "send it to a sink, `discard: {}` where they are not wanted");
    }
  }
}
