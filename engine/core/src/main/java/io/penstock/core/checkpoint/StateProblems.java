package io.penstock.core.checkpoint;

import io.penstock.api.problem.Origin;
import io.penstock.api.problem.PipelineException;
import io.penstock.api.problem.Problem;
import io.penstock.api.problem.ProblemCode;
import io.penstock.core.state.DamagedException;
import java.io.IOException;

/** What is wrong with the kept state, as problems. */
public final class StateProblems {
  private StateProblems() {}

  public static PipelineException of(String pipeline, IOException e) {
    if (e instanceof DamagedException) {
      return problem(
          ProblemCode.R103,
          pipeline,
          "a file of the kept state is damaged: " + e.getMessage(),
          "`run-pipeline state verify` shows what is whole, `state rewind` goes back to it",
          e);
    }
    if (e instanceof NewerFormatException) {
      return problem(
          ProblemCode.R108,
          pipeline,
          "the kept state " + e.getMessage(),
          "run it with the version that wrote it, or a later one",
          e);
    }
    String why = String.valueOf(e.getMessage());
    return problem(
        ProblemCode.R109,
        pipeline,
        "the state cannot be written or read: " + e.getClass().getSimpleName() + " " + why,
        "mend the disk, then start again: it goes on from the last checkpoint",
        e);
  }

  private static PipelineException problem(
      ProblemCode code, String pipeline, String message, String hint, IOException cause) {
    return new PipelineException(Problem.of(code, Origin.file(pipeline), message, hint), cause);
  }
}
