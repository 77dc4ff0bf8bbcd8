package io.penstock.core.run;

import io.penstock.api.data.Batch;
import io.penstock.api.source.Reader;
import io.penstock.core.checkpoint.Checkpoint;
import io.penstock.core.logical.LogicalNode;
import io.penstock.core.logical.LogicalPlan;
import io.penstock.core.logical.Operation;
import io.penstock.core.operator.Lookups;
import io.penstock.core.operator.MemoryBudget;
import io.penstock.core.operator.RowQuota;
import io.penstock.core.operator.StepCounters;
import io.penstock.core.optimise.PlanExpressions;
import io.penstock.core.physical.PhysicalPlan;
import io.penstock.core.physical.PhysicalPlanner;
import io.penstock.core.physical.StepKey;
import io.penstock.core.report.RunReport;
import io.penstock.core.runner.RunRequest;
import io.penstock.core.state.SpillFolder;
import java.io.IOException;
import java.time.Duration;
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
  private static final long LOOK_NANOS = 10_000_000;
  private static final int LOOKS = 4;
  private static final int BLOCK_BYTES = 1 << 20;

  private final Given given;
  private final LogicalPlan logical;
  private final RunRequest request;
  private final EmbeddedRun run;
  private final Meters meters;
  private final Reports reports;
  private final Optional<Kept> kept;
  private final Trigger trigger;
  private final RowQuota quota;
  private final Pools pools;
  private final Watch watch;
  private final SpillFolder spill;
  private final MemoryBudget memory;
  private final Readers readers = new Readers();
  private final OpenLookups lookups = new OpenLookups();
  private final Outputs outputs;
  private final Epochs epochs;
  private final FailedUnits failedUnits = new FailedUnits();
  private final Demand demand;
  private List<Outputs.GivenBack> givenBack = List.of();
  private @Nullable Wiring wiring;
  private @Nullable Pace pace;
  private final Limits limits;
  private boolean nothingToDo;
  private boolean owesLetters;

  Supervisor(Given given) {
    this.given = given;
    this.logical = given.plan();
    this.request = given.request();
    this.run = given.run();
    this.meters = given.meters();
    this.reports = given.reports();
    this.kept = given.kept();
    this.trigger = Trigger.of(logical, request);
    // A position lies behind whole units, so with kept state no unit is cut.
    this.quota = kept.isPresent() ? RowQuota.none() : RowQuota.of(request.untilRows());
    this.pools = new Pools(run::failed);
    this.epochs = new Epochs(kept.map(Kept::firstEpoch).orElse(1L), pools::ring);
    this.outputs = new Outputs(epochs, kept);
    this.spill = Spilling.folder(request, kept, run);
    this.memory = new MemoryBudget(request.memory(), spill);
    run.heldIn(memory);
    this.demand = new Demand(logical);
    this.watch = new Watch(epochs, request.clock(), run);
    this.limits = new Limits(request, kept.isPresent());
  }

  /** Does the whole run; how it ended. Nothing is left running. */
  RunReport.Outcome run() {
    try {
      return supervised();
    } catch (InterruptedException e) {
      run.failed(e);
      return RunReport.Outcome.FAILED;
    }
  }

  /** Does the whole run on the calling thread, which chooses each next step; for tests. */
  RunReport.Outcome runHere(IntSupplier choice) throws InterruptedException {
    try {
      prepare();
      while (!isOver()) {
        // With threads a look may come between any two steps.
        if (!pools.step(choice) || choice.getAsInt() % LOOKS == 0) {
          look();
        }
      }
    } catch (RuntimeException | IOException e) {
      run.failed(e);
    }
    halt();
    return end();
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
    if (trigger instanceof Trigger.Continuous && kept.isEmpty()) {
      run.warn("this run keeps no position: started again, it begins anew");
    }
    // A limit of rows is exact only where one task counts them.
    int workers = request.untilRows().isPresent() ? 1 : Math.max(1, request.workers());
    PhysicalPlan plan = PhysicalPlanner.plan(logical, workers);
    givenBack = outputs.open(plan, request, reports);
    kept.ifPresent(state -> state.warnings().forEach(run::warn));
    if (kept.filter(state -> !state.reads()).isPresent() && givenBack.isEmpty()) {
      nothingToDo = true;
      return;
    }
    if (kept.filter(Kept::isFinished).isPresent() && givenBack.isEmpty()) {
      nothingToDo = true;
      openSources(scope(plan, Lookups.NONE));
      return;
    }
    Lookups found = lookups.open(scope(plan, Lookups.NONE), run, reports);
    start(scope(plan, found), workers);
  }

  private RunScope scope(PhysicalPlan plan, Lookups found) {
    return new RunScope(
        plan,
        request,
        given.machine().executions().apply(request, run),
        found,
        PlanExpressions.meta(logical),
        RunSeed.of(logical, request, kept),
        meters,
        epochs,
        StopAbove.of(logical),
        failedUnits,
        run.names(),
        run.warnings(),
        quota,
        memory,
        kept.<Snapshots>map(state -> state).orElse(Snapshots.NONE),
        kept.flatMap(Kept::slot));
  }

  private void openSources(RunScope scope) {
    for (LogicalNode node : logical.nodes()) {
      if (node.operation() instanceof Operation.Read) {
        OpenSource.Stretch stretch = OpenSource.Stretch.of(trigger.fixedEnds(), kept, node.step());
        readers.open(OpenSource.open(node, scope, stretch));
      }
    }
  }

  private void start(RunScope scope, int workers) {
    TaskPool pool = pools.add();
    Places places = new Places(pool, kept.map(state -> pools.forcing()));
    Wiring wired =
        new Wiring(scope, places, outputs.writers(), demand, given.machine().edgeBatches());
    wiring = wired;
    openSources(scope);
    Map<StepKey, Task> tasks = new HashMap<>();
    Map<StepKey, LateWork> works = new HashMap<>();
    Map<StepKey, TaskPool> own = new HashMap<>();
    for (OpenSource source : readers.sources()) {
      StepKey key = StepKey.of(source.node());
      if (source.traits().waits()) {
        own.put(key, pools.add());
      }
      LateWork work = new LateWork();
      works.put(key, work);
      tasks.put(key, own.getOrDefault(key, pool).task(source.node().step(), work));
    }
    wired.wire(tasks);
    Pace made = pace();
    pace = made;
    for (OpenSource source : readers.sources()) {
      StepKey key = StepKey.of(source.node());
      ReadTask reader = reader(source, wired, made);
      readers.add(reader, java.util.Objects.requireNonNull(tasks.get(key)));
      Optional.ofNullable(own.get(key)).ifPresent(thread -> readers.waits(reader, thread));
      java.util.Objects.requireNonNull(works.get(key)).is(reader);
      source.left().ifPresent(total -> reports.total(key, total));
    }
    givenBack.forEach(this::giveBack);
    if (!given.reachesAnEnd()) {
      lookups.tables().ifPresent(tables -> tables.refresh(pools));
    }
    readers.begin(!readers.oneByOne() || kept.isPresent(), wired.drift());
    pools.start(request.scheduler(), workers, readers);
  }

  private Pace pace() {
    Paces.Asked asked =
        new Paces.Asked(this::isEnough, this::takeAnything, () -> owesLetters, this::commit);
    return new Paces(given, trigger, epochs, readers, demand, quota).pace(asked);
  }

  private boolean takeAnything() {
    boolean back = owesLetters;
    owesLetters = false;
    // An epoch without rows brings those that follow a table that was read again.
    boolean news = lookups.tables().filter(Tables::hasNews).isPresent();
    return readers.takeAnything() | demand.takeHeld() | back | news;
  }

  /** Whether the run is told to stop; with kept state also by what it has read. */
  private boolean isEnough() {
    return limits.isReached() || run.isStopping();
  }

  private ReadTask reader(OpenSource source, Wiring wired, Pace made) {
    LogicalNode node = source.node();
    StepCounters counters = meters.counters(StepKey.of(node), 1);
    int rows = Math.min(request.batchRows().orElse(Batch.MAX_ROWS), Batch.MAX_ROWS);
    return new ReadTask(
        source,
        trigger.limits(new Reader.Limits(rows, BLOCK_BYTES)),
        source.traits().waits() ? Duration.ofMillis(100) : Duration.ZERO,
        wired.workers(node),
        epochs,
        wired.drift().intake(node.step(), made.intake(node)),
        failedUnits,
        made.readingClock(),
        counters,
        made.silence(source, wired.times(node)),
        source.traits().waits()
            ? giving -> pools.first().helping(giving, trigger.actsAtRest())
            : Runnable::run);
  }

  private void loop() throws InterruptedException {
    while (!isOver()) {
      pools.awaitEvent(pace == null ? LOOK_NANOS : Math.min(LOOK_NANOS, pace.due()));
      look();
    }
  }

  private boolean isOver() {
    return run.hasFailed()
        || run.isAborting()
        || pace != null && pace.isOver()
        || pools.areOver()
        || isStranded();
  }

  private void look() {
    limits.look(readers, meters);
    if (failedUnits.first().isPresent()) {
      pools.fail(failedUnits.first().get());
      return;
    }
    if (isEnough()) {
      readers.stopping(request.clock().nanos(), kept.isPresent());
    }
    boolean still = pools.areStill();
    // A unit that has failed since is seen at the next look.
    if (pools.areStuck() && !isOver() && failedUnits.first().isEmpty() && !readers.startNext()) {
      throw new IllegalStateException("the tasks of the run wait for each other");
    }
    if (still) {
      readers.still();
    }
    watch.look(Optional.ofNullable(wiring));
    lookups.tables().ifPresent(Tables::look);
    if (pace != null) {
      pace.look();
    }
    // Whoever rests sees at once that a barrier is asked for.
    if (epochs.isUnderWay()) {
      pools.first().helping(readers::passBarrier, false);
    }
    pools.wakePolling();
  }

  /** Decides the epoch, then makes it visible; rows that sinks give back belong to the next one. */
  private void commit(Checkpoint.Ending ending) {
    if (isStranded()) {
      return;
    }
    List<Outputs.GivenBack> back = decide(ending);
    if (ending == Checkpoint.Ending.GOES_ON) {
      back.forEach(this::giveBack);
      givenBack = List.of();
    }
  }

  private List<Outputs.GivenBack> decide(Checkpoint.Ending ending) {
    owesLetters = false;
    long epoch = epochs.current();
    lookups.tables().ifPresent(tables -> tables.reached(epoch));
    List<Part> parts = epochs.parts();
    Kept.Decision how = new Kept.Decision(trigger.mode(), ending, reports.tables());
    kept.ifPresent(state -> state.decide(epoch, parts, outputs.states(), how));
    givenBack = outputs.commit();
    readers.decided(epoch, parts);
    kept.ifPresent(Kept::tidy);
    epochs.decided();
    run.decided(epoch);
    return givenBack;
  }

  /**
   * Whether rows were given back that can be no dead letters in this run any more. Then nothing may
   * be decided: a run that follows meets them again.
   */
  private boolean isStranded() {
    Wiring wired = wiring;
    return wired != null && wired.isStranded();
  }

  private void giveBack(Outputs.GivenBack back) {
    // They become dead letters even if nothing is read any more.
    owesLetters = true;
    Wiring wired = java.util.Objects.requireNonNull(wiring);
    back.rows().batches().forEach(batch -> wired.reject(back.sink(), batch.rows(), batch.errors()));
  }

  /** Whether another run must follow at once to deal with what this one's last epoch has left. */
  boolean mustGoOn() {
    return !givenBack.isEmpty()
        || isStranded()
        || pace instanceof Batches batches && batches.endedAtOldBounds();
  }

  /** Whether it has decided an epoch. */
  boolean hasDecided() {
    return kept.isPresent() && epochs.current() > kept.get().firstEpoch();
  }

  private void halt() throws InterruptedException {
    pools.halt();
    readers.halt();
  }

  private RunReport.Outcome end() {
    boolean stranded = isStranded();
    if (stranded) {
      run.repeats();
    }
    boolean over = nothingToDo || pace != null && pace.isOver() && !stranded;
    RunReport.Outcome outcome =
        new Ending(given, epochs, outputs, readers, lookups, this::decide)
            .end(
                over,
                pools.areDone() && !stranded,
                limits.isReached() || quota.isUsedUp(),
                Optional.ofNullable(wiring));
    Spilling.close(spill, run);
    return outcome;
  }
}
