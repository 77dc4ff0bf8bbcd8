package io.penstock.core.physical;

import io.penstock.api.option.Template;
import io.penstock.core.logical.LogicalNode;
import io.penstock.core.logical.LogicalPlan;
import io.penstock.core.logical.Operation;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * How the embedded engine does a plan: its stages, each with its tasks; rows change hands between
 * stages only.
 *
 * @param logical the plan that is done
 * @param stages each after those that feed it
 */
public record PhysicalPlan(LogicalPlan logical, List<Stage> stages) {
  public PhysicalPlan {
    stages = List.copyOf(stages);
  }

  /** The name under which dead letters are reported. */
  public static final String DEAD_LETTER = "dead_letter";

  /** The stage that begins with a step. */
  public Stage begunBy(StepKey key) {
    for (Stage stage : stages) {
      if (StepKey.of(stage.nodes().get(0)).equals(key)) {
        return stage;
      }
    }
    throw new IllegalArgumentException("no stage begins with " + key);
  }

  /** The steps by key. */
  public Map<StepKey, LogicalNode> nodes() {
    Map<StepKey, LogicalNode> nodes = new HashMap<>();
    logical.nodes().forEach(node -> nodes.put(StepKey.of(node), node));
    return nodes;
  }

  /** The stage of the dead letters, where the plan has one. */
  public Optional<Stage> deadLetters() {
    return stages.stream().filter(s -> s.kind() == Stage.Kind.DEAD_LETTER).findFirst();
  }

  @Override
  public String toString() {
    StringBuilder text = new StringBuilder();
    for (Stage stage : stages) {
      text.append("stage ").append(stage.id()).append(": ");
      List<String> steps = new ArrayList<>();
      for (LogicalNode node : stage.nodes()) {
        steps.add(shown(node));
      }
      text.append(String.join(", ", steps));
      if (stage.tasks() > 1) {
        text.append(" (").append(stage.tasks()).append(" tasks)");
      }
      if (!stage.feeds().isEmpty()) {
        text.append(" from ");
        text.append(String.join(", ", stage.feeds().stream().map(i -> "stage " + i).toList()));
      }
      text.append('\n');
      stage.partial().stream()
          .map(StepKey::step)
          .sorted()
          .forEach(step -> text.append("  groups of ").append(step).append(" by block\n"));
    }
    return text.toString();
  }

  private static String shown(LogicalNode node) {
    String kind = node.operation().getClass().getSimpleName();
    StringBuilder shown = new StringBuilder(kind.toLowerCase(java.util.Locale.ROOT));
    if (!kind.equals("DeadLetter")) {
      shown.append(' ').append(node.step());
    }
    if (node.operation() instanceof Operation.Write write) {
      for (Template template : write.sink().templates()) {
        shown.append(template.isConstant() ? "" : " to " + template);
      }
    }
    return shown.toString();
  }
}
