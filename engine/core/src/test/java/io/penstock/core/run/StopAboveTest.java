package io.penstock.core.run;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.penstock.api.problem.PipelineException;
import java.util.List;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

class StopAboveTest {
  private final StopAbove judge =
      StopAbove.of(
          new Pipelines().stopAbove(0.2, 10).numbers("all", 100).sink("out", "all").plan());

  private void unit(long number, Integer... failed) {
    judge.unit("all", number, 10, new TreeSet<>(List.of(failed)));
  }

  @Test
  void workersThatComeLaterHearTheSameProblem() {
    unit(0, 8, 9);
    PipelineException first = assertThrows(PipelineException.class, () -> unit(1, 0, 1));

    assertEquals(
        "of the last 10 records of `all` 3 failed, more than the 20% that `stop_above` allows",
        first.problem().message());
    assertEquals(
        first.problem(), assertThrows(PipelineException.class, () -> unit(2, 0, 1)).problem());
    assertEquals(
        first.problem(),
        assertThrows(PipelineException.class, () -> judge.failed("all", 12)).problem());
  }
}
