package io.penstock.dsl.launcher.display;

import io.penstock.api.problem.Problem;
import io.penstock.core.report.RunReport;
import io.penstock.core.report.RunReport.StepReport;
import io.penstock.core.runner.RunRequest;
import io.penstock.dsl.launcher.problems.ProblemLines;
import java.io.PrintStream;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;

/** A block on a terminal that is written over while the run goes on. */
public final class LiveDisplay implements Display {
  private static final int BAR = 20;
  private static final String CLEAR_LINE = "\u001b[K";
  private static final String CLEAR_BELOW = "\u001b[J";
  private static final Duration RATE_OVER = Duration.ofSeconds(2);

  private final PrintStream to;
  private final ProblemLines problems;
  private final int columns;
  private final Queue<RunRequest.LogLine> logged = new ConcurrentLinkedQueue<>();
  private final ArrayDeque<Sample> samples = new ArrayDeque<>();
  private int lines;

  private record Sample(Duration at, Map<String, Long> rows) {}

  public LiveDisplay(PrintStream to, ProblemLines problems, int columns) {
    this.to = to;
    this.problems = problems;
    this.columns = columns;
  }

  @Override
  public Duration interval() {
    return Duration.ofMillis(200);
  }

  @Override
  public void progress(RunReport report) {
    Sample now = new Sample(report.elapsed(), rows(report));
    samples.addLast(now);
    while (samples.size() > 2 && now.at().minus(samples.getFirst().at()).compareTo(RATE_OVER) > 0) {
      samples.removeFirst();
    }
    StringBuilder text = new StringBuilder(up());
    appendLogged(text);
    List<String> block = block(report, samples.getFirst(), now);
    for (String line : block) {
      text.append(cut(line)).append(CLEAR_LINE).append('\n');
    }
    lines = block.size();
    to.print(text);
    to.flush();
  }

  private List<String> block(RunReport report, Sample from, Sample now) {
    List<String> block = new ArrayList<>();
    block.add(
        report.pipeline()
            + "  "
            + Words.time(report.elapsed())
            + report.state().map(s -> "  epoch " + Words.count(s.epoch())).orElse(""));
    report.degraded().ifPresent(why -> block.add("DEGRADED: " + why));
    Table table = new Table(1);
    table.row(List.of("step", "rows", "rows/s", "errors", ""));
    Duration span = now.at().minus(from.at());
    for (StepReport step : report.steps()) {
      long rows = now.rows().getOrDefault(key(step), 0L);
      long rate = Words.perSecond(rows - from.rows().getOrDefault(key(step), 0L), span);
      long errors = step.failed() + step.skipped() + step.deadLettered();
      boolean isDeadLetter = step.kind().equals("dead_letter");
      table.row(
          List.of(
              step.step(),
              Words.count(rows),
              Words.count(rate),
              errors == 0 || isDeadLetter ? "" : Words.count(errors),
              bar(step, report.elapsed())));
    }
    block.addAll(table.lines());
    return block;
  }

  private static String bar(StepReport step, Duration elapsed) {
    if (step.totalBytes().isEmpty() || step.bytes().isEmpty() || !step.kind().equals("source")) {
      return "";
    }
    long total = step.totalBytes().getAsLong();
    long done = Math.min(total, step.bytes().getAsLong());
    if (total <= 0) {
      return "";
    }
    int full = (int) (done * BAR / total);
    String bar = "[" + "#".repeat(full) + ".".repeat(BAR - full) + "] " + done * 100 / total + "%";
    if (done == 0 || done == total) {
      return bar;
    }
    double factor = (double) (total - done) / done;
    return bar
        + ", "
        + Words.time(Duration.ofMillis((long) (elapsed.toMillis() * factor)))
        + " left";
  }

  private static Map<String, Long> rows(RunReport report) {
    Map<String, Long> rows = new HashMap<>();
    for (StepReport step : report.steps()) {
      rows.put(key(step), step.in());
    }
    return rows;
  }

  private static String key(StepReport step) {
    return step.kind() + " " + step.step();
  }

  private String up() {
    return lines == 0 ? "" : "\u001b[" + lines + "A\r";
  }

  private String cut(String line) {
    int points = line.codePointCount(0, line.length());
    return points < columns ? line : line.substring(0, line.offsetByCodePoints(0, columns - 1));
  }

  private void appendLogged(StringBuilder text) {
    for (RunRequest.LogLine line = logged.poll(); line != null; line = logged.poll()) {
      text.append(LogText.of(line)).append(CLEAR_LINE).append('\n');
    }
  }

  @Override
  public void log(RunRequest.LogLine line) {
    logged.add(line);
  }

  @Override
  public void say(String text) {
    above(text + "\n");
  }

  @Override
  public void problem(Problem problem) {
    above(problems.of(problem));
  }

  private void above(String text) {
    StringBuilder all = new StringBuilder(up());
    all.append(lines == 0 ? "" : CLEAR_BELOW);
    appendLogged(all);
    lines = 0;
    to.print(all.append(text));
    to.flush();
  }

  @Override
  public void end(RunReport report, Closing closing) {
    StringBuilder text = new StringBuilder();
    report.problem().ifPresent(problem -> text.append(problems.of(problem)));
    for (String line : Summary.lines(report, closing)) {
      text.append(line).append('\n');
    }
    above(text.toString());
  }
}
