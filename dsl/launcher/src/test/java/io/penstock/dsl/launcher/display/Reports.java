package io.penstock.dsl.launcher.display;

import io.penstock.api.problem.Origin;
import io.penstock.api.problem.Problem;
import io.penstock.api.problem.ProblemCode;
import io.penstock.core.report.RunReport;
import io.penstock.core.report.RunReport.Held;
import io.penstock.core.report.RunReport.OutputCount;
import io.penstock.core.report.RunReport.Reason;
import io.penstock.core.report.RunReport.StepReport;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/** Reports for tests. */
final class Reports {
  private Reports() {}

  static RunReport orders(Optional<RunReport.Outcome> outcome, long rows, Duration elapsed) {
    return new RunReport(
        "orders",
        outcome,
        Optional.empty(),
        List.of(
            step("orders", "source", rows, rows - 3, 0, 3, OptionalLong.of(rows * 10), ""),
            step(
                "paid", "transform", rows - 3, rows / 2, rows / 2 - 3, 0, OptionalLong.empty(), ""),
            routes(rows / 2),
            step("large", "sink", 12, 0, 0, 0, OptionalLong.of(2_000), "out/large.csv"),
            step("dead_letter", "dead_letter", 3, 0, 0, 0, OptionalLong.empty(), "out/dead.jsonl")),
        elapsed,
        4,
        List.of("the clock went back"),
        outcome.isPresent() ? Optional.empty() : Optional.of("the disk is full"),
        List.of(
            new RunReport.TableReport(
                "countries", 249, Instant.parse("2026-11-30T10:00:00Z"), 3, rows > 0 ? 1 : 0)),
        Optional.of(new RunReport.StateReport("/srv/.penstock/orders", 3, 7)));
  }

  private static StepReport step(
      String name,
      String kind,
      long in,
      long out,
      long filtered,
      long deadLettered,
      OptionalLong bytes,
      String location) {
    List<Reason> reasons =
        deadLettered == 0
            ? List.of()
            : List.of(
                new Reason(
                    Problem.of(
                        ProblemCode.D101,
                        new Origin("orders.yaml", 3, 5, 4),
                        "expected a value, not `x`"),
                    deadLettered));
    return new StepReport(
        name,
        kind,
        in,
        out,
        filtered,
        0,
        0,
        deadLettered,
        bytes,
        kind.equals("source") ? OptionalLong.of(1_000_000) : OptionalLong.empty(),
        kind.equals("source") ? 1 << 20 : 0,
        name.equals("paid") ? new Held(0, 3 << 20) : Held.NOTHING,
        List.of(),
        reasons,
        location);
  }

  private static StepReport routes(long rows) {
    return new StepReport(
        "by_size",
        "transform",
        rows,
        rows,
        0,
        0,
        0,
        0,
        OptionalLong.empty(),
        OptionalLong.empty(),
        0,
        Held.NOTHING,
        List.of(new OutputCount("large", 12, true), new OutputCount("otherwise", rows - 12, false)),
        List.of(),
        "");
  }
}
