package io.penstock.core.operator;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.penstock.api.data.Batch;
import io.penstock.api.data.Column;
import io.penstock.api.data.DataType;
import io.penstock.api.data.Field;
import io.penstock.api.data.Provenance;
import io.penstock.api.data.RowMarks;
import io.penstock.api.data.Schema;
import io.penstock.api.problem.PipelineException;
import io.penstock.api.problem.ProblemCode;
import io.penstock.core.logical.Over;
import io.penstock.testkit.MemoryDisk;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Rows for which something cannot be computed. */
class OverFailuresTest {
  private static final Schema ROW = Schema.of(Field.of("n", DataType.INT));

  private static OneStep step(Over.Frame frame, String... compute) {
    return new OneStep(ROW).over(List.of(), frame, Optional.empty(), compute);
  }

  private static Batch batch(long... values) {
    long[] times = new long[values.length];
    for (int i = 0; i < times.length; i++) {
      times[i] = i;
    }
    Provenance from = new Provenance("above", "split", times, new int[0], Map.of());
    Column[] columns = {new Column.Longs(values.length, values, null)};
    return Batch.of(ROW, values.length, columns, from)
        .with(
            RowMarks.NONE
                .withTimes(new Column.Longs(times.length, times, null))
                .withStamps(Columns.repeated(TimeTracker.NOTHING, times.length)));
  }

  private static List<String> rows(OneStep.Made made, long... values) {
    OneStep.Rows out = new OneStep.Rows();
    OneStep.take(made.operator(), batch(values), out);
    OneStep.watermark(made.operator(), Long.MAX_VALUE, out);
    OneStep.end(made.operator(), out);
    return new ArrayList<>(out.rows);
  }

  @Test
  void aRowWhoseSumDoesNotFitFailsAndTheNextMaySucceed() {
    OneStep.Made made =
        step(new Over.Rows(1, 0), "sum(n)", "count()").skipping().make(new MemoryDisk(), 1 << 20);

    List<String> rows = rows(made, 1, Long.MAX_VALUE, Long.MAX_VALUE, -5, 7);

    assertEquals(List.of("1 1 1 @0", "-5 " + (Long.MAX_VALUE - 5) + " 2 @3", "7 2 2 @4"), rows);
    assertEquals(2, made.counters().skipped);
  }

  @Test
  void aRowOfWhichAnArgumentFailsIsInNoFrame() {
    OneStep.Made made =
        step(new Over.Rows(9, 0), "sum(div(12, n))", "lag(n)")
            .skipping()
            .make(new MemoryDisk(), 1 << 20);

    assertEquals(List.of("4 3 null @0", "6 5 4 @2"), rows(made, 4, 0, 6));
    assertEquals(1, made.counters().skipped);
  }

  @Test
  void aRowThatFailsBehindItsCallsIsStillSeenByOthers() {
    OneStep.Made made =
        step(new Over.Running(), "div(n, lag(n))", "sum(n)")
            .skipping()
            .make(new MemoryDisk(), 1 << 20);

    assertEquals(List.of("5 null 5 @0", "0 0 5 @1", "8 1 21 @3"), rows(made, 5, 0, 8, 8));
    assertEquals(1, made.counters().skipped);
  }

  @Test
  void withoutLeaveTheFirstFailureEndsTheRunAndNamesTheRecord() {
    OneStep.Made made = step(new Over.Running(), "sum(div(12, n))").make(new MemoryDisk(), 1 << 20);

    PipelineException stopped = assertThrows(PipelineException.class, () -> rows(made, 4, 0, 6));

    assertEquals(ProblemCode.D202, stopped.problem().code());
    assertTrue(
        stopped.problem().message().endsWith("in the record at split position 1"),
        stopped.problem().message());
  }

  @Test
  void aSumThatDoesNotFitEndsTheRunWithItsCode() {
    OneStep.Made made = step(new Over.Running(), "sum(n)").make(new MemoryDisk(), 1 << 20);

    PipelineException stopped =
        assertThrows(PipelineException.class, () -> rows(made, Long.MAX_VALUE, Long.MAX_VALUE));

    assertEquals(ProblemCode.D201, stopped.problem().code());
  }

  @Test
  void framesThatDoNotFitIntoMemoryEndTheRunAndNameTheStep() {
    OneStep.Made made = step(new Over.Rows(900_000, 0), "sum(n)").make(new MemoryDisk(), 1 << 20);
    OneStep.Made ordered =
        new OneStep(ROW)
            .over(List.of(), List.of("n"), new Over.Rows(900_000, 0), Optional.empty(), "sum(n)")
            .make(new MemoryDisk(), 1 << 20);

    for (OneStep.Made each : List.of(made, ordered)) {
      PipelineException stopped =
          assertThrows(PipelineException.class, () -> rows(each, new long[200_000]));

      assertEquals(ProblemCode.R401, stopped.problem().code());
      assertTrue(stopped.problem().message().contains("`step`"), stopped.problem().message());
    }
  }
}
