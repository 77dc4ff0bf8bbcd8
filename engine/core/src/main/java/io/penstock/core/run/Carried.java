package io.penstock.core.run;

import io.penstock.api.problem.PipelineException;
import io.penstock.api.problem.Problem;
import io.penstock.core.checkpoint.Checkpoint;
import io.penstock.core.logical.LogicalNode.Section;
import io.penstock.core.logical.LogicalPlan;
import io.penstock.core.runner.StateChange;
import io.penstock.core.upgrade.PlanPrint;
import io.penstock.core.upgrade.Upgrade;
import java.io.IOException;
import java.util.List;
import java.util.Optional;

/** Under which names a pipeline, which may have been edited, finds what was kept before. */
final class Carried {
  private static final String SINKS = "sinks.";

  private final Optional<Upgrade> upgrade;

  private Carried(Optional<Upgrade> upgrade) {
    this.upgrade = upgrade;
  }

  /**
   * Compares a pipeline with the one that a checkpoint is of.
   *
   * @throws PipelineException of the first change that needs a leave which is not given; the others
   *     are suppressed in it
   */
  static Carried of(Optional<Checkpoint> before, LogicalPlan plan, List<StateChange> leave)
      throws IOException {
    if (before.isEmpty()) {
      return new Carried(Optional.empty());
    }
    Upgrade upgrade = Upgrade.check(PlanPrint.read(before.get().print()), plan, leave);
    if (!upgrade.isAllowed()) {
      List<Problem> wrong = upgrade.problems().stream().filter(p -> !p.isWarning()).toList();
      PipelineException first = new PipelineException(wrong.get(0));
      wrong.subList(1, wrong.size()).forEach(p -> first.addSuppressed(new PipelineException(p)));
      throw first;
    }
    return new Carried(Optional.of(upgrade));
  }

  /** The name of a source's position; empty where it begins at its start. */
  Optional<String> source(String step) {
    return upgrade.isEmpty() ? Optional.of(step) : upgrade.get().position(step);
  }

  /** The name of a step's state, or a sink's; empty where it has none. */
  Optional<String> stage(String step) {
    if (upgrade.isEmpty()) {
      return Optional.of(step);
    }
    if (step.startsWith(SINKS)) {
      return sink(step);
    }
    boolean compared =
        upgrade.get().outcomes().stream()
            .anyMatch(o -> o.section() == Section.TRANSFORMS && o.step().equals(step));
    return compared ? upgrade.get().state(step) : Optional.of(step);
  }

  /** The name of what was said of a sink; empty where it is a new one. */
  Optional<String> sink(String name) {
    boolean goesOn = upgrade.isEmpty() || upgrade.get().sinkGoesOn(name.substring(SINKS.length()));
    return goesOn ? Optional.of(name) : Optional.empty();
  }

  /** What the log says of the edit, from this epoch on. */
  List<String> log(long epoch) {
    return upgrade.map(found -> found.log(epoch)).orElse(List.of());
  }

  /** What the summary says of the edit. */
  List<String> warnings() {
    return upgrade
        .map(found -> found.problems().stream().map(Problem::message).toList())
        .orElse(List.of());
  }
}
