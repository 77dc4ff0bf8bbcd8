package io.penstock.core.run;

import io.penstock.api.data.Batch;
import io.penstock.api.source.Reader;
import io.penstock.api.system.Scheduler;
import io.penstock.core.logical.LogicalNode;
import io.penstock.core.logical.LogicalPlan;
import io.penstock.core.logical.Operation;
import io.penstock.core.operator.LookupTable;
import io.penstock.core.operator.MemoryBudget;
import io.penstock.core.operator.RowQuota;
import io.penstock.core.operator.StepCounters;
import io.penstock.core.optimise.PlanExpressions;
import io.penstock.core.physical.PhysicalPlan;
import io.penstock.core.physical.PhysicalPlanner;
import io.penstock.core.physical.StepKey;
import io.penstock.core.report.RunReport;
import io.penstock.core.runner.RunRequest;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.IntSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Leads one run: opens sinks, tables and sources, starts the tasks, cuts epochs, commits, closes.
 * Everything here happens on one thread, but for what {@link EmbeddedRun} hands over.
 */
final class Supervisor {
  private static final long LOOK_MILLIS = 10;
  private static final int BLOCK_BYTES = 1 << 20;

  private final LogicalPlan logical;
  private final RunRequest request;
  private final Machine machine;
  private final EmbeddedRun run;
  private final Meters meters;
  private final Reports reports;
  private final Trigger trigger;
  private final RowQuota quota;
  private final List<TaskPool> pools = new ArrayList<>();
  private final List<Scheduler.Handle> threads = new ArrayList<>();
  private final List<OpenSource> sources = new ArrayList<>();
  private final Outputs outputs;
  private final List<ReadTask> readers = new ArrayList<>();
  private final WaitingReaders waiting = new WaitingReaders();
  private final ArrayDeque<Task> notStarted = new ArrayDeque<>();
  private final Epochs epochs;
  private final FailedUnits failedUnits = new FailedUnits();
  private @Nullable Wiring wiring;
  private volatile boolean timeIsUp;
  private long startNanos;
  private long checkpointNanos;

  Supervisor(
      LogicalPlan logical,
      RunRequest request,
      Machine machine,
      EmbeddedRun run,
      Meters meters,
      Reports reports) {
    this.logical = logical;
    this.request = request;
    this.machine = machine;
    this.run = run;
    this.meters = meters;
    this.reports = reports;
    this.trigger = Trigger.of(logical, request);
    this.quota = RowQuota.of(request.untilRows());
    this.epochs = Epochs.of(logical);
    this.outputs = new Outputs(epochs);
  }

  /** Does the whole run. */
  void run() {
    RunReport.Outcome outcome;
    try {
      outcome = supervised();
    } catch (InterruptedException e) {
      run.failed(e);
      outcome = RunReport.Outcome.FAILED;
    }
    run.finished(outcome);
  }

  /** Does the whole run on the calling thread, which chooses each next step; for tests. */
  void runHere(IntSupplier choice) throws InterruptedException {
    try {
      prepare();
      while (!isOver()) {
        boolean any = false;
        for (TaskPool pool : pools) {
          any |= pool.step(choice.getAsInt());
        }
        if (!any) {
          look();
        }
      }
    } catch (RuntimeException | IOException e) {
      run.failed(e);
    }
    halt();
    run.finished(end());
  }

  private RunReport.Outcome supervised() throws InterruptedException {
    try {
      prepare();
      loop();
    } catch (RuntimeException | IOException | OutOfMemoryError e) {
      run.failed(e);
    }
    halt();
    return end();
  }

  private void prepare() throws IOException {
    startNanos = request.clock().nanos();
    checkpointNanos = startNanos;
    if (trigger instanceof Trigger.Continuous) {
      run.warn("this run keeps no position: started again, it begins anew");
    }
    // A limit of rows is exact only where one task counts them.
    int workers = request.untilRows().isPresent() ? 1 : Math.max(1, request.workers());
    PhysicalPlan plan = PhysicalPlanner.plan(logical, workers);
    outputs.open(plan, request, reports);
    Tables tables = new Tables(scope(plan, Map.of()), run::isStopping);
    start(scope(plan, tables.read(reports)), workers);
  }

