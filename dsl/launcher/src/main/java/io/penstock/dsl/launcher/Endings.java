package io.penstock.dsl.launcher;

import io.penstock.core.logical.LogicalNode;
import io.penstock.core.logical.LogicalPlan;
import io.penstock.core.logical.Operation;
import io.penstock.core.logical.RunSettings;
import io.penstock.core.logical.Schedule;
import io.penstock.core.report.RunReport;
import java.util.Optional;

/** The exit code that a run's end means. */
final class Endings {
  private Endings() {}

  /**
   * The exit code.
   *
   * @param mode in place of the plan's
   */
  static int exitCode(RunReport report, LogicalPlan plan, Optional<RunSettings.Mode> mode) {
    if (report.outcome().isEmpty()) {
      return ExitCode.UNFINISHED.number();
    }
    return switch (report.outcome().get()) {
      case FINISHED, LIMIT_REACHED -> ExitCode.OK.number();
      case STOPPED -> (reachesAnEnd(plan, mode) ? ExitCode.UNFINISHED : ExitCode.OK).number();
      case ABORTED -> ExitCode.UNFINISHED.number();
      case FAILED -> report.problem().map(p -> p.code().exitCode()).orElse(ExitCode.WORLD.number());
    };
  }

  /** Whether the run would have ended by itself. */
  static boolean reachesAnEnd(LogicalPlan plan, Optional<RunSettings.Mode> mode) {
    RunSettings settings = plan.settings();
    return switch (mode.or(settings::mode).orElse(RunSettings.Mode.CONTINUOUS)) {
      case MICRO_BATCH ->
          settings.schedule().stream().allMatch(Schedule.AvailableNow.class::isInstance);
      case CONTINUOUS -> plan.nodes().stream().allMatch(Endings::ends);
    };
  }

  private static boolean ends(LogicalNode node) {
    return !(node.operation() instanceof Operation.Read read) || read.source().traits().bounded();
  }
}
