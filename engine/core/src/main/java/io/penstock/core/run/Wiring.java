package io.penstock.core.run;

import io.penstock.api.data.Batch;
import io.penstock.api.sink.SinkWriter;
import io.penstock.core.expression.RowErrors;
import io.penstock.core.logical.EventTime;
import io.penstock.core.logical.LogicalNode;
import io.penstock.core.logical.Operation;
import io.penstock.core.logical.StepOutputs;
import io.penstock.core.operator.FailureTally;
import io.penstock.core.operator.Operator;
import io.penstock.core.operator.Operators;
import io.penstock.core.operator.PartialGroups;
import io.penstock.core.operator.PartialWindows;
import io.penstock.core.operator.ReadOperator;
import io.penstock.core.operator.StepContext;
import io.penstock.core.operator.WriteOperator;
import io.penstock.core.physical.PhysicalPlan;
import io.penstock.core.physical.Stage;
import io.penstock.core.physical.StepKey;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Makes the tasks of all stages and the channels between them. */
final class Wiring {
  /** What one task's steps are made of. */
  private record TaskScope(
      RunScope scope, BatchTime now, FailureTally tally, TaskCounts counts, Epochs.Member member) {
    static TaskScope of(RunScope scope, FailureTally tally, Epochs.Member member) {
      return new TaskScope(scope, new BatchTime(scope.slot()), tally, new TaskCounts(), member);
    }

    StepContext context(LogicalNode node) {
      return scope.context(node, now, tally, counts, scope.lookups().in(member::epoch));
    }
  }

  private final RunScope scope;
  private final PhysicalPlan plan;
  private final TaskPool pool;
  private final Optional<TaskPool> forcing;
  private final Map<StepKey, SinkWriter> writers;
  private final Demand demand;
  private final int edgeBatches;
  private final Ports ports;
  private final Partitions partitions;
  private final Drift drift;
  private final Map<Integer, List<Task>> tasks = new HashMap<>();
  private final Map<Integer, List<LateWork>> works = new HashMap<>();
  private final Map<Integer, Map<Integer, List<Channel>>> channels = new HashMap<>();
  private final Map<Integer, List<Map<Integer, Outlet>>> outlets = new HashMap<>();
  private final Map<StepKey, List<Channel>> workerInputs = new HashMap<>();
  private final List<Outlet> letterOutlets = new ArrayList<>();
  private final Map<StepKey, SinkTask> sinkTasks = new HashMap<>();
  private @Nullable StageTask deadLetters;

  Wiring(
      RunScope scope,
      Places places,
      Map<StepKey, SinkWriter> writers,
      Demand demand,
      int edgeBatches) {
    this.scope = scope;
    this.plan = scope.plan();
    this.pool = places.work();
    this.forcing = places.forcing();
    this.writers = writers;
    this.demand = demand;
    this.edgeBatches = edgeBatches;
    this.ports = new Ports(plan);
    this.partitions = new Partitions(plan.logical());
    this.drift = new Drift(Meetings.of(plan));
  }

  /** The channels to the workers of a source, in turn. */
  List<Channel> workers(LogicalNode source) {
    return java.util.Objects.requireNonNull(workerInputs.get(StepKey.of(source)));
  }

  /** How far apart the sources are. */
  Drift drift() {
    return drift;
  }

  /** How the rows of a source get their time. */
  List<EventTime> times(LogicalNode source) {
    return Timers.of(plan.begunBy(StepKey.of(source)));
  }

  /** A sink's task, with what wakes it. */
  private record SinkTask(StageTask work, Task task) {}

  /** Rows that a sink gave back after the decision fail in its task. */
  void reject(LogicalNode sink, Batch rows, RowErrors errors) {
    SinkTask task = java.util.Objects.requireNonNull(sinkTasks.get(StepKey.of(sink)));
    task.work().reject(rows, errors);
    task.task().wake();
  }

  /** Whether rows that a sink gave back find its task ended. */
  boolean isStranded() {
    return sinkTasks.values().stream().anyMatch(sink -> sink.work().isStranded());
  }

  /** Some time has passed for the sinks. */
  void tick() {
    for (SinkTask sink : sinkTasks.values()) {
      sink.work().tick();
      sink.task().wake();
    }
  }

  /** The task of the dead letters, where there is one. */
  Optional<StageTask> deadLetters() {
    return Optional.ofNullable(deadLetters);
  }

  /** What producers of dead letters could not hand on yet; after all threads have stopped. */
  void handOnLetters() {
    for (Outlet outlet : letterOutlets) {
      outlet.force();
    }
  }

  /**
   * Makes everything.
   *
   * @param readers the reading task of each source
   */
  void wire(Map<StepKey, Task> readers) {
    for (Stage stage : plan.stages()) {
      makeTasks(stage);
    }
    for (Stage stage : plan.stages()) {
      makeChannels(stage);
    }
    for (Stage stage : plan.stages()) {
      if (stage.kind() == Stage.Kind.SOURCE) {
        wireWorkers(stage, readers);
      } else {
        wireStage(stage);
      }
    }
  }

