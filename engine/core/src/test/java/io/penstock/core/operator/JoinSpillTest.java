package io.penstock.core.operator;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.penstock.api.problem.PipelineException;
import io.penstock.api.problem.ProblemCode;
import io.penstock.core.logical.Join;
import io.penstock.testkit.MemoryDisk;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Joins of rows that are not all in memory. */
class JoinSpillTest {
  private static final long PLENTY = 1L << 40;
  private static final long LITTLE = 90_000;
  // What one batch takes, which comes before anything is given up.
  private static final long AT_ONCE = 40_000;
  private static final int ROWS = 400;
  private static final int[] MOST = {1, 40, ROWS};

  static List<JoinShape> shapes() {
    return JoinShape.all();
  }

  @ParameterizedTest
  @MethodSource("shapes")
  void givesTheSameRowsInTheSameOrderAsInMemory(JoinShape shape) {
    for (int seed = 0; seed < 3; seed++) {
      List<JoinInput.Event> events = events(shape, seed, ROWS);
      OneStep.Made ample = shape.make(new MemoryDisk(), PLENTY);
      OneStep.Made little = shape.make(new MemoryDisk(), LITTLE);

      List<String> wanted = all(ample, events);
      List<String> given = all(little, events);

      assertEquals(wanted, given, shape + ", seed " + seed);
      assertEquals(0, ample.spill().written());
      boolean holds = shape.bound() == JoinShape.Bound.NONE;
      assertTrue(!holds || little.spill().written() > 0, "nothing was spilled");
    }
  }

  private static List<JoinInput.Event> events(JoinShape shape, int seed, int rows) {
    JoinInput input = JoinInput.of(new Random(seed), rows);
    return input.events(new Random(seed), MOST[seed % 3], shape.windows());
  }

  private static List<String> all(OneStep.Made made, List<JoinInput.Event> events) {
    JoinResults results = new JoinResults();
    long watermark = TimeTracker.NOTHING;
    for (JoinInput.Event event : events) {
      JoinResults.take(made.operator(), event, watermark, results);
      watermark = event.watermark();
      long held = made.context().memory().held();
      assertTrue(held <= LITTLE + AT_ONCE || made.spill().written() == 0, "holds " + held);
    }
    OneStep.end(made.operator(), results);
    made.operator().close();
    assertEquals(0, made.context().memory().held());
    return new ArrayList<>(results.rows);
  }

  @ParameterizedTest
  @MethodSource("shapes")
  void goesOnFromASnapshotWithWhatIsOnTheDisk(JoinShape shape) throws IOException {
    for (int seed = 0; seed < 2; seed++) {
      JoinInput input = JoinInput.of(new Random(seed), ROWS);
      Random random = new Random(seed);
      JoinResults results = new JoinResults();
      List<JoinInput.Event> events = input.events(random, MOST[1 + seed % 2], shape.windows());

      OneStep.Made made = JoinResults.kept(shape, LITTLE, events, random, results);

      assertEquals(NaiveJoin.of(shape, input), results.sorted(), shape + ", seed " + seed);
      made.operator().close();
    }
  }

  @Test
  void marksOfRowsOnTheDiskThatAreMoreThanThereIsEndTheRunNamingTheStep() {
    JoinShape shape = new JoinShape(Join.Type.INNER, JoinShape.Bound.NONE, false, false);
    OneStep.Made made = shape.make(new MemoryDisk(), 1_000);
    List<JoinInput.Event> events = events(shape, 1, 3_000);

    PipelineException e = assertThrows(PipelineException.class, () -> all(made, events));
    assertEquals(ProblemCode.R401, e.problem().code());
    assertTrue(e.problem().message().contains("`step`"), e.problem().message());
  }

  @Test
  void noRoomToSpillSaysWhichStep() {
    JoinShape shape = new JoinShape(Join.Type.LEFT, JoinShape.Bound.NONE, false, false);
    OneStep.Made made = shape.make(new FullDisk(new MemoryDisk(), 30_000), LITTLE);
    List<JoinInput.Event> events = events(shape, 1, 3_000);

    PipelineException e = assertThrows(PipelineException.class, () -> all(made, events));
    assertEquals(ProblemCode.R402, e.problem().code());
    assertTrue(e.problem().message().contains("the step `step`"), e.problem().message());
  }
}
