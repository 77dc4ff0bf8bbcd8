package io.penstock.core.run;

import io.penstock.core.operator.StepCounters;
import io.penstock.core.physical.StepKey;
import io.penstock.core.report.RunReport;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.ToLongFunction;

/** The counters of all tasks, by step. Filled before the tasks begin. */
final class Meters {
  private final Map<StepKey, List<StepCounters>> counters = new LinkedHashMap<>();

  /** Counters for one more task of a step. */
  synchronized StepCounters counters(StepKey step, int outputs) {
    StepCounters made = new StepCounters(outputs);
    counters.computeIfAbsent(step, s -> new ArrayList<>()).add(made);
    return made;
  }

  synchronized long sum(StepKey step, ToLongFunction<StepCounters> figure) {
    long sum = 0;
    for (StepCounters one : counters.getOrDefault(step, List.of())) {
      sum += figure.applyAsLong(one);
    }
    return sum;
  }

  synchronized List<RunReport.Reason> reasons(StepKey step) {
    Map<String, RunReport.Reason> merged = new LinkedHashMap<>();
    for (StepCounters one : counters.getOrDefault(step, List.of())) {
      for (RunReport.Reason reason : one.reasons()) {
        merged.merge(
            reason.first().code() + " " + reason.first().origin(),
            reason,
            (a, b) -> new RunReport.Reason(a.first(), a.count() + b.count()));
      }
    }
    return List.copyOf(merged.values());
  }
}