  private void makeTasks(Stage stage) {
    List<Task> own = new ArrayList<>();
    List<LateWork> late = new ArrayList<>();
    List<Map<Integer, Outlet>> out = new ArrayList<>();
    for (int i = 0; i < stage.tasks(); i++) {
      LateWork work = new LateWork();
      own.add(pool.task(stage.nodes().get(0).step() + " " + i, work));
      late.add(work);
      out.add(new LinkedHashMap<>());
    }
    tasks.put(stage.id(), own);
    works.put(stage.id(), late);
    outlets.put(stage.id(), out);
  }

  private void makeChannels(Stage stage) {
    for (int from : stage.feeds()) {
      List<Channel> made = new ArrayList<>();
      List<Task> producers = get(tasks, from);
      for (int i = 0; i < producers.size(); i++) {
        Channel channel = new Channel(producers.get(i), get(tasks, stage.id()).get(0), edgeBatches);
        made.add(channel);
        Outlet outlet = new Outlet(channel);
        get(outlets, from).get(i).put(stage.id(), outlet);
        if (stage.kind() == Stage.Kind.DEAD_LETTER) {
          letterOutlets.add(outlet);
        }
      }
      channels.computeIfAbsent(stage.id(), s -> new HashMap<>()).put(from, made);
    }
  }

  private static <T> T get(Map<Integer, T> map, int key) {
    return java.util.Objects.requireNonNull(map.get(key));
  }

  private void wireWorkers(Stage stage, Map<StepKey, Task> readers) {
    LogicalNode source = stage.nodes().get(0);
    Task reader = java.util.Objects.requireNonNull(readers.get(StepKey.of(source)));
    List<Channel> inputs = new ArrayList<>();
    for (int i = 0; i < stage.tasks(); i++) {
      // Two units for each worker: one at hand, one to go on with.
      Channel input = new Channel(reader, get(tasks, stage.id()).get(i), 2);
      inputs.add(input);
      UnitTally tally =
          new UnitTally(scope.stopAbove(), scope.failedUnits(), source.step(), i, stage.tasks());
      TaskScope task = TaskScope.of(scope, tally, scope.epochs().join(source.step()));
      Map<Integer, Outlet> out = get(outlets, stage.id()).get(i);
      Map<StepKey, Fusion.Step> steps = new HashMap<>();
      Fusion fusion = fusion(stage, task, out, steps);
      Fusion.Step first = java.util.Objects.requireNonNull(steps.get(StepKey.of(source)));
      get(works, stage.id())
          .get(i)
          .is(
              new WorkTask(
                  input,
                  (ReadOperator) first.operator(),
                  first,
                  fusion,
                  out.values(),
                  task.now(),
                  scope.request().clock(),
                  tally,
                  task.member(),
                  task.counts(),
                  partitions.keys(source.step())));
    }
    workerInputs.put(StepKey.of(source), inputs);
  }

  private void wireStage(Stage stage) {
    LogicalNode first = stage.nodes().get(0);
    Epochs.Member member = scope.epochs().join(StepKey.of(first).shown());
    TaskScope task = TaskScope.of(scope, scope.stopAbove(), member);
    Map<Integer, Outlet> out = get(outlets, stage.id()).get(0);
    Map<StepKey, Fusion.Step> steps = new HashMap<>();
    Fusion fusion = fusion(stage, task, out, steps);
    List<StageTask.Entry> entries = new ArrayList<>();
    for (Ports.Port port : ports.of(stage)) {
      Fusion.Step step = java.util.Objects.requireNonNull(steps.get(StepKey.of(port.node())));
      step.expects(port.input());
      entries.add(new StageTask.Entry(step, port.input()));
    }
    List<Feed> feeds = new ArrayList<>();
    for (int from : stage.feeds()) {
      Map<Integer, List<Channel>> own = get(channels, stage.id());
      feeds.add(new Feed(get(own, from), ports.from(stage, from)));
    }
    Leaving leaving =
        new Leaving(
            member,
            task.counts(),
            scope.snapshots(),
            stage.nodes().stream().map(node -> StepKey.of(node).shown()).toList(),
            ports.watermarks(stage),
            force(first));
    leaving.restore(fusion);
    StageTask work =
        new StageTask(
            feeds,
            entries,
            fusion,
            out.values(),
            leaving,
            task.now(),
            scope.request().clock(),
            partitions.keys());
    if (first.operation() instanceof Operation.Write) {
      sinkTasks.put(StepKey.of(first), new SinkTask(work, get(tasks, stage.id()).get(0)));
    }
    if (stage.kind() == Stage.Kind.DEAD_LETTER) {
      deadLetters = work;
    }
    get(works, stage.id()).get(0).is(work);
    if (feeds.isEmpty()) {
      // A dead letter sink that nobody feeds ends at once.
      get(tasks, stage.id()).get(0).wake();
    }
  }

