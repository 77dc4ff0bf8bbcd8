package io.penstock.core.operator;

import io.penstock.api.problem.PipelineException;
import io.penstock.api.problem.Problem;
import io.penstock.api.problem.ProblemCode;
import io.penstock.core.logical.LogicalNode;
import java.util.concurrent.atomic.AtomicLong;

/** The memory that all steps of a run together may hold over batches. Thread-safe. */
public final class MemoryBudget {
  private final long most;
  private final AtomicLong held = new AtomicLong();

  public MemoryBudget(long most) {
    this.most = most;
  }

  /** A step holds more, or less where negative; more than the budget ends the run. */
  void hold(LogicalNode node, long bytes) {
    if (held.addAndGet(bytes) > most && bytes > 0) {
      throw new PipelineException(
          Problem.of(
              ProblemCode.R401,
              node.origin(),
              "the step `"
                  + node.step()
                  + "` must hold its rows in memory, and they are more than the "
                  + (most >> 20)
                  + " MiB that steps may hold together",
              "give Java more memory with `-Xmx`, or filter and select before this step"));
    }
  }
}
