package io.penstock.core.run;

import io.penstock.api.problem.Origin;
import io.penstock.api.problem.PipelineException;
import io.penstock.api.problem.Problem;
import io.penstock.api.problem.ProblemCode;
import io.penstock.core.logical.LogicalPlan;
import io.penstock.core.runner.RunRequest;
import io.penstock.core.runner.Runner;
import io.penstock.core.runner.RunningPipeline;

/** Runs pipelines inside this process, without any server. */
public final class EmbeddedRunner implements Runner {
  @Override
  public RunningPipeline start(LogicalPlan plan, RunRequest request) {
    throw new PipelineException(
        Problem.of(ProblemCode.E115, Origin.file(plan.name()), "pipelines do not run yet"));
  }
}
