package io.penstock.dsl.language.check;

import io.penstock.api.problem.Origin;
import io.penstock.api.problem.ProblemCode;
import io.penstock.api.problem.Problems;
import io.penstock.core.logical.LogicalNode.Section;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Finds steps that read each other in a circle. */
final class Circles {
  private final Edges edges;
  private final Problems problems;
  private final Map<String, Origin> origins = new HashMap<>();
  private final Set<String> done = new HashSet<>();
  private final Set<String> inside = new HashSet<>();
  private final List<Outlet> way = new ArrayList<>();

  Circles(Edges edges, Problems problems) {
    this.edges = edges;
    this.problems = problems;
  }

  /** Steps, in the order of the file. */
  void add(Section section, String step, Origin origin) {
    origins.put(Outlet.key(section, step), origin);
  }

  /** Follows what a step reads; a circle is reported once. */
  void follow(Section section, String step) {
    follow(new Outlet(section, step, ""));
  }

  /** Whether a step stands in a circle. */
  boolean contain(Section section, String step) {
    return inside.contains(Outlet.key(section, step));
  }

  private void follow(Outlet at) {
    for (int i = 0; i < way.size(); i++) {
      if (way.get(i).key().equals(at.key())) {
        report(way.subList(i, way.size()));
        return;
      }
    }
    if (!done.add(at.key())) {
      return;
    }
    way.add(at);
    edges.read(at.section(), at.step()).orElse(List.of()).forEach(this::follow);
    way.remove(way.size() - 1);
  }

  private void report(List<Outlet> circle) {
    circle.forEach(step -> inside.add(step.key()));
    List<Outlet> down = new ArrayList<>(circle);
    Collections.reverse(down);
    Outlet first = down.get(0);
    for (Outlet step : down) {
      if (origin(step).compareTo(origin(first)) < 0) {
        first = step;
      }
    }
    Collections.rotate(down, -down.indexOf(first));
    List<String> names = new ArrayList<>(down.stream().map(s -> "`" + s.step() + "`").toList());
    names.add(names.get(0));
    problems.add(
        ProblemCode.E206,
        origin(first),
        "rows go round in a circle: " + String.join(" > ", names),
        "let one of them read another step");
  }

  private Origin origin(Outlet step) {
    return origins.getOrDefault(step.key(), Origin.file("?"));
  }
}
