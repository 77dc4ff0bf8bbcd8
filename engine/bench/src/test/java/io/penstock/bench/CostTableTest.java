package io.penstock.bench;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

final class CostTableTest {
  @Test
  void statesTheRatioToTheLoopWrittenByHandOfTheSameParameters() {
    CostTable table =
        new CostTable(
            List.of(
                new CostTable.Line("A rows=1", "evaluator", 30, 1, Optional.of(16.0)),
                new CostTable.Line("A rows=2", "evaluator", 25, 1, Optional.empty()),
                new CostTable.Line("A rows=2", "handWritten", 20, 1, Optional.empty())));

    assertEquals(
        """
                                                             way             ns/row        +- x by hand    B/row
        A rows=1                                             evaluator        30.00      1.00               16.0
        A rows=2                                             evaluator        25.00      1.00      1.25
        A rows=2                                             handWritten      20.00      1.00
        """,
        table.toString().replaceAll(" +\\R", "\n"));
  }
}
