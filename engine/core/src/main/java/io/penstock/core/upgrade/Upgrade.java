package io.penstock.core.upgrade;

import io.penstock.api.problem.Problem;
import io.penstock.core.logical.LogicalNode.Section;
import io.penstock.core.logical.LogicalPlan;
import io.penstock.core.runner.StateChange;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * What an edited pipeline makes of the state that was kept before the edit.
 *
 * @param outcomes one for each source, each step with state and each sink of either version
 * @param changes steps that do something else now, or are gone or new, and need no leave for it
 * @param problems R106 for each change that needs a leave; warnings among them
 */
public record Upgrade(List<Outcome> outcomes, List<Change> changes, List<Problem> problems) {
  public Upgrade {
    outcomes = List.copyOf(outcomes);
    changes = List.copyOf(changes);
    problems = List.copyOf(problems);
  }

  /**
   * A step that does something else.
   *
   * @param before its hash; empty where it is new
   * @param now its hash; empty where it is gone
   */
  public record Change(
      Section section, String step, Optional<String> before, Optional<String> now) {
    /** The line for the log of the run. */
    public String line(long epoch) {
      String what =
          section == Section.SOURCES ? "source" : section == Section.SINKS ? "sink" : "step";
      String hashes =
          before.isEmpty()
              ? "is new, " + now.orElse("")
              : now.isEmpty()
                  ? "is gone, was " + before.get()
                  : "was changed from " + before.get() + " to " + now.get();
      return what + " `" + step + "` " + hashes + ", from epoch " + epoch + " on";
    }
  }

  /**
   * Compares a pipeline with what it was when its state was kept.
   *
   * @param leave what the user allows
   */
  public static Upgrade check(PlanPrint earlier, LogicalPlan plan, List<StateChange> leave) {
    return new Comparison(earlier, plan, leave).upgrade();
  }

  /** Whether the pipeline may go on with the state. */
  public boolean isAllowed() {
    return problems.stream().allMatch(Problem::isWarning);
  }

  /** The name under which the state of a step lies; empty where it begins with none. */
  public Optional<String> state(String step) {
    return goesOn(Section.TRANSFORMS, step);
  }

  /** The name under which the position of a source lies; empty where it begins at its start. */
  public Optional<String> position(String source) {
    return goesOn(Section.SOURCES, source);
  }

  /** Whether a sink goes on with the output that it has; otherwise it is a new one. */
  public boolean sinkGoesOn(String sink) {
    return goesOn(Section.SINKS, sink).isPresent();
  }

  private Optional<String> goesOn(Section section, String step) {
    return outcomes.stream()
        .filter(outcome -> outcome.section() == section && outcome.step().equals(step))
        .filter(
            outcome ->
                outcome.fate() == Outcome.Fate.KEPT || outcome.fate() == Outcome.Fate.MIGRATED)
        .map(Outcome::former)
        .findFirst();
  }

  /** The lines for the log of a run that goes on with this epoch. */
  public List<String> log(long epoch) {
    List<String> lines = new ArrayList<>();
    changes.forEach(change -> lines.add(change.line(epoch)));
    return lines;
  }
}
