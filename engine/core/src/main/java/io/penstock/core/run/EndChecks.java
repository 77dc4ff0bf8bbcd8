package io.penstock.core.run;

import io.penstock.api.problem.PipelineException;
import io.penstock.api.problem.Problem;
import io.penstock.api.problem.ProblemCode;
import io.penstock.core.logical.LogicalNode;
import io.penstock.core.logical.LogicalPlan;
import io.penstock.core.logical.Operation;
import io.penstock.core.operator.StepCounters;
import io.penstock.core.physical.StepKey;
import java.util.List;

/** What must hold of a whole run before its outputs appear. */
final class EndChecks {
  private EndChecks() {}

  /**
   * Checks.
   *
   * @param once whether no epoch was given up and read again, whose rows are counted twice
   */
  static void check(LogicalPlan plan, Meters meters, Reports reports, boolean once) {
    for (LogicalNode node : plan.nodes()) {
      if (node.operation() instanceof Operation.Expect expect && expect.atMost().isPresent()) {
        expectation(node, expect.atMost().get().of1(), meters);
      }
    }
    List<String> wrong = reports.unbalanced();
    if (once && !wrong.isEmpty()) {
      throw new IllegalStateException("rows do not add up: " + String.join("; ", wrong));
    }
  }

  private static void expectation(LogicalNode node, double most, Meters meters) {
    StepKey key = StepKey.of(node);
    long in = meters.sum(key, StepCounters::in);
    long failed = meters.sum(key, c -> c.failed() + c.skipped() + c.deadLettered());
    if (failed > most * in) {
      throw new PipelineException(
          Problem.of(
              ProblemCode.D222,
              node.origin(),
              failed
                  + " of "
                  + in
                  + " rows fail the rules of `"
                  + node.step()
                  + "`, more than `at_most` allows"));
    }
  }
}
