package io.penstock.core.operator;

import io.penstock.api.problem.Problem;
import io.penstock.core.report.RunReport;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What one task has counted for one step. Written by the task; others may read while it works, and
 * then see figures of a moment ago.
 */
public final class StepCounters {
  long in;
  long out;
  long filtered;
  long failed;
  long skipped;
  long deadLettered;
  private long bytes;
  private long passedOver;
  final long[] outputs;
  private final Map<String, RunReport.Reason> reasons = new LinkedHashMap<>();

  public StepCounters(int outputs) {
    this.outputs = new long[outputs];
  }

  /** Counts rows or records that came in. */
  public void in(long rows) {
    in += rows;
  }

  /** Counts rows that leave by an output. */
  public void out(int output, long rows) {
    out += rows;
    outputs[output] += rows;
  }

  /** Counts rows left out on purpose. */
  public void filtered(long rows) {
    filtered += rows;
  }

  /** Counts bytes. */
  public void bytes(long count) {
    bytes += count;
  }

  /** Says how much of the source was read once more so far, in all. */
  public void passedOver(long all) {
    passedOver = all;
  }

  public long passedOver() {
    return passedOver;
  }

  public long in() {
    return in;
  }

  public long out() {
    return out;
  }

  public long filtered() {
    return filtered;
  }

  public long failed() {
    return failed;
  }

  public long skipped() {
    return skipped;
  }

  public long deadLettered() {
    return deadLettered;
  }

  public long bytes() {
    return bytes;
  }

  public long output(int index) {
    return outputs[index];
  }

  /** Remembers why a row failed, the first of each kind. */
  void reason(Problem problem) {
    String kind = problem.code() + " " + problem.origin();
    synchronized (reasons) {
      reasons.merge(
          kind,
          new RunReport.Reason(problem, 1),
          (old, one) -> new RunReport.Reason(old.first(), old.count() + 1));
    }
  }

  /** Why rows failed. */
  public List<RunReport.Reason> reasons() {
    synchronized (reasons) {
      return new ArrayList<>(reasons.values());
    }
  }
}