  /** Who waits for the disk where a stage is a sink: where no state is kept, the task itself. */
  private Leaving.Force force(LogicalNode first) {
    if (forcing.isEmpty() || !(first.operation() instanceof Operation.Write)) {
      return Leaving.Force.NOW;
    }
    String name = StepKey.of(first).shown();
    ForceTask work = new ForceTask(scope.epochs().join(name), scope.request().crashes());
    Task task = forcing.get().task(name + " force", work);
    return (left, last) -> {
      if (work.add(left, last)) {
        task.wake();
      }
    };
  }

  /** How many ends a step waits for: of inputs in this task, or of each stage that feeds it. */
  private int inputs(Stage stage, LogicalNode node) {
    int count = 0;
    if (node.equals(stage.nodes().get(0))) {
      for (int from : stage.feeds()) {
        count += ports.from(stage, from).size();
      }
      return count;
    }
    for (LogicalNode.Input input : node.inputs()) {
      count += stage.has(StepKey.of(input)) ? 1 : 0;
    }
    return count;
  }

  private Fusion fusion(
      Stage stage, TaskScope task, Map<Integer, Outlet> out, Map<StepKey, Fusion.Step> steps) {
    Fusion fusion = new Fusion(stage.kind() == Stage.Kind.SOURCE, drift::told);
    for (LogicalNode node : stage.nodes()) {
      Fusion.Step step =
          new Fusion.Step(
              StepKey.of(node).shown(),
              operator(node, task),
              inputs(stage, node),
              StepOutputs.names(node.operation()).size());
      steps.put(StepKey.of(node), step);
      fusion.add(step);
      letters(node, step, out);
    }
    for (LogicalNode node : stage.nodes()) {
      Fusion.Step step = java.util.Objects.requireNonNull(steps.get(StepKey.of(node)));
      readers(stage, node, step, task, out, steps);
    }
    return fusion;
  }

  private void letters(LogicalNode node, Fusion.Step step, Map<Integer, Outlet> out) {
    if (node.onError() == LogicalNode.OnError.DEAD_LETTER) {
      plan.deadLetters().map(stage -> out.get(stage.id())).ifPresent(step::letters);
    }
  }

  private Operator operator(LogicalNode node, TaskScope task) {
    StepContext context = task.context(node);
    if (node.operation() instanceof Operation.Read read) {
      return new ReadOperator(
          read,
          scope.meta(),
          scope.batchRows(),
          scope.quota(),
          scope.names().of(node.step()),
          context);
    }
    if (node.operation() instanceof Operation.Write write) {
      SinkWriter writer = java.util.Objects.requireNonNull(writers.get(StepKey.of(node)));
      return new WriteOperator(write, writer, context);
    }
    Operator made = Operators.of(context, () -> demand.met(StepKey.of(node)));
    demand.paced(StepKey.of(node), made);
    return made;
  }

  private void readers(
      Stage stage,
      LogicalNode node,
      Fusion.Step step,
      TaskScope task,
      Map<Integer, Outlet> out,
      Map<StepKey, Fusion.Step> steps) {
    List<String> names = StepOutputs.names(node.operation());
    for (LogicalNode reader : plan.logical().nodes()) {
      for (int i = 0; i < reader.inputs().size(); i++) {
        LogicalNode.Input input = reader.inputs().get(i);
        if (!StepKey.of(input).equals(StepKey.of(node))) {
          continue;
        }
        boolean failed = input.output().equals(StepOutputs.FAILED);
        int output = failed ? Operator.Out.FAILED : names.indexOf(input.output());
        step.readers(output).add(reader(stage, reader, i, task, out, steps));
      }
    }
  }

  private Fusion.Reader reader(
      Stage stage,
      LogicalNode reader,
      int input,
      TaskScope task,
      Map<Integer, Outlet> out,
      Map<StepKey, Fusion.Step> steps) {
    StepKey key = StepKey.of(reader);
    if (stage.has(key)) {
      Fusion.Step inner = java.util.Objects.requireNonNull(steps.get(key));
      inner.expects(input);
      return new Fusion.Inner(inner, input);
    }
    Stage to = plan.begunBy(key);
    Outlet outlet = get(out, to.id());
    int port = ports.of(to).indexOf(new Ports.Port(reader, input));
    if (stage.partial().contains(key)
        && reader.operation() instanceof Operation.Aggregate aggregate) {
      if (aggregate.windowing().isTimed()) {
        return new Fusion.Windowed(
            new PartialWindows(aggregate, task.context(reader)), outlet, port);
      }
      PartialGroups groups = new PartialGroups(aggregate, task.context(reader));
      Fusion.Step owner = new Fusion.Step(key.shown(), new Elsewhere(), 1, 1);
      letters(reader, owner, out);
      return new Fusion.Partial(groups, outlet, port, owner);
    }
    return new Fusion.Outer(outlet, port);
  }
}
