package io.penstock.bench;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.openjdk.jmh.infra.BenchmarkParams;
import org.openjdk.jmh.results.Result;
import org.openjdk.jmh.results.RunResult;

/**
 * What a row costs in each benchmark, and, where a loop written by hand does the same, how many
 * times as much as there.
 *
 * @param lines one for each benchmark and set of parameters
 */
record CostTable(List<Line> lines) {
  /** The parameter of every benchmark: how many rows one call does. */
  static final String ROWS = "rows";

  private static final String BY_HAND = "handWritten";
  private static final String ALLOCATED = "gc.alloc.rate.norm";

  /**
   * One line.
   *
   * @param given what is measured: the benchmark's class and its parameters
   * @param way the method: which way of doing it
   * @param nanos of a row
   * @param error half the width of the 99.9 % interval of {@code nanos}
   * @param bytes allocated for a row, where it was measured
   */
  record Line(String given, String way, double nanos, double error, Optional<Double> bytes) {
    static Line of(RunResult run) {
      BenchmarkParams params = run.getParams();
      String name = params.getBenchmark();
      int method = name.lastIndexOf('.');
      StringBuilder given = new StringBuilder(name.substring(name.lastIndexOf('.', method - 1) + 1, method));
      for (String key : params.getParamsKeys()) {
        given.append(' ').append(key).append('=').append(params.getParam(key));
      }
      double rows = Double.parseDouble(params.getParam(ROWS));
      Result<?> time = run.getPrimaryResult();
      Optional<Double> bytes =
          Optional.ofNullable(run.getSecondaryResults().get(ALLOCATED))
              .map(allocated -> allocated.getScore() / rows);
      return new Line(
          given.toString(),
          name.substring(method + 1),
          time.getScore() / rows,
          time.getScoreError() / rows,
          bytes);
    }
  }

  CostTable {
    lines = List.copyOf(lines);
  }

  static CostTable of(Collection<RunResult> runs) {
    List<Line> lines = new ArrayList<>();
    runs.forEach(run -> lines.add(Line.of(run)));
    return new CostTable(lines);
  }

  @Override
  public String toString() {
    Map<String, Double> byHand = new HashMap<>();
    for (Line line : lines) {
      if (line.way().equals(BY_HAND)) {
        byHand.put(line.given(), line.nanos());
      }
    }
    StringBuilder text = new StringBuilder();
    text.append(
        String.format(
            "%-52s %-12s %9s %9s %9s %8s%n", "", "way", "ns/row", "+-", "x by hand", "B/row"));
    for (Line line : lines) {
      Double hand = line.way().equals(BY_HAND) ? null : byHand.get(line.given());
      text.append(
          String.format(
              Locale.ROOT,
              "%-52s %-12s %9.2f %9.2f %9s %8s%n",
              line.given(),
              line.way(),
              line.nanos(),
              line.error(),
              hand == null ? "" : String.format(Locale.ROOT, "%.2f", line.nanos() / hand),
              line.bytes().map(bytes -> String.format(Locale.ROOT, "%.1f", bytes)).orElse("")));
    }
    return text.toString();
  }
}
