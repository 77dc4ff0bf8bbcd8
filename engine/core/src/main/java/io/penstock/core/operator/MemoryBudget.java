package io.penstock.core.operator;

import io.penstock.api.problem.PipelineException;
import io.penstock.api.problem.Problem;
import io.penstock.api.problem.ProblemCode;
import io.penstock.core.logical.LogicalNode;
import io.penstock.core.state.SpillFolder;
import java.util.concurrent.atomic.AtomicLong;

/**
 * The memory that all steps of a run together may hold over batches, and the folder for what does
 * not fit. Thread-safe.
 */
public final class MemoryBudget {
  /** A step that holds less than this share is not asked to give it up: it would not help. */
  private static final int LEAST_SHARE = 16;

  /** The share of what a step sorts at the end. */
  private static final int SORT_SHARE = 4;

  private static final long MOST_SORT = 64 << 20;

  private final long most;
  private final SpillFolder spill;
  private final AtomicLong held = new AtomicLong();

  public MemoryBudget(long most, SpillFolder spill) {
    this.most = most;
    this.spill = spill;
  }

  SpillFolder spill() {
    return spill;
  }

  /** A step holds more, or less where negative; false where that is more than there is. */
  boolean hold(long bytes) {
    return held.addAndGet(bytes) <= most;
  }

  /** Whether a step that holds so much should give it up where there is not enough. */
  boolean isWorthGivingUp(long bytes) {
    return bytes >= most / LEAST_SHARE;
  }

  /** How many bytes a step may take to put its results in order. */
  long toSort() {
    return Math.min(MOST_SORT, most / SORT_SHARE);
  }

  /** Ends the run where one thing, which cannot be parted, takes more than all there is. */
  void requireRoom(LogicalNode node, long bytes) {
    require(node, bytes, "one group");
  }

  /** Ends the run where a step that gives nothing to the disk holds more than all there is. */
  void requireShare(LogicalNode node, long bytes) {
    require(node, bytes, "its rows");
  }

  private void require(LogicalNode node, long bytes, String what) {
    if (bytes > most) {
      throw new PipelineException(
          Problem.of(
              ProblemCode.R401,
              node.origin(),
              "the step `"
                  + node.step()
                  + "` must hold "
                  + what
                  + " in memory, and it is more than the "
                  + (most >> 20)
                  + " MiB that steps may hold together",
              "give Java more memory with `-Xmx`, or filter and select before this step"));
    }
  }
}