  private RunScope scope(PhysicalPlan plan, Map<String, LookupTable> tables) {
    return new RunScope(
        plan,
        request,
        machine.executions().apply(request, run),
        tables,
        PlanExpressions.meta(logical),
        RunSeed.of(logical, request),
        meters,
        epochs,
        StopAbove.of(logical),
        failedUnits,
        run.names(),
        quota,
        new MemoryBudget(request.memory()));
  }

  private void start(RunScope scope, int workers) {
    TaskPool pool = pool();
    Demand demand = new Demand(logical);
    Wiring wired = new Wiring(scope, pool, outputs.writers(), demand, machine.edgeBatches());
    wiring = wired;
    Map<StepKey, Task> tasks = new HashMap<>();
    Map<StepKey, LateWork> works = new HashMap<>();
    Map<StepKey, TaskPool> own = new HashMap<>();
    boolean fixedEnds = trigger instanceof Trigger.ToTheEnd end && end.fixedEnds();
    boolean oneByOne = true;
    for (LogicalNode node : logical.nodes()) {
      if (node.operation() instanceof Operation.Read read) {
        sources.add(OpenSource.open(node, request, scope.meta(), scope.seed(), fixedEnds));
        oneByOne &= read.source().traits().bounded();
        StepKey key = StepKey.of(node);
        if (read.source().traits().waits()) {
          own.put(key, pool());
        }
        LateWork work = new LateWork();
        works.put(key, work);
        tasks.put(key, own.getOrDefault(key, pool).task(node.step(), work));
      }
    }
    wired.wire(tasks);
    for (OpenSource source : sources) {
      StepKey key = StepKey.of(source.node());
      ReadTask reader = reader(source, wired, demand);
      readers.add(reader);
      Optional.ofNullable(own.get(key)).ifPresent(thread -> waiting.add(reader, thread));
      java.util.Objects.requireNonNull(works.get(key)).is(reader);
      notStarted.add(java.util.Objects.requireNonNull(tasks.get(key)));
      source.left().ifPresent(total -> reports.total(key, total));
    }
    // Bounded sources are read one after the other, so that where they meet their rows always meet
    // in the same order.
    startNext();
    while (!oneByOne && !notStarted.isEmpty()) {
      startNext();
    }
    threads(workers);
  }

  private void startNext() {
    Task next = notStarted.poll();
    if (next != null) {
      next.wake();
    }
  }

  private TaskPool pool() {
    TaskPool pool = new TaskPool(run::failed);
    pools.add(pool);
    return pool;
  }

  private ReadTask reader(OpenSource source, Wiring wired, Demand demand) {
    LogicalNode node = source.node();
    Operation.Read read = (Operation.Read) node.operation();
    StepCounters counters = meters.counters(StepKey.of(node), 1);
    int rows = Math.min(request.batchRows().orElse(Batch.MAX_ROWS), Batch.MAX_ROWS);
    return new ReadTask(
        node,
        source.reader(),
        new Reader.Limits(rows, BLOCK_BYTES),
        read.source().traits().waits() ? Duration.ofMillis(100) : Duration.ZERO,
        wired.workers(node),
        epochs,
        () -> timeIsUp || run.isStopping() || demand.isMet(StepKey.of(node)),
        failedUnits,
        quota,
        request.clock(),
        counters);
  }

  private void threads(int workers) {
    for (int i = 0; i < pools.size(); i++) {
      TaskPool pool = pools.get(i);
      int count = i == 0 ? workers : 1;
      for (int k = 0; k < count; k++) {
        String name = "penstock-" + (i == 0 ? "work" : "read-" + i) + "-" + k;
        Scheduler.Handle thread = request.scheduler().start(name, pool::work);
        if (!waiting.takes(pool, thread)) {
          threads.add(thread);
        }
      }
    }
  }

  private void loop() throws InterruptedException {
    while (!isOver()) {
      pools.get(0).awaitEvent(LOOK_MILLIS);
      look();
    }
  }

  private boolean isOver() {
    return run.hasFailed()
        || run.isAborting()
        || pools.stream().allMatch(pool -> pool.isDone() || pool.isStopped());
  }

