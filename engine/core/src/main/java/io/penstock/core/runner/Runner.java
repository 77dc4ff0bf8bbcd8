package io.penstock.core.runner;

import io.penstock.core.logical.LogicalPlan;

/** Runs plans. One per engine; found by the launcher. Thread-safe. */
public interface Runner {
  /** Starts a run and returns at once; what goes wrong later is in the report. */
  RunningPipeline start(LogicalPlan plan, RunRequest request);
}
