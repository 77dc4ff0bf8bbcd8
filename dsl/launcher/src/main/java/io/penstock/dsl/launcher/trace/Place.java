package io.penstock.dsl.launcher.trace;

import io.penstock.core.logical.LogicalNode;
import io.penstock.core.physical.StepKey;

/**
 * Where rows are looked at.
 *
 * @param output of the step; empty for its main one
 */
record Place(StepKey step, String output) {
  static Place of(LogicalNode.Input input) {
    return new Place(StepKey.of(input), input.output());
  }

  /** What comes to a sink. */
  static Place sink(LogicalNode node) {
    return new Place(StepKey.of(node), "");
  }
}
