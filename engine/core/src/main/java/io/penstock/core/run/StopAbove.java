package io.penstock.core.run;

import io.penstock.api.problem.PipelineException;
import io.penstock.api.problem.Problem;
import io.penstock.api.problem.ProblemCode;
import io.penstock.core.logical.LogicalNode;
import io.penstock.core.logical.LogicalPlan;
import io.penstock.core.logical.Operation;
import io.penstock.core.logical.RunSettings;
import io.penstock.core.operator.FailureTally;
import java.math.BigDecimal;
import java.util.ArrayDeque;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.SortedSet;

/**
 * Stops the run when too many of a source's last records fail. Records are judged in the order of
 * the source, whichever worker has worked on them, and in whatever batches. What fails behind a
 * step that gathers rows counts when it fails. Thread-safe.
 */
final class StopAbove implements FailureTally {
  private record Outcome(int records, SortedSet<Integer> failed) {}

  private static final class Window {
    private final Map<Long, Outcome> early = new HashMap<>();
    private final ArrayDeque<Long> failed = new ArrayDeque<>();
    private long nextUnit;
    private long records;
    private Optional<Problem> stopped = Optional.empty();
  }

  private final RunSettings settings;
  private final Map<String, LogicalNode> sources = new HashMap<>();
  private final Map<String, Window> windows = new HashMap<>();

  private StopAbove(RunSettings settings) {
    this.settings = settings;
  }

  /** Over all sources of a plan. */
  static StopAbove of(LogicalPlan plan) {
    StopAbove made = new StopAbove(plan.settings());
    for (LogicalNode node : plan.nodes()) {
      if (node.operation() instanceof Operation.Read) {
        made.sources.put(node.step(), node);
        made.windows.put(node.step(), new Window());
      }
    }
    return made;
  }

  @Override
  public void failed(String source, long position) {
    Window window = windows.get(source);
    if (window != null) {
      synchronized (window) {
        throwAgain(window);
        window.failed.add(Math.max(0, window.records - 1));
        judge(source, window, window.records);
      }
    }
  }

  /**
   * A unit of a source is through.
   *
   * @param number of the unit, in the order of the source
   * @param failed the numbers of the records that failed, from 0
   */
  void unit(String source, long number, int records, SortedSet<Integer> failed) {
    Window window = windows.get(source);
    if (window == null) {
      return;
    }
    synchronized (window) {
      throwAgain(window);
      window.early.put(number, new Outcome(records, failed));
      for (Outcome next = window.early.remove(window.nextUnit);
          next != null;
          next = window.early.remove(window.nextUnit)) {
        window.nextUnit++;
        pass(source, window, next);
      }
    }
  }

  private static void throwAgain(Window window) {
    if (window.stopped.isPresent()) {
      throw new PipelineException(window.stopped.get());
    }
  }

  private void pass(String source, Window window, Outcome outcome) {
    long before = window.records;
    long filled = settings.stopOfLast();
    for (int number : outcome.failed()) {
      // The window may have come to its size with the good records before this one.
      if (before < filled && filled <= before + number) {
        judge(source, window, filled);
      }
      window.failed.add(before + number);
      judge(source, window, before + number + 1);
    }
    window.records = before + outcome.records();
    if (before < filled && filled <= window.records) {
      judge(source, window, filled);
    }
  }

  private void judge(String source, Window window, long records) {
    int last = settings.stopOfLast();
    while (!window.failed.isEmpty() && window.failed.element() < records - last) {
      window.failed.remove();
    }
    LogicalNode node = sources.get(source);
    if (records < last
        || window.failed.size() <= settings.stopRate().of1() * last
        || node == null) {
      return;
    }
    Problem problem =
        Problem.of(
            ProblemCode.R203,
            node.origin(),
            "of the last "
                + last
                + " records of `"
                + source
                + "` "
                + window.failed.size()
                + " failed, more than the "
                + BigDecimal.valueOf(settings.stopRate().of1() * 100)
                    .stripTrailingZeros()
                    .toPlainString()
                + "% that `stop_above` allows",
            "look at the reasons in the summary, or raise `stop_above`");
    window.stopped = Optional.of(problem);
    throw new PipelineException(problem);
  }
}
