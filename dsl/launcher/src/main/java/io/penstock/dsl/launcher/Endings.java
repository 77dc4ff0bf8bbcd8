package io.penstock.dsl.launcher;

import io.penstock.core.logical.LogicalNode;
import io.penstock.core.logical.LogicalPlan;
import io.penstock.core.logical.Operation;
import io.penstock.core.report.RunReport;

/** The exit code that a run's end means. */
final class Endings {
  private Endings() {}

  static int exitCode(RunReport report, LogicalPlan plan) {
    if (report.outcome().isEmpty()) {
      return ExitCode.UNFINISHED.number();
    }
    return switch (report.outcome().get()) {
      case FINISHED, LIMIT_REACHED -> ExitCode.OK.number();
      case STOPPED -> (reachesAnEnd(plan) ? ExitCode.UNFINISHED : ExitCode.OK).number();
      case ABORTED -> ExitCode.UNFINISHED.number();
      case FAILED -> report.problem().map(p -> p.code().exitCode()).orElse(ExitCode.WORLD.number());
    };
  }

  /** Whether the run would have ended by itself. */
  static boolean reachesAnEnd(LogicalPlan plan) {
    for (LogicalNode node : plan.nodes()) {
      if (node.operation() instanceof Operation.Read read && !read.source().traits().bounded()) {
        return false;
      }
    }
    return true;
  }
}
