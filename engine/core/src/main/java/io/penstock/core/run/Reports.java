package io.penstock.core.run;

import io.penstock.core.logical.LogicalNode;
import io.penstock.core.logical.LogicalPlan;
import io.penstock.core.logical.StepOutputs;
import io.penstock.core.operator.MemoryBudget;
import io.penstock.core.operator.StepCounters;
import io.penstock.core.physical.PhysicalPlan;
import io.penstock.core.physical.StepKey;
import io.penstock.core.report.RunReport;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.TreeMap;

/** Puts the figures of a run together. */
final class Reports {
  private final LogicalPlan plan;
  private final Meters meters;
  private final Map<StepKey, String> locations = new HashMap<>();
  private final Map<StepKey, Long> totals = new HashMap<>();
  private final Map<String, Shown> tables = new HashMap<>();
  private final Map<String, Integer> refreshes = new HashMap<>();
  private final Map<String, Integer> failures = new HashMap<>();
  private Optional<MemoryBudget> memory = Optional.empty();

  /**
   * The version of a table.
   *
   * @param readAt empty where it is read only once
   */
  private record Shown(long rows, Optional<Instant> readAt) {
    @Override
    public String toString() {
      return rows + " rows" + readAt.map(at -> ", read at " + at).orElse("");
    }
  }

  Reports(LogicalPlan plan, Meters meters) {
    this.plan = plan;
    this.meters = meters;
  }

  synchronized void location(StepKey step, String location) {
    locations.put(step, location);
  }

  synchronized void total(StepKey step, long bytes) {
    totals.put(step, bytes);
  }

  /**
   * The version of a table.
   *
   * @param readAt empty where it is read only once
   */
  synchronized void table(String name, long rows, Optional<Instant> readAt) {
    tables.put(name, new Shown(rows, readAt));
  }

  /** A table was read again. */
  synchronized void refreshed(String name) {
    refreshes.merge(name, 1, Integer::sum);
  }

  /** A table could not be read again. */
  synchronized void refreshFailed(String name) {
    failures.merge(name, 1, Integer::sum);
  }

  /** The tables that are read again, by name. */
  synchronized List<RunReport.TableReport> refreshedTables() {
    List<RunReport.TableReport> reports = new ArrayList<>();
    new TreeMap<>(tables)
        .forEach(
            (name, shown) ->
                shown
                    .readAt()
                    .ifPresent(
                        at ->
                            reports.add(
                                new RunReport.TableReport(
                                    name,
                                    shown.rows(),
                                    at,
                                    refreshes.getOrDefault(name, 0),
                                    failures.getOrDefault(name, 0)))));
    return reports;
  }

  /** Where what steps hold is counted. */
  synchronized void heldIn(MemoryBudget budget) {
    memory = Optional.of(budget);
  }

  /** The versions of the tables, in words. */
  synchronized Map<String, String> tables() {
    Map<String, String> words = new HashMap<>();
    tables.forEach((name, shown) -> words.put(name, shown.toString()));
    return words;
  }

  /** The steps in the plan's order. */
  synchronized List<RunReport.StepReport> steps() {
    List<RunReport.StepReport> steps = new ArrayList<>();
    tables.forEach((name, shown) -> steps.add(table(name, shown.rows(), shown.rows())));
    for (LogicalNode node : plan.nodes()) {
      steps.add(step(StepKey.of(node), kind(node), outputs(node)));
    }
    if (plan.deadLetter().isPresent()) {
      StepKey key = new StepKey(true, PhysicalPlan.DEAD_LETTER);
      steps.add(step(key, PhysicalPlan.DEAD_LETTER, List.of()));
    }
    return steps;
  }

  private static RunReport.StepReport table(String name, long in, long out) {
    return new RunReport.StepReport(
        name,
        "table",
        in,
        out,
        0,
        0,
        0,
        0,
        OptionalLong.empty(),
        OptionalLong.empty(),
        0,
        RunReport.Held.NOTHING,
        List.of(),
        List.of(),
        "");
  }

  private static String kind(LogicalNode node) {
    return switch (node.section()) {
      case SOURCES -> "source";
      case TRANSFORMS -> "transform";
      case SINKS -> "sink";
    };
  }

  private List<RunReport.OutputCount> outputs(LogicalNode node) {
    List<String> names = StepOutputs.names(node.operation());
    if (names.size() == 1) {
      return List.of();
    }
    List<RunReport.OutputCount> outputs = new ArrayList<>();
    for (int i = 0; i < names.size(); i++) {
      int output = i;
      long rows = meters.sum(StepKey.of(node), c -> c.output(output));
      outputs.add(new RunReport.OutputCount(names.get(i), rows, isRead(node, names.get(i))));
    }
    return outputs;
  }

  private boolean isRead(LogicalNode node, String output) {
    return plan.nodes().stream()
        .flatMap(n -> n.inputs().stream())
        .anyMatch(i -> StepKey.of(i).equals(StepKey.of(node)) && i.output().equals(output));
  }

  private RunReport.StepReport step(StepKey key, String kind, List<RunReport.OutputCount> outputs) {
    long bytes = meters.sum(key, StepCounters::bytes);
    Long total = totals.get(key);
    return new RunReport.StepReport(
        key.step(),
        kind,
        meters.sum(key, StepCounters::in),
        meters.sum(key, StepCounters::out),
        meters.sum(key, StepCounters::filtered),
        meters.sum(key, StepCounters::failed),
        meters.sum(key, StepCounters::skipped),
        meters.sum(key, StepCounters::deadLettered),
        bytes > 0 ? OptionalLong.of(bytes) : OptionalLong.empty(),
        total == null ? OptionalLong.empty() : OptionalLong.of(total),
        meters.sum(key, StepCounters::passedOver),
        held(key),
        outputs,
        meters.reasons(key),
        locations.getOrDefault(key, ""));
  }

  private RunReport.Held held(StepKey key) {
    return key.sink()
        ? RunReport.Held.NOTHING
        : memory.map(budget -> budget.held(key.step())).orElse(RunReport.Held.NOTHING);
  }

  /** The first step whose rows do not add up, after a run that came to its end. */
  synchronized List<String> unbalanced() {
    List<String> wrong = new ArrayList<>();
    for (LogicalNode node : plan.nodes()) {
      if (node.inputs().isEmpty()) {
        continue;
      }
      long given = 0;
      for (LogicalNode.Input input : node.inputs()) {
        given += given(input);
      }
      long in = meters.sum(StepKey.of(node), StepCounters::in);
      if (given != in) {
        wrong.add("`" + node.step() + "` was given " + given + " rows but counted " + in);
      }
    }
    return wrong;
  }

  private long given(LogicalNode.Input input) {
    StepKey key = StepKey.of(input);
    if (input.output().equals(StepOutputs.FAILED)) {
      return meters.sum(key, StepCounters::failed);
    }
    LogicalNode from =
        plan.nodes().stream().filter(n -> StepKey.of(n).equals(key)).findFirst().orElseThrow();
    int output = StepOutputs.names(from.operation()).indexOf(input.output());
    return meters.sum(key, c -> c.output(output));
  }
}
