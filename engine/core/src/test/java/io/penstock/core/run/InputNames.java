package io.penstock.core.run;

import io.penstock.core.logical.LogicalNode;
import io.penstock.core.logical.LogicalNode.Section;
import java.util.ArrayList;
import java.util.List;

/** Inputs of steps as pipeline files write them: {@code step}, {@code step.output}. */
final class InputNames {
  private InputNames() {}

  static List<LogicalNode.Input> inputs(String... from) {
    List<LogicalNode.Input> inputs = new ArrayList<>();
    for (String input : from) {
      String[] parts = input.split("\\.");
      boolean sink = parts[0].equals("sinks");
      inputs.add(
          new LogicalNode.Input(
              sink ? Section.SINKS : Section.TRANSFORMS,
              parts[sink ? 1 : 0],
              parts.length > (sink ? 2 : 1) ? parts[parts.length - 1] : ""));
    }
    return inputs;
  }
}
