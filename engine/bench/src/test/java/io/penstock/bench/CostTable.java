package io.penstock.bench;

import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
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
   * @param mean nanoseconds of a row, on average over the iterations
   * @param best nanoseconds of a row in the best iteration, which others on the machine disturbed
   *     least
   * @param slowest the same of the slowest fork: what is compiled differs from one virtual machine
   *     to the next, and some users get the slow one
   * @param bytes allocated for a row, where it was measured
   */
  record Line(
      String given, String way, double mean, double best, double slowest, Optional<Double> bytes) {
    static Line of(RunResult run) {
      BenchmarkParams params = run.getParams();
      String name = params.getBenchmark();
      int method = name.lastIndexOf('.');
      StringBuilder given =
          new StringBuilder(name.substring(name.lastIndexOf('.', method - 1) + 1, method));
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
          time.getStatistics().getMin() / rows,
          slowest(run) / rows,
          bytes);
    }

    private static double slowest(RunResult run) {
      return run.getBenchmarkResults().stream()
          .mapToDouble(fork -> fork.getPrimaryResult().getStatistics().getMin())
          .max()
          .orElse(Double.NaN);
    }
  }

  CostTable {
    lines = List.copyOf(lines);
  }

  static CostTable of(Collection<RunResult> runs) {
    return new CostTable(runs.stream().map(Line::of).toList());
  }

  /**
   * The ways to do the same stand together; both ratios are to the best iteration of the loop
   * written by hand.
   */
  @Override
  public String toString() {
    Map<String, List<Line>> ways =
        lines.stream()
            .collect(Collectors.groupingBy(Line::given, LinkedHashMap::new, Collectors.toList()));
    StringBuilder text = new StringBuilder();
    text.append(row("", "way", "ns/row", "best", "x by hand", "slowest", "x by hand", "B/row"));
    for (List<Line> same : ways.values()) {
      Optional<Line> byHand = same.stream().filter(line -> line.way().equals(BY_HAND)).findFirst();
      for (Line line : same) {
        text.append(
            row(
                line.given(),
                line.way(),
                decimal(line.mean()),
                decimal(line.best()),
                byHand.map(hand -> decimal(line.best() / hand.best())).orElse(""),
                decimal(line.slowest()),
                byHand.map(hand -> decimal(line.slowest() / hand.best())).orElse(""),
                line.bytes().map(CostTable::decimal).orElse("")));
      }
    }
    return text.toString();
  }

  private static String row(Object... cells) {
    return String.format("%-57s %-12s %9s %9s %9s %9s %9s %9s%n", cells);
  }

  private static String decimal(double value) {
    return String.format(Locale.ROOT, "%.2f", value);
  }
}
