package io.penstock.core.physical;

import io.penstock.core.logical.LogicalNode;

/** What names a step: sinks have a name space of their own. */
public record StepKey(boolean sink, String step) {
  public static StepKey of(LogicalNode node) {
    return new StepKey(node.section() == LogicalNode.Section.SINKS, node.step());
  }

  /** As it is named over the whole file: sinks with their section. */
  public String shown() {
    return sink ? "sinks." + step : step;
  }

  public static StepKey of(LogicalNode.Input input) {
    return new StepKey(input.section() == LogicalNode.Section.SINKS, input.step());
  }
}
