package io.penstock.core.operator;

import io.penstock.api.problem.Origin;
import io.penstock.api.problem.PipelineException;
import io.penstock.api.problem.Problem;
import io.penstock.api.problem.ProblemCode;
import io.penstock.core.logical.LogicalNode;
import io.penstock.core.state.SpoolException;
import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;

/** Tells what a source or sink met in the world, under the name of its step. */
public final class Broken {
  private Broken() {}

  /** A source gave up. */
  public static PipelineException source(LogicalNode node, IOException cause) {
    return of(
        ProblemCode.R210,
        node,
        "the source `",
        cause,
        "mend what the message says, then run again");
  }

  /** What a lookup asks cannot be asked. */
  public static PipelineException lookup(LogicalNode node, IOException cause) {
    return of(
        ProblemCode.R210,
        node,
        "what is asked by `",
        cause,
        "mend what the message says, then run again");
  }

  /** A sink gave up, or the spool before it. */
  public static PipelineException sink(LogicalNode node, IOException cause) {
    if (cause instanceof SpoolException spool) {
      String what = "the rows that wait for the sink `" + node.step() + "`";
      return new PipelineException(
          Problem.of(
              ProblemCode.R109,
              node.origin(),
              what + " cannot be written or read: " + spool.getMessage(),
              mending(spool) + ", then start again: it goes on from the last checkpoint"),
          cause);
    }
    return of(
        ProblemCode.R310, node, "the sink `", cause, "mend what the message says, then run again");
  }

  private static String mending(SpoolException spool) {
    boolean readOnly = String.valueOf(spool.getMessage()).contains("Read-only");
    return readOnly ? "mount that disk for writing" : "mend the disk";
  }

  /** What a connector says, which does not know the pipeline file, at the place of its step. */
  public static PipelineException placed(LogicalNode node, PipelineException said) {
    return new PipelineException(placed(node, said.problem()), said);
  }

  /** A problem that a connector tells of, at the place of its step. */
  public static Problem placed(LogicalNode node, Problem problem) {
    return placed(node.origin(), problem);
  }

  /** The same where the step is known by its place. */
  public static Problem placed(Origin step, Problem problem) {
    Origin origin = problem.origin();
    boolean inFile = origin.file().equals(step.file()) && origin.line() > 0;
    return inFile ? problem : new Problem(problem.code(), step, problem.message(), problem.hint());
  }

  private static PipelineException of(
      ProblemCode code, LogicalNode node, String what, IOException cause, String hint) {
    String message = what + node.step() + "` met an error: " + reason(cause);
    return new PipelineException(Problem.of(code, node.origin(), message, hint), cause);
  }

  /** What the machine says, in words. */
  public static String reason(IOException cause) {
    if (cause instanceof NoSuchFileException missing) {
      return "there is no file `" + missing.getFile() + "`";
    }
    if (cause instanceof AccessDeniedException denied) {
      return "`" + denied.getFile() + "` may not be opened";
    }
    if (cause instanceof FileSystemException file && file.getReason() == null) {
      return "`" + file.getFile() + "` cannot be used";
    }
    String message = cause.getMessage();
    return message == null ? cause.getClass().getSimpleName() : message;
  }
}
