package io.penstock.core.run;

import io.penstock.core.logical.LogicalPlan;
import io.penstock.core.optimise.Optimiser;
import io.penstock.core.report.RunReport;
import io.penstock.core.runner.RunRequest;
import io.penstock.core.runner.Runner;
import io.penstock.core.runner.RunningPipeline;

/** Runs pipelines inside this process, without any server. */
public final class EmbeddedRunner implements Runner {
  private final Machine machine = new Machine(LoopCompiler::execution, Channel.MOST_BATCHES);

  @Override
  public RunningPipeline start(LogicalPlan plan, RunRequest request) {
    LogicalPlan done =
        request.optimise() ? Optimiser.optimise(plan, request.untilRows().isPresent()) : plan;
    Meters meters = new Meters();
    Reports reports = new Reports(done, meters);
    EmbeddedRun run = new EmbeddedRun(done, request, reports);
    run.supervisedBy(
        request
            .scheduler()
            .start(
                "penstock-" + plan.name(),
                () ->
                    run.finished(
                        outcome(
                            new Led(plan, done, request, machine, run, meters, reports), run))));
    return run;
  }

  /** Somebody waits for the outcome, so there is one whatever happens. */
  private static RunReport.Outcome outcome(Led led, EmbeddedRun run) {
    try {
      return led.lead();
    } catch (RuntimeException | Error e) {
      run.failed(e);
      return RunReport.Outcome.FAILED;
    }
  }
}
