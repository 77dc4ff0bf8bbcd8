package io.penstock.core.runner;

/** What a user allows where a pipeline was edited and its kept state no longer fits. */
public sealed interface StateChange {
  /** The state of this step, removed or changed, is given up. */
  record Drop(String step) implements StateChange {}

  /** This source begins at its start. */
  record ResetSource(String step) implements StateChange {}

  /** This sink counts as new from the current epoch on. */
  record NewSink(String step) implements StateChange {}
}
