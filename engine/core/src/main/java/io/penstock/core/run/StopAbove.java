package io.penstock.core.run;

import io.penstock.api.problem.PipelineException;
import io.penstock.api.problem.Problem;
import io.penstock.api.problem.ProblemCode;
import io.penstock.core.logical.LogicalNode;
import io.penstock.core.logical.RunSettings;
import io.penstock.core.operator.FailureTally;
import java.util.ArrayDeque;
import java.util.HashMap;
import java.util.Map;

/**
 * Stops the run when too many of a source's latest records fail. Judged in pieces as they pass, so
 * in the midst of a batch the last records count with those around them. Thread-safe.
 */
final class StopAbove implements FailureTally {
  private static final class Window {
    private final ArrayDeque<long[]> pieces = new ArrayDeque<>();
    private long rows;
    private long failed;
    private long pending;
  }

  private final RunSettings settings;
  private final Map<String, LogicalNode> sources = new HashMap<>();
  private final Map<String, Window> windows = new HashMap<>();

  StopAbove(RunSettings settings) {
    this.settings = settings;
  }

  void source(LogicalNode node) {
    sources.put(node.step(), node);
    windows.put(node.step(), new Window());
  }

  @Override
  public void failed(String source, int rows) {
    Window window = windows.get(source);
    if (window != null) {
      synchronized (window) {
        window.pending += rows;
      }
    }
  }

  /** So many records of a source have passed, those that failed among them. */
  void passed(String source, long rows) {
    Window window = windows.get(source);
    if (window == null || rows == 0) {
      return;
    }
    synchronized (window) {
      window.pieces.add(new long[] {rows, window.pending});
      window.rows += rows;
      window.failed += window.pending;
      window.pending = 0;
      while (window.rows - window.pieces.element()[0] >= settings.stopOfLast()) {
        long[] oldest = window.pieces.remove();
        window.rows -= oldest[0];
        window.failed -= oldest[1];
      }
      judge(source, window);
    }
  }

  private void judge(String source, Window window) {
    boolean enough = window.rows >= settings.stopOfLast();
    if (!enough || window.failed <= settings.stopRate().of1() * window.rows) {
      return;
    }
    LogicalNode node = sources.get(source);
    if (node == null) {
      return;
    }
    throw new PipelineException(
        Problem.of(
            ProblemCode.R203,
            node.origin(),
            "of the last "
                + window.rows
                + " records of `"
                + source
                + "` "
                + window.failed
                + " failed, more than `stop_above` allows ("
                + settings.stopRate().of1() * 100
                + "%)",
            "look at the reasons in the summary, or raise `stop_above`"));
  }
}
