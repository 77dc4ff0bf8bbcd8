package io.penstock.core.upgrade;

import io.penstock.api.problem.Nearest;
import io.penstock.api.problem.Origin;
import io.penstock.api.problem.Problem;
import io.penstock.api.problem.ProblemCode;
import io.penstock.core.logical.LogicalNode.Section;
import io.penstock.core.runner.StateChange;
import java.util.ArrayList;
import java.util.List;

/** What the user allows by {@code --state-change}. */
final class Leave {
  private final List<StateChange> changes;

  Leave(List<StateChange> changes) {
    this.changes = List.copyOf(changes);
  }

  boolean drops(String step) {
    return changes.contains(new StateChange.Drop(step));
  }

  boolean resets(String source) {
    return changes.contains(new StateChange.ResetSource(source));
  }

  boolean renews(String sink) {
    return changes.contains(new StateChange.NewSink(sink));
  }

  /** Leaves that name nothing that there is or was. */
  List<Problem> unknown(PlanPrint earlier, PlanPrint now, Origin file) {
    List<Problem> problems = new ArrayList<>();
    for (StateChange change : changes) {
      if (change instanceof StateChange.Drop drop) {
        List<String> known = names(earlier, Section.TRANSFORMS);
        known.addAll(names(earlier, Section.SOURCES));
        known.addAll(names(now, Section.TRANSFORMS));
        known(drop.step(), "drop", known, file, problems);
      } else if (change instanceof StateChange.ResetSource reset) {
        known(reset.step(), "reset-source", names(now, Section.SOURCES), file, problems);
      } else if (change instanceof StateChange.NewSink sink) {
        known(sink.step(), "new-sink", names(now, Section.SINKS), file, problems);
      }
    }
    return problems;
  }

  private static List<String> names(PlanPrint print, Section section) {
    return new ArrayList<>(print.steps(section).stream().map(StepPrint::step).toList());
  }

  private static void known(
      String step, String flag, List<String> known, Origin file, List<Problem> problems) {
    if (!known.contains(step)) {
      List<String> names = known.stream().distinct().sorted().toList();
      problems.add(
          Problem.of(
              ProblemCode.R106,
              file,
              "`--state-change " + flag + "=" + step + "` names nothing that could be meant",
              Nearest.hint(step, "names", names)));
    }
  }
}
