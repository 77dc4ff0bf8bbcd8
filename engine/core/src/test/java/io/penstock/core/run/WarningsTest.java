package io.penstock.core.run;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.penstock.api.data.Schema;
import io.penstock.api.problem.Origin;
import io.penstock.api.problem.Problem;
import io.penstock.api.problem.ProblemCode;
import io.penstock.core.logical.LogicalNode;
import io.penstock.core.logical.Operation;
import io.penstock.core.runner.RunRequest.LogLine;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What becomes of warnings that connectors give. */
final class WarningsTest {
  private final List<LogLine> log = new ArrayList<>();
  private final Warnings warnings = new Warnings(log::add);

  @Test
  void standsInTheLogAndInTheSummaryOnceWithTheStepsPlace() {
    warnings.add(node(), odd("a"));
    warnings.add(node(), odd("a"));
    warnings.add("plain");

    assertEquals(List.of(new LogLine("warn", "orders", "W502  `a` has changed: leave it")), log);
    assertEquals(List.of("p.yaml:3:5  W502  `a` has changed: leave it", "plain"), warnings.all());
  }

  @Test
  void soManyOfACodeAreListedAndTheOthersCounted() {
    for (int i = 0; i < Warnings.MOST_OF_A_CODE + 7; i++) {
      warnings.add(node(), odd("file " + i));
    }

    List<String> all = warnings.all();

    assertEquals(Warnings.MOST_OF_A_CODE + 7, log.size());
    assertEquals(Warnings.MOST_OF_A_CODE + 1, all.size());
    assertEquals("W502  and 7 more, which the log has", all.get(Warnings.MOST_OF_A_CODE));
  }

  private static Problem odd(String name) {
    return Problem.of(
        ProblemCode.W502, Origin.file("orders"), "`" + name + "` has changed", "leave it");
  }

  private static LogicalNode node() {
    return new LogicalNode(
        "orders",
        LogicalNode.Section.SOURCES,
        new Origin("p.yaml", 3, 5, 6),
        List.of(),
        new Operation.Union(),
        Schema.of(),
        LogicalNode.OnError.FAIL);
  }
}
