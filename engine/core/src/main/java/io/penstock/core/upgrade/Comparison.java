package io.penstock.core.upgrade;

import io.penstock.api.problem.Origin;
import io.penstock.api.problem.Problem;
import io.penstock.api.problem.ProblemCode;
import io.penstock.core.logical.LogicalNode;
import io.penstock.core.logical.LogicalNode.Section;
import io.penstock.core.logical.LogicalPlan;
import io.penstock.core.runner.StateChange;
import io.penstock.core.upgrade.Outcome.Fate;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Compares two versions of a pipeline, step by step. Used once. */
final class Comparison {
  private final PlanPrint earlier;
  private final PlanPrint now;
  private final Leave leave;
  private final Map<String, Origin> origins = new HashMap<>();
  private final Origin file;
  private final Set<String> taken = new HashSet<>();
  private final List<Outcome> outcomes = new ArrayList<>();
  private final List<Upgrade.Change> changes = new ArrayList<>();
  private final List<Problem> problems = new ArrayList<>();

  Comparison(PlanPrint earlier, LogicalPlan plan, List<StateChange> leave) {
    this.earlier = earlier;
    this.now = PlanPrint.of(plan);
    this.leave = new Leave(leave);
    for (LogicalNode node : plan.nodes()) {
      origins.put(node.section() + " " + node.step(), node.origin());
    }
    plan.deadLetter()
        .ifPresent(
            letters -> origins.put(Section.SINKS + " " + PlanPrint.DEAD_LETTER, letters.origin()));
    this.file =
        Origin.file(
            plan.nodes().stream().findFirst().map(n -> n.origin().file()).orElse(plan.name()));
  }

  Upgrade upgrade() {
    problems.addAll(leave.unknown(earlier, now, file));
    for (StepPrint source : now.steps(Section.SOURCES)) {
      source(source);
    }
    for (StepPrint step : now.steps(Section.TRANSFORMS)) {
      transform(step);
    }
    for (StepPrint sink : now.steps(Section.SINKS)) {
      sink(sink);
    }
    for (StepPrint step : earlier.steps()) {
      if (!taken.contains(step.section() + " " + step.step())) {
        gone(step);
      }
    }
    tables();
    return new Upgrade(outcomes, changes, problems);
  }

  private void source(StepPrint source) {
    Optional<StepPrint> before = match(source, source.step());
    changed(source, before);
    if (before.isEmpty()) {
      outcome(source, source.step(), Fate.EMPTY, "new, begins at its start");
      return;
    }
    boolean same = before.get().place().equals(source.place());
    if (leave.resets(source.step())) {
      outcome(source, source.step(), Fate.EMPTY, "reset, begins at its start");
      return;
    }
    if (!same) {
      refuse(
          source,
          "the source `"
              + source.step()
              + "` read "
              + before.get().place()
              + ", it reads "
              + source.place()
              + ": its position means nothing there",
          "`--state-change reset-source=" + source.step() + "` lets it begin at its start");
    }
    outcome(source, source.step(), same ? Fate.KEPT : Fate.REFUSED, same ? "" : "reads elsewhere");
  }

  private void transform(StepPrint step) {
    Optional<StepPrint> own = match(step, step.step());
    Optional<StepPrint> before = own.isPresent() ? own : renamed(step);
    changed(step, before);
    Optional<StateShape> state = step.state();
    Optional<StateShape> kept = before.flatMap(StepPrint::state);
    String former = before.map(StepPrint::step).orElse(step.step());
    boolean dropped = leave.drops(former) || leave.drops(step.step());
    if (state.isEmpty()) {
      kept.ifPresent(shape -> lost(step, former, dropped, "it keeps no state any more"));
      return;
    }
    if (kept.isEmpty()) {
      begins(step, before.isEmpty() ? unknown(step) : "the step kept none before");
      return;
    }
    if (dropped) {
      outcome(step, former, Fate.EMPTY, "given up, begins with no state");
      return;
    }
    StateComparison comparison = StateComparison.of(kept.get(), state.get());
    if (comparison.fits()) {
      List<String> wider = comparison.widenings();
      outcome(step, former, wider.isEmpty() ? Fate.KEPT : Fate.MIGRATED, Words.list(wider));
      return;
    }
    outcome(step, former, Fate.REFUSED, "does not fit");
    refuse(
        step,
        "the state of `"
            + step.step()
            + "` does not fit: "
            + String.join("; ", comparison.differences()),
        "`--state-change drop=" + step.step() + "` lets it begin with no state");
  }

  /** A step without state in place of one with it. */
  private void lost(StepPrint step, String former, boolean dropped, String why) {
    outcome(step, former, dropped ? Fate.DROPPED : Fate.REFUSED, why);
    if (!dropped) {
      refuse(
          step,
          "the state of `" + former + "` would be lost: " + why,
          "`--state-change drop=" + former + "` gives it up");
    }
  }

  private static String unknown(StepPrint step) {
    return step.previously()
        .map(name -> "there was no step `" + name + "`, which `previously` names")
        .orElse("the step is new");
  }

