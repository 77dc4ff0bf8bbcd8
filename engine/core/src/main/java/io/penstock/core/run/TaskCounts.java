package io.penstock.core.run;

import io.penstock.core.checkpoint.Checkpoint;
import io.penstock.core.operator.StepCounters;
import io.penstock.core.physical.StepKey;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** What one task counts, by step. Filled as it is wired, read by the task itself. */
final class TaskCounts {
  private final Map<String, List<StepCounters>> counters = new HashMap<>();

  void add(StepKey step, StepCounters made) {
    counters.computeIfAbsent(step.shown(), s -> new ArrayList<>()).add(made);
  }

  /** The figures of now. */
  Map<String, Checkpoint.Counts> now() {
    Map<String, Checkpoint.Counts> now = new HashMap<>();
    counters.forEach(
        (step, all) -> all.forEach(one -> now.merge(step, of(one), Checkpoint.Counts::plus)));
    return now;
  }

  private static Checkpoint.Counts of(StepCounters one) {
    return new Checkpoint.Counts(
        one.in(), one.out(), one.filtered(), one.failed(), one.skipped(), one.deadLettered());
  }
}
