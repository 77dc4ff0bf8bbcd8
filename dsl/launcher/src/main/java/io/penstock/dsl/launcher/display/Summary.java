package io.penstock.dsl.launcher.display;

import io.penstock.core.report.RunReport;
import io.penstock.core.report.RunReport.OutputCount;
import io.penstock.core.report.RunReport.Reason;
import io.penstock.core.report.RunReport.StepReport;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;

/** What a person reads at the end of a run. */
public final class Summary {
  private static final int REASONS = 3;

  /** What a step held is not worth a line where it is less. */
  private static final long LEAST_HELD = 1 << 20;

  private Summary() {}

  /** The summary's lines. */
  public static List<String> lines(RunReport report, Closing closing) {
    List<String> lines = new ArrayList<>();
    lines.add(head(report, closing.peakMemory()));
    Table table = new Table(2);
    table.row(
        List.of("step", "", "in", "out", "filtered", "failed", "skipped", "dead letters", "bytes"));
    for (StepReport step : report.steps()) {
      table.row(row(step));
    }
    lines.addAll(table.lines());
    for (StepReport step : report.steps()) {
      outputs(step, lines);
    }
    report.tables().forEach(read -> lines.add(table(read)));
    for (StepReport step : report.steps()) {
      passedOver(step, lines);
      held(step, lines);
      reasons(step, report, lines);
    }
    for (StepReport step : report.steps()) {
      if (!step.location().isEmpty() && isOutput(step) && isPublished(step, report)) {
        lines.add("  " + step.step() + ": " + step.location());
      }
    }
    report
        .state()
        .ifPresent(
            state -> {
              closing.promises().forEach(promise -> lines.add("  " + promise));
              lines.add(state(state, closing));
            });
    for (String warning : report.warnings()) {
      lines.add("  warning: " + warning);
    }
    return lines;
  }

  private static String table(RunReport.TableReport table) {
    String failed =
        table.failures() == 0 ? "" : ", " + Words.count(table.failures(), "attempt") + " failed";
    String again =
        table.refreshes() == 0 ? "" : ", read again " + Words.count(table.refreshes(), "time");
    return "  " + table.table() + ": rows of " + table.readAt() + again + failed;
  }

  private static String state(RunReport.StateReport state, Closing closing) {
    String began =
        state.resumed() == 0 ? "" : ", resumed from epoch " + Words.count(state.resumed());
    return "  state: "
        + closing.state().orElse(state.folder())
        + ", epoch "
        + Words.count(state.epoch())
        + began;
  }

  private static String head(RunReport report, OptionalLong peakMemory) {
    long read = rowsRead(report);
    StringBuilder head = new StringBuilder(report.pipeline()).append(": ");
    head.append(ending(report)).append(" after ").append(Words.time(report.elapsed()));
    head.append(", ").append(Words.count(read, "row")).append(" read");
    if (read > 0) {
      long rate = Words.perSecond(read, report.elapsed());
      head.append(", ").append(Words.count(rate)).append(" rows/s");
    }
    peakMemory.ifPresent(bytes -> head.append(", peak memory ").append(Words.bytes(bytes)));
    return head.toString();
  }

  private static String ending(RunReport report) {
    if (report.outcome().isEmpty()) {
      return "running";
    }
    return switch (report.outcome().get()) {
      case FINISHED -> "finished";
      case LIMIT_REACHED -> "reached its limit";
      case STOPPED -> "stopped";
      case ABORTED -> "stopped at once";
      case FAILED -> "failed";
    };
  }

  private static List<String> row(StepReport step) {
    boolean reads = step.kind().equals("source") || step.kind().equals("table");
    return List.of(
        step.step(),
        step.kind().equals("dead_letter") ? "" : step.kind(),
        Words.count(step.in()),
        step.kind().equals("sink") || step.kind().equals("dead_letter")
            ? ""
            : Words.count(step.out()),
        shown(step.filtered()),
        shown(step.failed()),
        shown(step.skipped()),
        shown(step.deadLettered()),
        step.bytes().isPresent() && (reads || isOutput(step))
            ? Words.bytes(step.bytes().getAsLong())
            : "");
  }

  private static String shown(long count) {
    return count == 0 ? "" : Words.count(count);
  }

  private static boolean isOutput(StepReport step) {
    return step.kind().equals("sink") || step.kind().equals("dead_letter");
  }

  /** A run that fails leaves former outputs as they are, but for the dead letters. */
  private static boolean isPublished(StepReport step, RunReport report) {
    boolean failed = report.outcome().filter(o -> o == RunReport.Outcome.FAILED).isPresent();
    return !failed || (step.kind().equals("dead_letter") && step.in() > 0);
  }

  private static void outputs(StepReport step, List<String> lines) {
    if (step.outputs().size() > 1) {
      StringBuilder line = new StringBuilder("  ").append(step.step()).append(':');
      String before = " ";
      for (OutputCount output : step.outputs()) {
        line.append(before).append(output.output()).append(' ').append(Words.count(output.rows()));
        before = ", ";
      }
      lines.add(line.toString());
    }
    for (OutputCount output : step.outputs()) {
      if (!output.read() && output.rows() > 0) {
        lines.add(
            "  warning: nobody reads "
                + step.step()
                + "."
                + output.output()
                + ", where "
                + Words.count(output.rows(), "row")
                + " went");
      }
    }
  }

  /** A source of rows counts records, one of bytes counts bytes. */
  private static void passedOver(StepReport step, List<String> lines) {
    if (step.passedOver() > 0) {
      String much =
          step.bytes().isPresent() || step.totalBytes().isPresent()
              ? Words.bytes(step.passedOver())
              : Words.count(step.passedOver(), "record");
      lines.add(
          "  "
              + step.step()
              + ": "
              + much
              + " read once more and passed over, since reading cannot begin in the middle");
    }
  }

  private static void held(StepReport step, List<String> lines) {
    if (step.held().most() >= LEAST_HELD) {
      lines.add("  " + step.step() + ": held at most " + Words.bytes(step.held().most()));
    }
  }

  /** The first reasons, but for the one that the run failed for, which stands above already. */
  private static void reasons(StepReport step, RunReport report, List<String> lines) {
    if (step.kind().equals("dead_letter")) {
      return;
    }
    int shown = 0;
    for (Reason reason : step.reasons()) {
      String message = reason.first().message();
      if (report.problem().filter(p -> p.message().equals(message)).isPresent()) {
        continue;
      }
      if (shown++ == REASONS) {
        lines.add("  " + step.step() + ": and further reasons");
        return;
      }
      lines.add(
          "  "
              + reason.first().origin()
              + "  "
              + reason.first().code()
              + "  "
              + reason.first().message()
              + (reason.count() > 1 ? " (and " + Words.count(reason.count() - 1) + " more)" : ""));
    }
  }

  /** Rows that all sources have read. */
  static long rowsRead(RunReport report) {
    long rows = 0;
    for (StepReport step : report.steps()) {
      if (step.kind().equals("source")) {
        rows += step.in();
      }
    }
    return rows;
  }

  /** Rows that failed at any step, whatever became of them. */
  static long rowsFailed(RunReport report) {
    long rows = 0;
    for (StepReport step : report.steps()) {
      if (!step.kind().equals("dead_letter")) {
        rows += step.failed() + step.skipped() + step.deadLettered();
      }
    }
    return rows;
  }

  /** How far a stopped run got, in words. */
  public static String reached(RunReport report) {
    Duration elapsed = report.elapsed();
    return Words.count(rowsRead(report), "row") + " read in " + Words.time(elapsed);
  }
}