  private void begins(StepPrint step, String why) {
    Optional<StepPrint> alike = alike(step);
    if (alike.isPresent()) {
      taken.add(step.section() + " " + alike.get().step());
      if (leave.drops(alike.get().step())) {
        outcome(step, step.step(), Fate.EMPTY, "the step is new");
        outcomes.add(dropped(alike.get()));
        return;
      }
      outcome(step, alike.get().step(), Fate.REFUSED, "looks like a renamed step");
      refuse(
          step,
          "`"
              + step.step()
              + "` is new and `"
              + alike.get().step()
              + "`, which kept the same state, is gone",
          "`previously: "
              + alike.get().step()
              + "` at the step takes the state over, `--state-change drop="
              + alike.get().step()
              + "` gives it up");
      return;
    }
    outcome(step, step.step(), Fate.EMPTY, why);
    problems.add(
        Problem.of(
            ProblemCode.W501,
            origin(step),
            "`" + step.step() + "` begins with no state: " + why,
            "rows that were read before are not in it; `--fresh` reads them again"));
  }

  /** A step with state that is gone and kept what this new one would keep. */
  private Optional<StepPrint> alike(StepPrint step) {
    List<StepPrint> alike = new ArrayList<>();
    for (StepPrint other : earlier.steps(Section.TRANSFORMS)) {
      boolean gone =
          now.step(Section.TRANSFORMS, other.step()).isEmpty()
              && !taken.contains(other.section() + " " + other.step());
      if (gone && other.state().isPresent() && other.state().equals(step.state())) {
        alike.add(other);
      }
    }
    boolean isNew = earlier.step(Section.TRANSFORMS, step.step()).isEmpty();
    return isNew && alike.size() == 1 ? Optional.of(alike.get(0)) : Optional.empty();
  }

  private void sink(StepPrint sink) {
    Optional<StepPrint> before = match(sink, sink.step());
    changed(sink, before);
    if (before.isEmpty()) {
      outcome(sink, sink.step(), Fate.EMPTY, "new, gets rows from the next epoch on");
      return;
    }
    boolean same = before.get().place().equals(sink.place());
    if (leave.renews(sink.step())) {
      outcome(sink, sink.step(), Fate.EMPTY, "counts as new, gets rows from the next epoch on");
      return;
    }
    outcome(sink, sink.step(), same ? Fate.KEPT : Fate.REFUSED, same ? "" : "writes elsewhere");
    if (!same) {
      refuse(
          sink,
          "the sink `"
              + sink.step()
              + "` wrote to "
              + before.get().place()
              + ", it writes to "
              + sink.place(),
          "`--state-change new-sink="
              + sink.step()
              + "` begins the new output with the next epoch");
    }
  }

  private void gone(StepPrint step) {
    changes.add(
        new Upgrade.Change(
            step.section(), step.step(), Optional.of(step.hash()), Optional.empty()));
    boolean keeps = step.section() == Section.SOURCES || step.state().isPresent();
    boolean refused = keeps && !leave.drops(step.step());
    if (keeps || step.section() == Section.SINKS) {
      Fate fate = refused ? Fate.REFUSED : Fate.DROPPED;
      outcomes.add(new Outcome(step.section(), step.step(), step.step(), fate, "the step is gone"));
    }
    if (refused) {
      String what = step.section() == Section.SOURCES ? "position" : "state";
      problems.add(
          Problem.of(
              ProblemCode.R106,
              file,
              "`" + step.step() + "` is gone, and its " + what + " would be lost",
              "`--state-change drop=" + step.step() + "` gives it up"));
    }
  }

  private static Outcome dropped(StepPrint step) {
    return new Outcome(step.section(), step.step(), step.step(), Fate.DROPPED, "the step is gone");
  }

  private Optional<StepPrint> match(StepPrint step, String name) {
    Optional<StepPrint> before = earlier.step(step.section(), name);
    before.ifPresent(found -> taken.add(found.section() + " " + found.step()));
    return before;
  }

  /** The step under its former name, where that name is free now and nobody else has taken it. */
  private Optional<StepPrint> renamed(StepPrint step) {
    return now.former(earlier, step)
        .map(StepPrint::step)
        .filter(name -> !taken.contains(step.section() + " " + name))
        .flatMap(name -> match(step, name));
  }

  private void changed(StepPrint step, Optional<StepPrint> before) {
    Optional<String> hash = before.map(StepPrint::hash);
    if (!hash.equals(Optional.of(step.hash()))) {
      changes.add(new Upgrade.Change(step.section(), step.step(), hash, Optional.of(step.hash())));
    }
  }

  private void tables() {
    Set<String> names = new java.util.TreeSet<>(earlier.tables().keySet());
    names.addAll(now.tables().keySet());
    for (String name : names) {
      Optional<String> before = Optional.ofNullable(earlier.tables().get(name));
      Optional<String> after = Optional.ofNullable(now.tables().get(name));
      if (!before.equals(after)) {
        changes.add(
            new Upgrade.Change(
                Section.TRANSFORMS,
                "tables." + name,
                before.map(PlanPrint::hash),
                after.map(PlanPrint::hash)));
      }
    }
  }

  private void outcome(StepPrint step, String former, Fate fate, String why) {
    outcomes.add(new Outcome(step.section(), step.step(), former, fate, why));
  }

  private void refuse(StepPrint step, String message, String hint) {
    problems.add(Problem.of(ProblemCode.R106, origin(step), message, hint));
  }

  private Origin origin(StepPrint step) {
    return origins.getOrDefault(step.section() + " " + step.step(), file);
  }
}
