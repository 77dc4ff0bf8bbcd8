package io.penstock.core.run;

import io.penstock.core.logical.LogicalPlan;
import io.penstock.core.report.RunReport;
import io.penstock.core.runner.RunRequest;
import java.util.Optional;
import java.util.function.IntSupplier;

/**
 * A run from its request to its outcome, with kept state or without.
 *
 * @param checked the pipeline as it was written
 * @param plan as it is done
 */
record Led(
    LogicalPlan checked,
    LogicalPlan plan,
    RunRequest request,
    Machine machine,
    EmbeddedRun run,
    Meters meters,
    Reports reports) {
  /** Does the run with the threads of the machine. */
  RunReport.Outcome lead() {
    return led(Supervisor::run);
  }

  /** Does the run on the calling thread, which chooses each next step; for tests. */
  RunReport.Outcome leadHere(IntSupplier choice) {
    return led(supervisor -> supervisor.runHere(choice));
  }

  private RunReport.Outcome led(KeptRuns.Doing doing) {
    if (request.kept().isPresent()) {
      return new KeptRuns(
              checked,
              plan,
              request,
              request.kept().get(),
              run,
              kept -> supervisor(Optional.of(kept)))
          .run(doing);
    }
    try {
      return doing.run(supervisor(Optional.empty()));
    } catch (InterruptedException e) {
      run.failed(e);
      return RunReport.Outcome.FAILED;
    }
  }

  private Supervisor supervisor(Optional<Kept> kept) {
    return new Supervisor(new Given(plan, request, machine, run, meters, reports, kept));
  }
}
