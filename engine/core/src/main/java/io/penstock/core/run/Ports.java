package io.penstock.core.run;

import io.penstock.core.logical.LogicalNode;
import io.penstock.core.physical.PhysicalPlan;
import io.penstock.core.physical.Stage;
import io.penstock.core.physical.StepKey;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** The entries of all stages: the inputs of their steps that come from other stages. */
final class Ports {
  /** An entry of a stage: an input of one of its steps. */
  record Port(LogicalNode node, int input) {}

  private final PhysicalPlan plan;
  private final Timers timers;
  private final Map<Integer, List<Port>> ports = new HashMap<>();

  Ports(PhysicalPlan plan) {
    this.plan = plan;
    this.timers = new Timers(plan);
    plan.stages().forEach(stage -> ports.put(stage.id(), ports(stage)));
  }

  private static List<Port> ports(Stage stage) {
    List<Port> result = new ArrayList<>();
    if (stage.kind() == Stage.Kind.DEAD_LETTER) {
      result.add(new Port(stage.nodes().get(0), 0));
    }
    // What follows the first step reads it, or others that follow it.
    LogicalNode first = stage.nodes().get(0);
    for (int i = 0; i < first.inputs().size(); i++) {
      result.add(new Port(first, i));
    }
    return result;
  }

  /** The entries of a stage, by number. */
  List<Port> of(Stage stage) {
    return java.util.Objects.requireNonNull(ports.get(stage.id()));
  }

  /** The entries that are fed by a stage. */
  List<Integer> from(Stage stage, int from) {
    List<Integer> result = new ArrayList<>();
    List<Port> all = of(stage);
    for (int i = 0; i < all.size(); i++) {
      boolean letters = stage.kind() == Stage.Kind.DEAD_LETTER;
      if (!letters && plan.stages().get(from).has(above(all.get(i)))) {
        result.add(i);
      }
    }
    return result;
  }

  private static StepKey above(Port port) {
    return StepKey.of(port.node().inputs().get(port.input()));
  }

  /** What knows how far event time has come at the entries of a stage. */
  Watermarks watermarks(Stage stage) {
    List<Port> all = of(stage);
    Watermarks watermarks = new Watermarks(all.size());
    for (int feed = 0; feed < stage.feeds().size(); feed++) {
      Stage from = plan.stages().get(stage.feeds().get(feed));
      for (int port : from(stage, from.id())) {
        for (String timer : timers.telling(from, above(all.get(port)))) {
          watermarks.expect(port, feed, timer);
        }
      }
    }
    return watermarks;
  }
}
