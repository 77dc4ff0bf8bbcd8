package io.penstock.core.operator;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.penstock.api.data.Schema;
import io.penstock.api.problem.Origin;
import io.penstock.api.problem.PipelineException;
import io.penstock.api.problem.ProblemCode;
import io.penstock.core.logical.LogicalNode;
import io.penstock.core.logical.Operation;
import io.penstock.core.report.RunReport;
import io.penstock.core.state.SpillFolder;
import io.penstock.testkit.MemoryDisk;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Who holds how much, and what is said where that is too much. */
final class MemoryBudgetTest {
  private static final int MIB = 1 << 20;

  private final MemoryBudget budget =
      new MemoryBudget(16 * MIB, SpillFolder.own(new MemoryDisk(), Path.of("/spill")));

  @Test
  void allStepsTogetherHoldNoMoreThanThereIs() {
    MemoryBudget.Share one = budget.share(step("one", 1));
    MemoryBudget.Share two = budget.share(step("two", 2));

    assertTrue(one.hold(10 * MIB));
    assertFalse(two.hold(7 * MIB));
    assertTrue(one.hold(-2 * MIB));
  }

  @Test
  void aStepHoldsWhatItsTasksDoAndTheMostIsRemembered() {
    MemoryBudget.Share one = budget.share(step("totals", 12));
    assertTrue(one.hold(3 * MIB));
    assertTrue(budget.share(step("totals", 12)).hold(2 * MIB));
    one.close();

    assertEquals(new RunReport.Held(2 * MIB, 5 * MIB), budget.held("totals"));
    assertEquals(RunReport.Held.NOTHING, budget.held("other"));
  }

  @Test
  void theThreeThatHoldTheMostAreNamedWithPlaceAndSize() {
    budget.share(step("few", 3)).hold(2048);
    budget.share(step("totals", 12)).hold(3 * MIB);
    budget.share(step("totals", 12)).hold(2 * MIB + MIB / 2);
    budget.share(step("largest", 20)).hold(4 * MIB);
    budget.share(step("kinds", 7)).hold(MIB);
    MemoryBudget.Share left = budget.share(step("left", 9));
    left.hold(9 * MIB);
    left.hold(-9 * MIB);

    String held =
        "`totals` (p.yaml:12:3) 5.5 MiB, `largest` (p.yaml:20:3) 4.0 MiB, `kinds` (p.yaml:7:3) 1.0"
            + " MiB";
    assertEquals(held, budget.largest());
    PipelineException e =
        assertThrows(
            PipelineException.class, () -> budget.requireRoom(step("totals", 12), 17 * MIB));
    assertEquals(ProblemCode.R401, e.problem().code());
    assertEquals(
        "the step `totals` must hold one group of 17.0 MiB in memory, and it is more than the 16.0"
            + " MiB that steps may hold together; held now: "
            + held,
        e.problem().message());
  }

  private static LogicalNode step(String name, int line) {
    return new LogicalNode(
        name,
        LogicalNode.Section.TRANSFORMS,
        new Origin("p.yaml", line, 3, 5),
        List.of(),
        new Operation.Union(),
        Schema.of(),
        LogicalNode.OnError.FAIL);
  }
}
