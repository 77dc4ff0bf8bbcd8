package io.penstock.core.run;

import io.penstock.core.logical.LogicalPlan;
import io.penstock.core.optimise.Optimiser;
import io.penstock.core.report.RunReport;
import io.penstock.core.runner.RunRequest;
import io.penstock.core.runner.RunningPipeline;
import java.util.function.IntSupplier;

/**
 * A run that the calling thread does alone, choosing each of its steps, for simulations: the same
 * engine, but for the threads. Nothing is compiled beside it where the request says so.
 */
public final class SteppedRun {
  private final EmbeddedRun run;
  private final Led led;

  /**
   * A run that has not begun.
   *
   * @param edgeBatches how many batches an edge holds
   */
  public SteppedRun(LogicalPlan plan, RunRequest request, int edgeBatches) {
    LogicalPlan done =
        request.optimise() ? Optimiser.optimise(plan, request.untilRows().isPresent()) : plan;
    Meters meters = new Meters();
    Reports reports = new Reports(done, meters);
    this.run = new EmbeddedRun(done, request, reports);
    Machine machine = new Machine(LoopCompiler::execution, edgeBatches);
    this.led = new Led(plan, done, request, machine, run, meters, reports);
  }

  /** What may be told the run while it goes on, by whoever is asked for a choice. */
  public RunningPipeline running() {
    return run;
  }

  /** How many bytes its steps hold in memory now. */
  public long held() {
    return run.held();
  }

  /**
   * Does the whole run.
   *
   * @param choice asked before each step; what it throws that is an {@code Error} passes through,
   *     and leaves everything as it is
   */
  public RunReport toTheEnd(IntSupplier choice) {
    run.finished(led.leadHere(choice));
    return run.report();
  }
}
