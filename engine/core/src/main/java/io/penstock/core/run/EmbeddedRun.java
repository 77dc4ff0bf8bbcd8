package io.penstock.core.run;

import io.penstock.api.problem.Origin;
import io.penstock.api.problem.PipelineException;
import io.penstock.api.problem.Problem;
import io.penstock.api.problem.ProblemCode;
import io.penstock.api.system.NoSpaceException;
import io.penstock.api.system.Scheduler;
import io.penstock.core.logical.LogicalPlan;
import io.penstock.core.operator.MemoryBudget;
import io.penstock.core.report.RunReport;
import io.penstock.core.runner.RunRequest;
import io.penstock.core.runner.RunningPipeline;
import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** A run under way: what others see of it, and may tell it. */
final class EmbeddedRun implements RunningPipeline {
  private final LogicalPlan plan;
  private final RunRequest request;
  private final Reports reports;
  private final long startNanos;
  private final Warnings warnings;
  private final UnseenNames names;

  /** Made before, since it takes some memory itself. */
  private final Problem memoryIsUsedUp;

  private volatile Optional<MemoryBudget> memory = Optional.empty();
  private volatile boolean stopping;
  private volatile boolean aborting;
  private volatile long epochs;
  private volatile boolean repeated;
  private volatile Optional<String> degraded = Optional.empty();
  private volatile Optional<String> oldTables = Optional.empty();
  private volatile Optional<RunReport.StateReport> state = Optional.empty();
  private volatile @Nullable String noSpace;
  private volatile @Nullable Problem problem;
  private volatile @Nullable RunReport last;
  private volatile Scheduler.@Nullable Handle supervisor;

  EmbeddedRun(LogicalPlan plan, RunRequest request, Reports reports) {
    this.plan = plan;
    this.request = request;
    this.reports = reports;
    this.startNanos = request.clock().nanos();
    this.warnings = new Warnings(request.log());
    this.names = new UnseenNames(plan, this::warn);
    this.memoryIsUsedUp = noMemory(plan, "");
  }

  void supervisedBy(Scheduler.Handle handle) {
    supervisor = handle;
  }

  boolean isStopping() {
    return stopping || aborting;
  }

  /** What is odd and loses nothing. */
  Warnings warnings() {
    return warnings;
  }

  /** Watches the names that the rows of sources have. */
  UnseenNames names() {
    return names;
  }

  boolean isAborting() {
    return aborting;
  }

  /** An epoch is decided and made visible. */
  void decided(long epoch) {
    epochs++;
    degraded = Optional.empty();
    state = state.map(s -> new RunReport.StateReport(s.folder(), s.resumed(), epoch));
  }

  /** The run goes on from this state. */
  void resumed(Kept kept) {
    long from = kept.firstEpoch() - 1;
    if (state.isEmpty()) {
      state = Optional.of(new RunReport.StateReport(kept.path().toString(), from, from));
    }
  }

  /** An epoch is given up and read again, so what was counted of it is counted twice. */
  void repeats() {
    repeated = true;
  }

  /** Whether an epoch was given up and begun again. */
  boolean wasRepeated() {
    return repeated;
  }

  /** What keeps the run from going on as it should, for now; empty where nothing does. */
  void degraded(Optional<String> why) {
    degraded = why;
  }

  /** Which tables could not be read again, for now; empty where all could. */
  void hasOldTables(Optional<String> which) {
    oldTables = which;
  }

  private Optional<String> allDegraded() {
    Optional<String> tables = oldTables;
    return degraded.map(why -> why + tables.map(which -> "; " + which).orElse("")).or(() -> tables);
  }

  /** Who this process is, for others that must wait for it. */
  String process() {
    return "process " + ProcessHandle.current().pid();
  }

  /** What a full disk has ended, and may be tried again; then it counts as not failed. */
  synchronized Optional<String> takeNoSpace() {
    Optional<String> full = Optional.ofNullable(noSpace);
    noSpace = null;
    repeated |= full.isPresent();
    return problem == null ? full : Optional.empty();
  }

  void warn(String warning) {
    warnings.add(warning);
  }

  private static Problem noMemory(LogicalPlan plan, String largest) {
    return Problem.of(
        ProblemCode.R401,
        Origin.file(plan.name()),
        outOfMemory(largest),
        "give it more with `JAVA_OPTS=-Xmx2g`, or use fewer workers");
  }

  /** What went wrong; the first one counts. */
  synchronized void failed(Throwable cause) {
    boolean known = problem != null || noSpace != null;
    if (known || aborting && cause instanceof AbandonedException) {
      return;
    }
    if (request.kept().isPresent()) {
      for (Throwable why = cause; why != null; why = why.getCause()) {
        if (why instanceof NoSpaceException full) {
          noSpace = told(cause, full);
          return;
        }
      }
    }
    if (cause instanceof PipelineException said) {
      problem = said.problem();
    } else if (cause instanceof OutOfMemoryError) {
      problem = memoryIsUsedUp;
      try {
        problem = noMemory(plan, memory.map(MemoryBudget::largest).orElse(""));
      } catch (OutOfMemoryError again) {
        // The one that was made before stands.
      }
    } else {
      StackTraceElement[] trace = cause.getStackTrace();
      String where = trace.length == 0 ? "" : " at " + trace[0];
      request.log().accept(new RunRequest.LogLine("error", "", StackTraces.of(cause)));
      problem =
          Problem.of(
              ProblemCode.R410,
              Origin.file(plan.name()),
              "the engine met an error of its own: " + cause + where,
              "report it, with the log");
    }
  }

  /** What could not be done because the disk is full, with its code. */
  private static String told(Throwable cause, NoSpaceException full) {
    return cause instanceof PipelineException known
        ? known.problem().code() + " " + known.problem().message()
        : String.valueOf(full.getMessage());
  }

  private static String outOfMemory(String holders) {
    return "Java has no more memory for this run"
        + (holders.isEmpty() ? "" : "; steps hold: " + holders);
  }

  /** Where what its steps hold is counted. */
  void heldIn(MemoryBudget budget) {
    memory = Optional.of(budget);
    reports.heldIn(budget);
  }

  /** How many bytes its steps hold now. */
  long held() {
    return memory.map(MemoryBudget::held).orElse(0L);
  }

  /** Whether there is a final report. */
  boolean isOver() {
    return last != null;
  }

  boolean hasFailed() {
    return problem != null || noSpace != null;
  }

  void finished(RunReport.Outcome outcome) {
    names.ended();
    last = report(Optional.of(outcome));
  }

  @Override
  public RunReport report() {
    RunReport ended = last;
    return ended != null ? ended : report(Optional.empty());
  }

  private RunReport report(Optional<RunReport.Outcome> outcome) {
    return new RunReport(
        plan.name(),
        outcome,
        Optional.ofNullable(problem),
        reports.steps(),
        Duration.ofNanos(request.clock().nanos() - startNanos),
        epochs,
        warnings.all(),
        allDegraded(),
        reports.refreshedTables(),
        state);
  }

  @Override
  public void stop() {
    stopping = true;
  }

  @Override
  public void abort() {
    aborting = true;
  }

  @Override
  public Optional<RunReport> await(Duration atMost) throws InterruptedException {
    Scheduler.Handle handle = supervisor;
    if (handle != null && last == null && handle.await(atMost) && last == null) {
      // Where there was no memory left even to say so.
      failed(new IllegalStateException("the run ended without an outcome"));
      finished(RunReport.Outcome.FAILED);
    }
    return Optional.ofNullable(last);
  }
}
