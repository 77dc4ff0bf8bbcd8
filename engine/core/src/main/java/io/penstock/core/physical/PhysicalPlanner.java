package io.penstock.core.physical;

import io.penstock.api.data.Schema;
import io.penstock.core.logical.LogicalNode;
import io.penstock.core.logical.LogicalPlan;
import io.penstock.core.logical.Operation;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Cuts a plan into stages. A source and all that works on row after row below it is one stage, done
 * by all workers; a step that gathers rows begins a stage with one task, and what follows belongs
 * to it; each sink is a stage of its own.
 */
public final class PhysicalPlanner {
  private final LogicalPlan plan;
  private final int workers;
  private final List<Draft> drafts = new ArrayList<>();
  private final Map<StepKey, Draft> stageOf = new HashMap<>();

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
      Draft stage = stage(node);
      stage.nodes.add(node);
      stageOf.put(StepKey.of(node), stage);
      feed(stage, node);
    }
    plan.deadLetter().ifPresent(this::deadLetter);
    List<Stage> stages = new ArrayList<>();
    for (Draft draft : drafts) {
      stages.add(finished(draft));
    }
    return new PhysicalPlan(plan, stages);
  }

  private Draft stage(LogicalNode node) {
    Operation operation = node.operation();
    if (operation instanceof Operation.Read) {
      return draft(Stage.Kind.SOURCE);
    }
    if (operation instanceof Operation.Write) {
      return draft(Stage.Kind.SINK);
    }
    Optional<Draft> above = above(node);
    boolean rowWise =
        operation instanceof Operation.RowOperation
            || operation instanceof Operation.Route
            || operation instanceof Operation.Union;
    if (above.isPresent()
        && (above.get().kind == Stage.Kind.TRANSFORM
            || above.get().kind == Stage.Kind.SOURCE && rowWise)) {
      return above.get();
    }
    Draft own = draft(Stage.Kind.TRANSFORM);
    // Failed rows that are read leave by the aggregate's own stage, so it must see the rows itself.
    if (operation instanceof Operation.Aggregate
        && node.onError() != LogicalNode.OnError.OUTPUT
        && above.isPresent()
        && above.get().kind == Stage.Kind.SOURCE) {
      above.get().partial.add(StepKey.of(node));
    }
    return own;
  }

  /** The one stage that all inputs come from. */
  private Optional<Draft> above(LogicalNode node) {
    Set<Draft> stages = new HashSet<>();
    for (LogicalNode.Input input : node.inputs()) {
      stages.add(draftOf(input));
    }
    return stages.size() == 1 ? stages.stream().findFirst() : Optional.empty();
  }

  private Draft draftOf(LogicalNode.Input input) {
    Draft draft = stageOf.get(StepKey.of(input));
    if (draft == null) {
      throw new IllegalArgumentException("no step " + input);
    }
    return draft;
  }

  private Draft draft(Stage.Kind kind) {
    Draft draft = new Draft(drafts.size(), kind);
    drafts.add(draft);
    return draft;
  }

  private void feed(Draft stage, LogicalNode node) {
    for (LogicalNode.Input input : node.inputs()) {
      Draft from = draftOf(input);
      if (from != stage) {
        stage.feeds.put(from.id, from.depth);
        stage.depth = Math.max(stage.depth, from.depth + 1);
      }
    }
  }

  private void deadLetter(io.penstock.core.logical.DeadLetter letters) {
    Draft stage = draft(Stage.Kind.DEAD_LETTER);
    Operation.Write write = new Operation.Write(letters.sink(), letters.format(), Map.of());
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

  private boolean sendsLetters(StepKey key) {
    return plan.nodes().stream()
        .anyMatch(n -> StepKey.of(n).equals(key) && n.onError() == LogicalNode.OnError.DEAD_LETTER);
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