  private void look() {
    request
        .untilTime()
        .ifPresent(most -> timeIsUp |= request.clock().nanos() - startNanos >= most.toNanos());
    if (failedUnits.first().isPresent()) {
      fail(failedUnits.first().get());
      return;
    }
    leaveWaiting();
    boolean quiet = pools.stream().allMatch(pool -> pool.isQuiet() && !pool.hasPolling());
    // A unit that has failed since is seen at the next look.
    if (quiet && !isOver() && failedUnits.first().isEmpty()) {
      if (notStarted.isEmpty()) {
        throw new IllegalStateException("the tasks of the run wait for each other");
      }
      startNext();
    }
    pools.forEach(TaskPool::wakePolling);
    if (trigger instanceof Trigger.Continuous continuous) {
      cut(continuous.checkpoint());
    }
  }

  /** What the units before have left to do may still fail, and then is the first failure. */
  private void fail(RuntimeException first) {
    if (pools.get(0).isQuiet()) {
      pools.get(0).fail(first);
    }
  }

  /** Somebody at a terminal, or a pipe that is never closed, does not keep a run from stopping. */
  private void leaveWaiting() {
    boolean stopping = timeIsUp || run.isStopping();
    if (stopping && waiting.isPatienceOver(request.clock().nanos())) {
      waiting.leave();
      notStarted.forEach(Task::wake);
      notStarted.clear();
    }
  }

  private void cut(Duration checkpoint) {
    long now = request.clock().nanos();
    if (epochs.barrier() == epochs.current()) {
      if (epochs.isReady() && !isOver()) {
        commit();
      }
      return;
    }
    if (now - checkpointNanos < checkpoint.toNanos()) {
      return;
    }
    checkpointNanos = now;
    boolean anything = false;
    for (ReadTask reader : readers) {
      anything |= reader.takeAnything();
    }
    if (anything && epochs.request()) {
      pools.forEach(TaskPool::wakePolling);
    }
  }

  private void commit() {
    long epoch = epochs.current();
    outputs.commit();
    sources.forEach(source -> source.decided(epoch));
    epochs.decided();
    run.decided(epoch);
  }

  /** Stops all threads; what they were doing is finished. */
  private void halt() throws InterruptedException {
    pools.forEach(TaskPool::stop);
    for (Scheduler.Handle thread : threads) {
      while (!thread.await(Duration.ofSeconds(1))) {
        // A step that is under way never waits for long.
      }
    }
    waiting.halt();
  }

  private RunReport.Outcome end() {
    boolean complete =
        !run.hasFailed() && !run.isAborting() && pools.stream().allMatch(TaskPool::isDone);
    boolean stoppedShort = run.isStopping() && trigger instanceof Trigger.ToTheEnd;
    try {
      if (complete && !stoppedShort) {
        EndChecks.check(logical, meters, reports);
        commit();
      } else {
        giveUp();
      }
    } catch (RuntimeException e) {
      run.failed(e);
      giveUp();
    }
    close();
    return outcome(stoppedShort);
  }

  private RunReport.Outcome outcome(boolean stoppedShort) {
    if (run.hasFailed()) {
      return RunReport.Outcome.FAILED;
    }
    if (run.isAborting()) {
      return RunReport.Outcome.ABORTED;
    }
    if (run.isStopping()) {
      if (stoppedShort) {
        run.warn("the run was stopped before its end, so its outputs are left as they were");
      }
      return RunReport.Outcome.STOPPED;
    }
    return timeIsUp || quota.isUsedUp()
        ? RunReport.Outcome.LIMIT_REACHED
        : RunReport.Outcome.FINISHED;
  }

  private void giveUp() {
    Wiring wired = wiring;
    try {
      if (run.isAborting() || wired == null) {
        outputs.abortAll();
        return;
      }
      wired.handOnLetters();
      outputs.giveUp(wired.deadLetters());
    } catch (RuntimeException e) {
      run.failed(e);
      run.warn("the dead letters could not be written: " + e.getMessage());
    }
  }

  private void close() {
    List<AutoCloseable> open = new ArrayList<>(outputs.open());
    open.addAll(sources);
    for (int i = open.size() - 1; i >= 0; i--) {
      try {
        open.get(i).close();
      } catch (Exception e) {
        if (!run.hasFailed()) {
          run.warn("closing met an error: " + e.getMessage());
        }
      }
    }
  }
}
