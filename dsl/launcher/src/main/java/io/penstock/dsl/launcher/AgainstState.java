package io.penstock.dsl.launcher;

import io.penstock.api.problem.Origin;
import io.penstock.api.problem.PipelineException;
import io.penstock.api.problem.Problem;
import io.penstock.api.problem.ProblemCode;
import io.penstock.core.checkpoint.Checkpoint;
import io.penstock.core.checkpoint.StateProblems;
import io.penstock.core.inspect.KeptFolder;
import io.penstock.core.logical.LogicalPlan;
import io.penstock.core.runner.StateChange;
import io.penstock.core.state.DamagedException;
import io.penstock.core.upgrade.PlanPrint;
import io.penstock.core.upgrade.Upgrade;
import io.penstock.dsl.launcher.change.DifferenceText;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** What kept state becomes under the pipelines that are validated. */
final class AgainstState {
  private final Shell shell;
  private final String argument;
  private final List<StateChange> leave;

  AgainstState(Shell shell, String argument, List<StateChange> leave) {
    this.shell = shell;
    this.argument = argument;
    this.leave = List.copyOf(leave);
  }

  /** What was found: what stands in the way, and what becomes of the state. */
  record Found(List<Problem> problems, List<String> notes) {}

  /** Compares a pipeline with the newest checkpoint of its state. */
  Found of(LogicalPlan plan, String file) {
    try {
      Optional<KeptFolder> folder = folder(plan.name());
      if (folder.isEmpty() || folder.get().checkpoints().epochs().isEmpty()) {
        return new Found(List.of(), List.of("no state of `" + plan.name() + "` is kept there"));
      }
      return compare(folder.get(), plan, file);
    } catch (IOException e) {
      PipelineException broken = StateProblems.of(file, e);
      return new Found(List.of(broken.problem()), List.of());
    }
  }

  private Optional<KeptFolder> folder(String pipeline) throws IOException {
    for (KeptFolder folder : StateFolders.all(shell, argument)) {
      boolean named = folder.path().equals(shell.path(argument).resolve(pipeline));
      if (named || isOf(folder, pipeline)) {
        return Optional.of(folder);
      }
    }
    return Optional.empty();
  }

  private static boolean isOf(KeptFolder folder, String pipeline) throws IOException {
    try {
      return folder.identity().pipeline().equals(pipeline);
    } catch (DamagedException e) {
      return false;
    }
  }

  private Found compare(KeptFolder folder, LogicalPlan plan, String file) throws IOException {
    long newest = folder.checkpoints().epochs().last();
    Checkpoint point;
    try {
      point = folder.checkpoints().read(newest);
    } catch (DamagedException e) {
      return new Found(
          List.of(
              Problem.of(
                  ProblemCode.R104,
                  Origin.file(file),
                  "the newest checkpoint is damaged: " + e.getMessage(),
                  "`run-pipeline state verify` shows what is whole")),
          List.of());
    }
    Upgrade upgrade = Upgrade.check(PlanPrint.read(point.print()), plan, leave);
    List<String> notes = new ArrayList<>();
    notes.add("epoch " + newest + ":");
    DifferenceText.state(upgrade).lines().forEach(line -> notes.add("  " + line));
    upgrade.log(newest + 1).forEach(line -> notes.add("  " + line));
    return new Found(upgrade.problems(), notes);
  }
}
