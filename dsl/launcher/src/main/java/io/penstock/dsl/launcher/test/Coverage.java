package io.penstock.dsl.launcher.test;

import io.penstock.core.logical.LogicalNode;
import io.penstock.core.logical.LogicalPlan;
import io.penstock.core.report.RunReport;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Which steps and outputs of a pipeline the tests reached. Single-threaded. */
final class Coverage {
  private final Map<String, Boolean> reached = new LinkedHashMap<>();

  void add(LogicalPlan plan, RunReport report) {
    Set<String> sinks = new LinkedHashSet<>();
    for (LogicalNode node : plan.nodes()) {
      if (node.section() == LogicalNode.Section.SINKS) {
        sinks.add(node.step());
      }
    }
    for (RunReport.StepReport step : report.steps()) {
      if (step.kind().equals("table") || step.kind().equals("dead_letter")) {
        continue;
      }
      boolean sink = step.kind().equals("sink") && sinks.contains(step.step());
      mark(sink ? "sinks." + step.step() : step.step(), step.in() > 0);
      for (RunReport.OutputCount output : step.outputs()) {
        if (!output.output().isEmpty()) {
          mark(step.step() + "." + output.output(), output.rows() > 0);
        }
      }
    }
  }

  private void mark(String name, boolean hit) {
    reached.merge(name, hit, Boolean::logicalOr);
  }

  /** Steps and outputs that no test reached, in the order of the plan. */
  List<String> missed() {
    return reached.entrySet().stream().filter(e -> !e.getValue()).map(Map.Entry::getKey).toList();
  }

  int total() {
    return reached.size();
  }
}
