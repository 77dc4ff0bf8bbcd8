package io.penstock.dsl.launcher.display;

import io.penstock.api.problem.Problem;
import io.penstock.core.report.RunReport;
import io.penstock.core.report.RunReport.StepReport;
import io.penstock.core.runner.RunRequest;
import io.penstock.dsl.launcher.problems.ProblemLines;
import java.io.PrintStream;
import java.time.Duration;

/** Lines for a file or a pipe: one every ten seconds. */
public final class PlainDisplay implements Display {
  private final PrintStream to;
  private final ProblemLines problems;
  private final boolean quiet;
  private long rowsBefore;
  private Duration before = Duration.ZERO;

  /**
   * A display.
   *
   * @param quiet problems, warnings and errors only
   */
  public PlainDisplay(PrintStream to, ProblemLines problems, boolean quiet) {
    this.to = to;
    this.problems = problems;
    this.quiet = quiet;
  }

  @Override
  public Duration interval() {
    return Duration.ofSeconds(10);
  }

  @Override
  public void progress(RunReport report) {
    if (quiet) {
      return;
    }
    to.print(line(report, rowsBefore, before) + "\n");
    rowsBefore = Summary.rowsRead(report);
    before = report.elapsed();
  }

  private static String line(RunReport report, long rowsBefore, Duration before) {
    long rows = Summary.rowsRead(report);
    long rate = Words.perSecond(rows - rowsBefore, report.elapsed().minus(before));
    StringBuilder line = new StringBuilder();
    line.append(report.pipeline()).append(": ").append(Words.time(report.elapsed()));
    line.append(", ").append(Words.count(rows, "row")).append(" read (");
    line.append(Words.count(rate)).append("/s)");
    for (StepReport step : report.steps()) {
      if (step.kind().equals("sink")) {
        line.append(", ").append(Words.count(step.in())).append(" to ").append(step.step());
      }
    }
    long failed = Summary.rowsFailed(report);
    if (failed > 0) {
      line.append(", ").append(Words.count(failed)).append(" failed");
    }
    report.degraded().ifPresent(why -> line.append(", DEGRADED: ").append(why));
    return line.toString();
  }

  @Override
  public void log(RunRequest.LogLine line) {
    boolean odd = line.level().equalsIgnoreCase("warn") || line.level().equalsIgnoreCase("error");
    if (!quiet || odd) {
      to.print(LogText.of(line) + "\n");
    }
  }

  @Override
  public void say(String text) {
    if (!quiet) {
      to.print(text + "\n");
    }
  }

  @Override
  public void problem(Problem problem) {
    to.print(problems.of(problem));
  }

  @Override
  public void end(RunReport report, Closing closing) {
    report.problem().ifPresent(this::problem);
    if (quiet) {
      return;
    }
    for (String line : Summary.lines(report, closing)) {
      to.print(line + "\n");
    }
  }
}
