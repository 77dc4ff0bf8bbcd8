package io.penstock.core.checkpoint;

import io.penstock.api.problem.Origin;
import io.penstock.api.problem.PipelineException;
import io.penstock.api.problem.Problem;
import io.penstock.api.problem.ProblemCode;
import io.penstock.api.system.NoSpaceException;
import io.penstock.api.system.TooManyFilesException;
import io.penstock.core.state.DamagedException;
import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;

/** What is wrong with the kept state, as problems. */
public final class StateProblems {
  private static final String READ_ONLY = "Read-only file system";

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
    return problem(
        ProblemCode.R109,
        pipeline,
        "the state cannot be written or read: " + reason(e),
        cure(e) + ", then start again: it goes on from the last checkpoint",
        e);
  }

  private static String reason(IOException e) {
    if (!(e instanceof FileSystemException system)) {
      return e.getMessage() == null ? e.getClass().getSimpleName() : e.getMessage();
    }
    String why = system.getReason() == null ? e.getClass().getSimpleName() : system.getReason();
    String what = e instanceof AccessDeniedException ? "permission denied" : why;
    return what + " (`" + system.getFile() + "`)";
  }

  private static String cure(IOException e) {
    if (e instanceof AccessDeniedException) {
      return "give this user the right to write there, or name another folder with `--state`";
    }
    if (e instanceof NoSpaceException) {
      return "make room on that disk";
    }
    if (e instanceof TooManyFilesException) {
      return "raise the limit with `ulimit -n`";
    }
    boolean readOnly = String.valueOf(e.getMessage()).contains(READ_ONLY);
    return readOnly ? "mount that disk for writing" : "mend the disk";
  }

  private static PipelineException problem(
      ProblemCode code, String pipeline, String message, String hint, IOException cause) {
    return new PipelineException(Problem.of(code, Origin.file(pipeline), message, hint), cause);
  }
}
