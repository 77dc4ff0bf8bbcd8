package io.penstock.api.problem;

/**
 * The world is broken (a disk, a server, a limit), or a policy stops the run: what a run cannot go
 * on with. Carries the problem to show; the cause is for logs only.
 */
public final class PipelineException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final transient Problem problem;

  public PipelineException(Problem problem) {
    super(problem.toString());
    this.problem = problem;
  }

  public PipelineException(Problem problem, Throwable cause) {
    super(problem.toString(), cause);
    this.problem = problem;
  }

  /** What to tell the user. */
  public Problem problem() {
    return problem;
  }
}
