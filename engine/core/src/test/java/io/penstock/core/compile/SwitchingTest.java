package io.penstock.core.compile;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.penstock.api.data.Batch;
import io.penstock.api.data.Column;
import io.penstock.api.data.DataType;
import io.penstock.api.data.Field;
import io.penstock.api.data.Schema;
import io.penstock.api.system.Clock;
import io.penstock.core.expression.Evaluator;
import io.penstock.core.expression.Expression;
import io.penstock.core.expression.RowErrors;
import io.penstock.core.expression.Selection;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** When loops take over from closures, and when they give back. */
final class SwitchingTest {
  private final Checked checked = Checked.over(Schema.of(Field.of("n", DataType.INT)));
  private final List<LoopUnit> wanted = new ArrayList<>();
  private final List<RuntimeException> mistakes = new ArrayList<>();
  private long looks;
  private long lookNanos = 1_000;

  // Each batch on closures takes one step of it.
  private final Clock clock =
      new Clock() {
        @Override
        public long micros() {
          return 0;
        }

        @Override
        public long nanos() {
          return looks++ * lookNanos;
        }
      };

  private final CompiledExecution execution =
      new CompiledExecution(
          new Enough(100, 1_000, clock),
          new CompiledExecution.Compiler() {
            @Override
            public void wanted(LoopUnit unit) {
              wanted.add(unit);
            }

            @Override
            public void broke(LoopUnit unit, RuntimeException mistake) {
              mistakes.add(mistake);
            }
          });

  private Batch batch(int rows, long value) {
    Object[][] all = new Object[rows][];
    for (int i = 0; i < rows; i++) {
      all[i] = new Object[] {value + i};
    }
    return checked.batch(all);
  }

  private static long[] values(Evaluator evaluator, Batch batch) {
    Column column = evaluator.evaluate(batch, Selection.all(batch.size()), new RowErrors());
    return ((Column.Longs) column).values();
  }

  @Test
  void theRowsOfAllTasksCountAndTheClassIsWantedOnce() {
    Expression expression = checked.expression("n * 2");
    Evaluator one = execution.evaluator(expression, Checked.RUN);
    Evaluator other = execution.evaluator(expression, Checked.RUN);

    values(one, batch(60, 0));
    assertEquals(0, wanted.size());
    values(other, batch(60, 0));
    values(one, batch(60, 0));

    assertEquals(1, wanted.size());
  }

  @Test
  void rowsThatCostNextToNothingAreNotWorthAClass() {
    Expression expression = checked.expression("n * 2");
    Evaluator evaluator = execution.evaluator(expression, Checked.RUN);
    lookNanos = 1;

    for (int i = 0; i < 999; i++) {
      values(evaluator, batch(200, 0));
    }
    assertEquals(0, wanted.size());
    values(evaluator, batch(1, 0));

    assertEquals(1, wanted.size());
  }

  @Test
  void loopsTakeOverWithTheNextBatchInEveryTask() throws SourceRefused {
    Expression expression = checked.expression("n * 2");
    Evaluator one = execution.evaluator(expression, Checked.RUN);
    Evaluator other = execution.evaluator(expression, Checked.RUN);
    long[] before = values(one, batch(101, 0));

    wanted.get(0).make(checked.maker());

    assertArrayEquals(before, values(one, batch(101, 0)));
    assertArrayEquals(before, values(other, batch(101, 0)));
    assertTrue(wanted.get(0).made().isPresent());
    assertEquals(List.of(), mistakes);
  }

  @Test
  void aConditionIsAClassOfItsOwn() {
    Evaluator condition = execution.evaluator(checked.expression("n > 2"), Checked.RUN);

    condition.select(batch(101, 0), Selection.all(101), new RowErrors());
    condition.evaluate(batch(101, 0), Selection.all(101), new RowErrors());

    assertEquals(2, wanted.size());
  }

  @Test
  void whatIsOnlyAColumnIsNeverCompiled() {
    values(execution.evaluator(checked.expression("n"), Checked.RUN), batch(101, 0));

    assertEquals(List.of(), wanted);
  }

  @Test
  void loopsThatLeaveMostRowsAreGivenUp() {
    Expression expression = checked.expression("n * 1_000_000_000_000");
    LoopRun run = checked.run(List.of(expression));
    Selection all = Selection.all(4096);
    for (int i = 0; i < 17; i++) {
      assertTrue(i < 16 || !run.isUseful(), "batch " + i);
      run.evaluate(batch(4096, Long.MAX_VALUE / 2), all, new RowErrors());
    }
    assertFalse(run.isUseful());
  }

  @Test
  void oneBadRowIsOneRowForTheClosures() {
    LoopRun run = checked.run(List.of(checked.expression("10 % n")));
    RowErrors errors = new RowErrors();

    Column column = run.evaluate(batch(100, -50), Selection.all(100), errors)[0];

    assertEquals(1, errors.all().size());
    assertTrue(errors.of(50).isPresent());
    assertTrue(column.isNull(50));
    assertEquals(10 % 49, ((Column.Longs) column).values()[99]);
    assertEquals(0.01, run.shareLeft());
  }
}
