package io.penstock.dsl.language.check;

import com.google.common.graph.ElementOrder;
import com.google.common.graph.GraphBuilder;
import com.google.common.graph.Graphs;
import com.google.common.graph.MutableGraph;
import io.penstock.api.problem.Origin;
import io.penstock.api.problem.ProblemCode;
import io.penstock.api.problem.Problems;
import io.penstock.core.logical.LogicalNode.Section;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import java.util.Set;

/** Finds transforms that read each other in a circle; nothing else can stand in one. */
final class Circles {
  private final Edges edges;
  private final Problems problems;
  private final Map<String, Origin> origins = new HashMap<>();
  private final Set<String> inside = new HashSet<>();
  private final MutableGraph<String> flow =
      GraphBuilder.directed()
          .allowsSelfLoops(true)
          .nodeOrder(ElementOrder.<String>insertion())
          .build();

  Circles(Edges edges, Problems problems) {
    this.edges = edges;
    this.problems = problems;
  }

  /** A transform, in the order of the file. */
  void add(String step, Origin origin) {
    origins.put(step, origin);
    flow.addNode(step);
  }

  /** Reports each circle, once, at its first step. Called once, when all transforms are added. */
  void report() {
    for (String step : List.copyOf(flow.nodes())) {
      for (Outlet read : edges.all(Section.TRANSFORMS, step)) {
        if (read.section() == Section.TRANSFORMS && origins.containsKey(read.step())) {
          flow.putEdge(read.step(), step);
        }
      }
    }
    while (Graphs.hasCycle(flow)) {
      List<String> circle = first();
      report(circle);
      inside.addAll(circle);
      circle.forEach(flow::removeNode);
    }
  }

  /** Whether a transform stands in a circle. */
  boolean contain(String step) {
    return inside.contains(step);
  }

  /** The circle of the first step in the file that stands in one, along the flow of rows. */
  private List<String> first() {
    return flow.nodes().stream()
        .map(this::wayBackTo)
        .flatMap(Optional::stream)
        .findFirst()
        .orElseThrow(() -> new IllegalStateException("a circle without a step"));
  }

  private Optional<List<String>> wayBackTo(String start) {
    Map<String, String> before = new HashMap<>();
    Queue<String> ahead = new ArrayDeque<>(List.of(start));
    while (!ahead.isEmpty()) {
      String at = ahead.remove();
      for (String next : flow.successors(at)) {
        if (next.equals(start)) {
          return Optional.of(way(start, at, before));
        }
        if (before.putIfAbsent(next, at) == null) {
          ahead.add(next);
        }
      }
    }
    return Optional.empty();
  }

  private static List<String> way(String start, String end, Map<String, String> before) {
    LinkedList<String> way = new LinkedList<>();
    for (String at = end; !at.equals(start); at = before.getOrDefault(at, start)) {
      way.addFirst(at);
    }
    way.addFirst(start);
    return way;
  }

  private void report(List<String> circle) {
    List<String> names = new ArrayList<>(circle.stream().map(name -> "`" + name + "`").toList());
    names.add(names.get(0));
    problems.add(
        ProblemCode.E206,
        origins.getOrDefault(circle.get(0), Origin.file("?")),
        "rows go round in a circle: " + String.join(" > ", names),
        "let one of them read another step");
  }
}
