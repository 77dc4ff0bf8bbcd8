package io.penstock.dsl.launcher;

import io.penstock.api.problem.Nearest;
import io.penstock.core.delivery.StateUse;
import io.penstock.core.logical.LogicalNode;
import io.penstock.core.logical.LogicalNode.Section;
import io.penstock.core.logical.LogicalPlan;
import io.penstock.core.runner.KeptState;
import io.penstock.core.runner.StateChange;
import io.penstock.dsl.launcher.PipelineFiles.Named;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import picocli.CommandLine;

/** The flags of a run that say where its state is kept and what may become of it. */
final class StateOptions {
  private static final String CHANGES = "drop=STEP, reset-source=STEP, new-sink=STEP or fresh";

  @CommandLine.Option(
      names = "--state",
      paramLabel = "DIR",
      description =
          "Keeps state, in a folder below this one; PENSTOCK_STATE, else .penstock beside the"
              + " pipeline file, where left out.")
  Optional<String> state = Optional.empty();

  @CommandLine.Option(
      names = "--no-state",
      description = "Keeps no state: a new start begins anew.")
  boolean none;

  @CommandLine.Option(
      names = "--fresh",
      description = "Leaves the state that is there and begins anew.")
  boolean fresh;

  @CommandLine.Option(
      names = "--state-change",
      paramLabel = "CHANGE",
      description =
          "Allows what an edited file otherwise refuses: " + CHANGES + "; may stand several times.")
  List<String> changes = new ArrayList<>();

  /** Refuses flags that do not go together or cannot be read. */
  void check() {
    if (none && state.isPresent()) {
      throw new UsageException("--no-state and --state do not go together");
    }
    if (none && isAboutState()) {
      throw new UsageException(
          "--no-state and " + (fresh ? "--fresh" : "--state-change") + " do not go together");
    }
    changes.forEach(StateOptions::change);
  }

  /** What the user says of keeping state. */
  StateUse.Wish wish() {
    if (none) {
      return StateUse.Wish.REFUSE;
    }
    return state.isPresent() ? StateUse.Wish.KEEP : StateUse.Wish.NONE;
  }

  /** Where this run keeps its state; empty: it does not. */
  Optional<KeptState> kept(LogicalPlan plan, Named file, Shell shell) {
    if (!StateUse.keepsState(plan, wish())) {
      if (isAboutState()) {
        throw new UsageException(
            (fresh ? "--fresh" : "--state-change")
                + ": this run keeps no state; a run block in the file keeps it, and so does"
                + " --state DIR");
      }
      return Optional.empty();
    }
    List<StateChange> allowed = new ArrayList<>();
    boolean anew = fresh;
    for (String written : changes) {
      Optional<StateChange> change = change(written);
      change.ifPresent(c -> known(c, plan));
      change.ifPresent(allowed::add);
      anew |= change.isEmpty();
    }
    Path folder =
        state
            .or(() -> shell.variable("PENSTOCK_STATE").filter(folderName -> !folderName.isEmpty()))
            .map(shell::path)
            .orElseGet(() -> file.path().resolveSibling(".penstock"));
    return Optional.of(new KeptState(folder.resolve(plan.name()), anew, allowed));
  }

  private boolean isAboutState() {
    return fresh || !changes.isEmpty();
  }

  /** A change as written; empty for {@code fresh}. */
  private static Optional<StateChange> change(String written) {
    if (written.equals("fresh")) {
      return Optional.empty();
    }
    int equals = written.indexOf('=');
    String step = written.substring(equals + 1);
    if (equals < 0 || step.isEmpty()) {
      throw refused(written);
    }
    return switch (written.substring(0, equals)) {
      case "drop" -> Optional.of(new StateChange.Drop(step));
      case "reset-source" -> Optional.of(new StateChange.ResetSource(step));
      case "new-sink" -> Optional.of(new StateChange.NewSink(step));
      default -> throw refused(written);
    };
  }

  private static UsageException refused(String written) {
    return new UsageException("--state-change must be " + CHANGES + ", not `" + written + "`");
  }

  /** A source that is reset and a sink that is new stand in the file; what is dropped may not. */
  private static void known(StateChange change, LogicalPlan plan) {
    if (change instanceof StateChange.ResetSource reset) {
      known(reset.step(), Section.SOURCES, "source", plan);
    } else if (change instanceof StateChange.NewSink sink) {
      known(sink.step(), Section.SINKS, "sink", plan);
    }
  }

  private static void known(String step, Section section, String noun, LogicalPlan plan) {
    List<String> steps =
        plan.nodes().stream()
            .filter(node -> node.section() == section)
            .map(LogicalNode::step)
            .toList();
    if (!steps.contains(step)) {
      throw new UsageException(
          "--state-change: the file has no "
              + noun
              + " `"
              + step
              + "`: "
              + Nearest.hint(step, noun + "s here", steps));
    }
  }
}
