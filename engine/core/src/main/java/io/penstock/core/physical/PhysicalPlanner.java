package io.penstock.core.physical;

import io.penstock.api.data.Schema;
import io.penstock.core.logical.LogicalNode;
import io.penstock.core.logical.LogicalPlan;
import io.penstock.core.logical.Operation;
import io.penstock.core.logical.Throttle;
import io.penstock.core.logical.Window;
import io.penstock.core.logical.Windowing;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Cuts a plan into stages. A source and all that works on row after row below it is one stage, done
 * by all workers; a step that gathers rows begins a stage with one task, and what follows belongs
 * to it; each sink is a stage of its own. What works on rows of several stages, a union and what
 * follows it, is done in each of them for its own rows.
 */
public final class PhysicalPlanner {
  private final LogicalPlan plan;
  private final int workers;
  private final List<Draft> drafts = new ArrayList<>();
  private final Map<StepKey, Set<Draft>> stagesOf = new HashMap<>();

  private PhysicalPlanner(LogicalPlan plan, int workers) {
    this.plan = plan;
    this.workers = workers;
  }

  /** The stages of a plan. */
  public static PhysicalPlan plan(LogicalPlan plan, int workers) {
    return new PhysicalPlanner(plan, workers).plan();
  }

  private static final class Draft {
    private final int id;
    private final Stage.Kind kind;
    private final List<LogicalNode> nodes = new ArrayList<>();
    private final Set<StepKey> partial = new HashSet<>();
    private final Map<Integer, Integer> feeds = new LinkedHashMap<>();
    private int depth;

    Draft(int id, Stage.Kind kind) {
      this.id = id;
      this.kind = kind;
    }
  }

  private PhysicalPlan plan() {
    for (LogicalNode node : plan.nodes()) {
      Set<Draft> above = above(node);
      Set<Draft> stages = stages(node, above);
      for (Draft stage : stages) {
        if (stage.nodes.isEmpty()) {
          feed(stage, above);
        }
        stage.nodes.add(node);
      }
      stagesOf.put(StepKey.of(node), stages);
    }
    plan.deadLetter().ifPresent(this::deadLetter);
    List<Stage> stages = new ArrayList<>();
    for (Draft draft : drafts) {
      stages.add(finished(draft));
    }
    return new PhysicalPlan(plan, stages);
  }

  private Set<Draft> stages(LogicalNode node, Set<Draft> above) {
    Operation operation = node.operation();
    if (operation instanceof Operation.Read) {
      return Set.of(draft(Stage.Kind.SOURCE));
    }
    if (operation instanceof Operation.Write) {
      return Set.of(draft(Stage.Kind.SINK));
    }
    boolean rowWise =
        operation instanceof Operation.RowOperation
            || operation instanceof Operation.Route
            || operation instanceof Operation.Union;
    if (rowWise && above.stream().noneMatch(stage -> stage.kind == Stage.Kind.SINK)) {
      return above;
    }
    // What waits for the clock is ended by its task, so it begins one.
    boolean begins = operation instanceof Throttle;
    if (!begins && above.size() == 1 && above.iterator().next().kind == Stage.Kind.TRANSFORM) {
      return above;
    }
    if (operation instanceof Operation.Aggregate aggregate
        && isPartial(node, aggregate.windowing())
        && above.stream().allMatch(stage -> stage.kind == Stage.Kind.SOURCE)) {
      above.forEach(stage -> stage.partial.add(StepKey.of(node)));
    }
    return Set.of(draft(Stage.Kind.TRANSFORM));
  }

  private static boolean isPartial(LogicalNode node, Windowing windowing) {
    if (!windowing.isPlain()) {
      return false;
    }
    // Failed rows that are read leave by the aggregate's own stage, so it must see the rows itself.
    // One with windows sees them where a row fails.
    return windowing
        .window()
        .map(PhysicalPlanner::isByTime)
        .orElse(node.onError() != LogicalNode.OnError.OUTPUT);
  }

  /** Whether the windows of a row follow from its time alone. */
  private static boolean isByTime(Window window) {
    return !(window instanceof Window.Session
        || window instanceof Window.Same
        || window instanceof Window.Content);
  }

  /** The stages that the inputs come from, in order. */
  private Set<Draft> above(LogicalNode node) {
    Set<Draft> stages = new LinkedHashSet<>();
    for (LogicalNode.Input input : node.inputs()) {
      Set<Draft> from = stagesOf.get(StepKey.of(input));
      if (from == null) {
        throw new IllegalArgumentException("no step " + input);
      }
      stages.addAll(from);
    }
    return stages;
  }

  private Draft draft(Stage.Kind kind) {
    Draft draft = new Draft(drafts.size(), kind);
    drafts.add(draft);
    return draft;
  }

  private static void feed(Draft stage, Set<Draft> above) {
    for (Draft from : above) {
      stage.feeds.put(from.id, from.depth);
      stage.depth = Math.max(stage.depth, from.depth + 1);
    }
  }

  private void deadLetter(io.penstock.core.logical.DeadLetter letters) {
    Draft stage = draft(Stage.Kind.DEAD_LETTER);
    Operation.Write write =
        new Operation.Write(letters.sink(), letters.format(), Map.of(), Optional.empty());
    stage.nodes.add(
        new LogicalNode(
            PhysicalPlan.DEAD_LETTER,
            LogicalNode.Section.SINKS,
            letters.origin(),
            List.of(),
            write,
            Schema.of(),
            LogicalNode.OnError.FAIL));
    for (Draft from : drafts) {
      boolean sends =
          from.nodes.stream().anyMatch(n -> n.onError() == LogicalNode.OnError.DEAD_LETTER)
              || from.partial.stream().anyMatch(this::sendsLetters);
      if (from != stage && sends) {
        stage.feeds.put(from.id, from.depth);
      }
    }
  }

  private static boolean sendsLetters(LogicalNode node) {
    boolean here = !(node.operation() instanceof Operation.Aggregate a && a.windowing().isTimed());
    return here && node.onError() == LogicalNode.OnError.DEAD_LETTER;
  }

  private boolean sendsLetters(StepKey key) {
    return plan.nodes().stream().anyMatch(n -> StepKey.of(n).equals(key) && sendsLetters(n));
  }

  private Stage finished(Draft draft) {
    // Stages of few steps are emptied first: what gathers hands on at its end only, and by then
    // everything that came straight from the source has passed.
    List<Integer> feeds =
        draft.feeds.entrySet().stream()
            .sorted(Map.Entry.comparingByValue())
            .map(Map.Entry::getKey)
            .toList();
    int tasks = draft.kind == Stage.Kind.SOURCE ? workers : 1;
    return new Stage(draft.id, draft.kind, draft.nodes, tasks, draft.partial, feeds);
  }
}
