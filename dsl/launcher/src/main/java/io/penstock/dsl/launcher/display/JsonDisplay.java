package io.penstock.dsl.launcher.display;

import io.penstock.api.problem.Problem;
import io.penstock.api.system.Clock;
import io.penstock.core.report.RunReport;
import io.penstock.core.report.RunReport.OutputCount;
import io.penstock.core.report.RunReport.Reason;
import io.penstock.core.report.RunReport.StepReport;
import io.penstock.core.runner.RunRequest;
import io.penstock.dsl.launcher.problems.JsonText;
import io.penstock.dsl.launcher.problems.ProblemDocument;
import java.io.PrintStream;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** One JSON object per line, for programs. */
public final class JsonDisplay implements Display {
  private final PrintStream to;
  private final Clock clock;
  private final boolean quiet;

  /**
   * A display.
   *
   * @param quiet problems, warnings and errors only
   */
  public JsonDisplay(PrintStream to, Clock clock, boolean quiet) {
    this.to = to;
    this.clock = clock;
    this.quiet = quiet;
  }

  @Override
  public Duration interval() {
    return Duration.ofSeconds(10);
  }

  @Override
  public void progress(RunReport report) {
    Map<String, Object> line = event("progress", "info");
    line.putAll(ReportDocument.of(report));
    print(line);
  }

  @Override
  public void log(RunRequest.LogLine logged) {
    Map<String, Object> line = event("log", logged.level().toLowerCase(Locale.ROOT));
    if (!logged.step().isEmpty()) {
      line.put("step", logged.step());
    }
    line.put("message", logged.text());
    print(line);
  }

  @Override
  public void say(String text) {
    Map<String, Object> line = event("log", "info");
    line.put("message", text);
    print(line);
  }

  @Override
  public void problem(Problem problem) {
    Map<String, Object> line = event("problem", problem.isWarning() ? "warn" : "error");
    line.putAll(ProblemDocument.of(problem));
    print(line);
  }

  @Override
  public void end(RunReport report, Closing closing) {
    report.problem().ifPresent(this::problem);
    Map<String, Object> line = event("end", report.problem().isPresent() ? "error" : "info");
    line.putAll(ReportDocument.of(report));
    closing.peakMemory().ifPresent(bytes -> line.put("peak_memory_bytes", bytes));
    if (report.state().isPresent() && !closing.promises().isEmpty()) {
      line.put("guarantees", closing.promises().stream().map(JsonDisplay::promise).toList());
    }
    print(line);
  }

  private static Map<String, Object> promise(Promise promise) {
    Map<String, Object> document = new LinkedHashMap<>();
    document.put("sink", promise.sink());
    document.put("sources", promise.sources());
    document.put("guarantee", promise.guarantee());
    return document;
  }

  private Map<String, Object> event(String event, String level) {
    Map<String, Object> line = new LinkedHashMap<>();
    line.put("time", Instant.EPOCH.plus(clock.micros(), ChronoUnit.MICROS).toString());
    line.put("level", level);
    line.put("event", event);
    return line;
  }

  private void print(Map<String, Object> line) {
    if (!quiet || !"info".equals(line.get("level"))) {
      to.print(JsonText.line(line) + "\n");
    }
  }

  /** A report as a JSON object. */
  static final class ReportDocument {
    private ReportDocument() {}

    static Map<String, Object> of(RunReport report) {
      Map<String, Object> document = new LinkedHashMap<>();
      document.put("pipeline", report.pipeline());
      report.outcome().ifPresent(o -> document.put("outcome", o.name().toLowerCase(Locale.ROOT)));
      document.put("elapsed_ms", report.elapsed().toMillis());
      document.put("epochs", report.epochs());
      List<Object> steps = new ArrayList<>();
      for (StepReport step : report.steps()) {
        steps.add(step(step));
      }
      document.put("steps", steps);
      report.degraded().ifPresent(why -> document.put("degraded", why));
      if (!report.tables().isEmpty()) {
        document.put("tables", report.tables().stream().map(ReportDocument::table).toList());
      }
      report.state().ifPresent(state -> document.put("state", state(state)));
      if (!report.warnings().isEmpty()) {
        document.put("warnings", report.warnings());
      }
      return document;
    }

    private static Map<String, Object> table(RunReport.TableReport table) {
      Map<String, Object> document = new LinkedHashMap<>();
      document.put("table", table.table());
      document.put("rows", table.rows());
      document.put("read_at", table.readAt().toString());
      document.put("refreshes", table.refreshes());
      document.put("failed_refreshes", table.failures());
      return document;
    }

    private static Map<String, Object> state(RunReport.StateReport state) {
      Map<String, Object> document = new LinkedHashMap<>();
      document.put("folder", state.folder());
      document.put("resumed", state.resumed());
      document.put("epoch", state.epoch());
      return document;
    }

    private static Map<String, Object> step(StepReport step) {
      Map<String, Object> document = new LinkedHashMap<>();
      document.put("step", step.step());
      document.put("kind", step.kind());
      document.put("in", step.in());
      document.put("out", step.out());
      document.put("filtered", step.filtered());
      document.put("failed", step.failed());
      document.put("skipped", step.skipped());
      document.put("dead_lettered", step.deadLettered());
      step.bytes().ifPresent(bytes -> document.put("bytes", bytes));
      step.totalBytes().ifPresent(bytes -> document.put("total_bytes", bytes));
      if (step.passedOver() > 0) {
        document.put("passed_over", step.passedOver());
      }
      if (step.held().most() > 0) {
        document.put("held_bytes", step.held().now());
        document.put("most_held_bytes", step.held().most());
      }
      if (!step.outputs().isEmpty()) {
        Map<String, Object> outputs = new LinkedHashMap<>();
        for (OutputCount output : step.outputs()) {
          outputs.put(output.output(), output.rows());
        }
        document.put("outputs", outputs);
      }
      List<Object> reasons = new ArrayList<>();
      for (Reason reason : step.reasons()) {
        Map<String, Object> first = ProblemDocument.of(reason.first());
        first.put("count", reason.count());
        reasons.add(first);
      }
      if (!reasons.isEmpty()) {
        document.put("reasons", reasons);
      }
      if (!step.location().isEmpty()) {
        document.put("location", step.location());
      }
      return document;
    }
  }
}
