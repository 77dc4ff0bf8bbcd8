package io.penstock.core.run;

import com.google.common.hash.Hashing;
import io.penstock.api.problem.PipelineException;
import io.penstock.core.checkpoint.RunFolder;
import io.penstock.core.checkpoint.StateProblems;
import io.penstock.core.logical.LogicalPlan;
import io.penstock.core.logical.Schedule;
import io.penstock.core.report.RunReport;
import io.penstock.core.runner.KeptState;
import io.penstock.core.runner.RunRequest;
import io.penstock.core.schedule.Agenda;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Optional;

/**
 * Runs a pipeline whose state is kept: takes its folder, then runs from checkpoint to checkpoint as
 * often as it takes, on one thread.
 */
final class KeptRuns {
  private static final Duration PAUSE = Duration.ofSeconds(5);
  private static final int NAME_DIGITS = 32;
  private static final Duration GLANCE = Duration.ofMillis(100);

  private final LogicalPlan checked;
  private final LogicalPlan plan;
  private final RunRequest request;
  private final KeptState state;
  private final EmbeddedRun run;
  private final Supervisors supervisors;

  /** Makes what leads a run that goes on from this state. */
  @FunctionalInterface
  interface Supervisors {
    Supervisor of(Kept kept);
  }

  /** Does one run from a checkpoint. */
  @FunctionalInterface
  interface Doing {
    RunReport.Outcome run(Supervisor supervisor) throws InterruptedException;
  }

  /**
   * Runs of a pipeline.
   *
   * @param checked as it was written
   * @param plan as it is done
   */
  KeptRuns(
      LogicalPlan checked,
      LogicalPlan plan,
      RunRequest request,
      KeptState state,
      EmbeddedRun run,
      Supervisors supervisors) {
    this.checked = checked;
    this.plan = plan;
    this.request = request;
    this.state = state;
    this.run = run;
    this.supervisors = supervisors;
  }

  /** Does everything; how it ended. */
  RunReport.Outcome run(Doing doing) {
    boolean fresh = state.fresh();
    while (true) {
      try (RunFolder folder = open(fresh)) {
        // What is decided from here on is not to be left because the disk was full later.
        fresh = false;
        return inFolder(folder, doing);
      } catch (InterruptedException | RuntimeException e) {
        for (Throwable other : e.getSuppressed()) {
          if (other instanceof PipelineException known) {
            run.warn(known.problem().toString());
          }
        }
        run.failed(e);
      } catch (IOException e) {
        run.failed(StateProblems.of(plan.name(), e));
      }
      Optional<RunReport.Outcome> end = end();
      if (end.isPresent()) {
        return end.get();
      }
    }
  }

  /** How it ended; empty where the disk was full, and may have room now. */
  private Optional<RunReport.Outcome> end() {
    Optional<String> full = run.takeNoSpace();
    if (full.isEmpty()) {
      return Optional.of(RunReport.Outcome.FAILED);
    }
    if (run.isStopping()) {
      return Optional.of(RunReport.Outcome.ABORTED);
    }
    try {
      pause(full.get());
      return Optional.empty();
    } catch (InterruptedException e) {
      run.failed(e);
      return Optional.of(RunReport.Outcome.FAILED);
    }
  }

  private RunFolder open(boolean fresh) throws IOException {
    String drawn = request.seed() + " " + request.clock().micros() + " " + run.process();
    String name =
        Hashing.sha256()
            .hashString(drawn + " " + state.folder(), StandardCharsets.UTF_8)
            .toString()
            .substring(0, NAME_DIGITS);
    RunFolder.Opening who =
        new RunFolder.Opening(
            plan.name(), name, run.process(), request.clock().micros(), Version.OF_ENGINE);
    return RunFolder.open(request.disk(), state.folder(), who, fresh, request.crashes());
  }

  private RunReport.Outcome inFolder(RunFolder folder, Doing doing)
      throws IOException, InterruptedException {
    Optional<Schedule> schedule =
        Trigger.of(plan, request) instanceof Trigger.Batches
            ? plan.settings().schedule().filter(s -> !(s instanceof Schedule.AvailableNow))
            : Optional.empty();
    return schedule.isPresent()
        ? scheduled(folder, doing, schedule.get())
        : goOn(folder, doing, Occasion.NONE);
  }

  private RunReport.Outcome scheduled(RunFolder folder, Doing doing, Schedule schedule)
      throws IOException, InterruptedException {
    long since = request.clock().nanos();
    Kept before = new Kept(folder, checked, request, Occasion.NONE);
    RunReport.Outcome outcome = RunReport.Outcome.FINISHED;
    // What was begun for a slot is done to its end before the next; what was decided is made
    // visible at once, and not at the next slot.
    if (before.isUnderWay() || before.firstEpoch() > 1) {
      outcome = goOn(folder, doing, before.isUnderWay() ? Occasion.NONE : Occasion.RECOVERY);
    }
    Agenda agenda = Agenda.of(schedule, before.recordedSlot(), now());
    while (outcome == RunReport.Outcome.FINISHED && !run.isStopping()) {
      Optional<Instant> slot = agenda.due(now());
      if (slot.isPresent()) {
        outcome = goOn(folder, doing, Occasion.of(slot.get()));
        agenda.ended(now());
      } else if (isTimeUp(since)) {
        return RunReport.Outcome.LIMIT_REACHED;
      } else {
        request.scheduler().sleep(GLANCE);
      }
    }
    return outcome == RunReport.Outcome.FINISHED ? RunReport.Outcome.STOPPED : outcome;
  }

  private boolean isTimeUp(long since) {
    return request.untilTime().isPresent()
        && request.clock().nanos() - since >= request.untilTime().get().toNanos();
  }

  private Instant now() {
    return Instant.EPOCH.plus(request.clock().micros(), ChronoUnit.MICROS);
  }

  /** Runs from checkpoint to checkpoint until nothing is left to be done at once. */
  private RunReport.Outcome goOn(RunFolder folder, Doing doing, Occasion occasion)
      throws IOException, InterruptedException {
    Occasion next = occasion;
    while (true) {
      Kept kept = new Kept(folder, checked, request, next);
      run.resumed(kept);
      kept.log().forEach(line -> request.log().accept(new RunRequest.LogLine("info", "", line)));
      Supervisor supervisor = supervisors.of(kept);
      RunReport.Outcome outcome = doing.run(supervisor);
      Optional<String> full = run.takeNoSpace();
      if (full.isPresent() && !run.isStopping()) {
        pause(full.get());
      } else if (full.isPresent()) {
        return RunReport.Outcome.ABORTED;
      } else if (run.hasFailed() || run.isAborting() || !supervisor.mustGoOn()) {
        return outcome;
      }
      // Once a batch of the slot is decided, the slot has begun.
      next = supervisor.hasDecided() ? next.begun() : next;
    }
  }

  /** The epoch is given up, and begun again when there may be room. */
  private void pause(String full) throws InterruptedException {
    run.degraded(Optional.of("the disk is full (" + full + "); trying again every 5 s"));
    long since = request.clock().nanos();
    while (!run.isStopping() && request.clock().nanos() - since < PAUSE.toNanos()) {
      request.scheduler().sleep(GLANCE);
    }
  }
}
