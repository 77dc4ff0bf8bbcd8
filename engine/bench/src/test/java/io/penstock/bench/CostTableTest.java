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
                new CostTable.Line("A rows=1", "evaluator", 31, 30, 33, Optional.of(16.0)),
                new CostTable.Line("A rows=2", "evaluator", 28, 25, 30, Optional.empty()),
                new CostTable.Line("A rows=2", "handWritten", 21, 20, 22, Optional.empty()),
                new CostTable.Line("A rows=1", "other", 9, 8, 8, Optional.empty())));

    assertEquals(
        """
                                                                  way             ns/row      best x by hand   slowest x by hand     B/row
        A rows=1                                                  evaluator        31.00     30.00               33.00               16.00
        A rows=1                                                  other             9.00      8.00                8.00
        A rows=2                                                  evaluator        28.00     25.00      1.25     30.00      1.50
        A rows=2                                                  handWritten      21.00     20.00      1.00     22.00      1.10
        """,
        table.toString().replaceAll(" +\\R", "\n"));
  }
}
