package io.penstock.core.run;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.penstock.api.data.DataType;
import io.penstock.api.data.Field;
import io.penstock.api.data.Schema;
import io.penstock.core.expression.Evaluators;
import io.penstock.core.logical.LogicalNode.OnError;
import io.penstock.core.logical.Operation;
import io.penstock.core.report.RunReport;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.function.IntFunction;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;

/**
 * Runs on one thread that chooses each step by a seed, over edges of one batch: whatever the order
 * of steps, a run ends and gives the same rows.
 */
final class SimulationTest {
  private static final int SEEDS = 40;

  private static List<String> simulated(Pipelines pipeline, int seed, String sink) {
    Machine machine = new Machine((request, run) -> Evaluators.closures(), 1);
    RunReport report = pipeline.simulate(machine, new Random(seed)::nextInt);
    assertEquals(Optional.empty(), report.problem(), () -> "seed " + seed);
    return pipeline.rows(sink);
  }

  private static void agree(Supplier<Pipelines> pipeline, String sink) {
    List<String> first = simulated(pipeline.get().workers(1), 0, sink);
    for (int seed = 0; seed < SEEDS; seed++) {
      int workers = 1 + seed % 3;
      assertEquals(first, simulated(pipeline.get().workers(workers), seed, sink), "seed " + seed);
    }
  }

  @Test
  void aDiamondOverEdgesOfOneBatchEnds() {
    agree(
        () ->
            new Pipelines()
                .batchRows(7)
                .numbers("all", 1000)
                .aggregate("total", "all", List.of("n=n % 5"), "k", "count()")
                .project("shaped", "total", OnError.FAIL, "n", "k")
                .filter("odd", "all", "n % 2 == 1")
                .union("both", "shaped", "all", "odd")
                .sink("out", "both"),
        "out");
  }

  @Test
  void sourcesThatMeetTwiceInOppositeOrderEnd() {
    agree(
        () ->
            new Pipelines()
                .batchRows(5)
                .numbers("a", 300)
                .numbers("b", 7)
                .union("ab", "a", "b")
                .union("ba", "b", "a")
                .union("all", "ab", "ba")
                .sink("out", "all"),
        "out");
  }

  @Test
  void groupsOverSeveralSourcesAreMadeInEach() {
    agree(
        () ->
            new Pipelines()
                .batchRows(5)
                .numbers("a", 300)
                .numbers("b", 70)
                .union("both", "a", "b")
                .filter("some", "both", "n % 3 == 0")
                .aggregate(
                    "counts", "some", List.of("k=n % 5"), "rows", "count()", "last", "last(n)")
                .filter("large", "counts", "rows > 10")
                .sink("out", "large"),
        "out");
  }

  @Test
  void failuresOfAllStagesBecomeDeadLetters() {
    Supplier<Pipelines> pipeline =
        () ->
            new Pipelines()
                .batchRows(10)
                .numbers("all", 500)
                .project("divided", "all", OnError.DEAD_LETTER, "n", "div(n * 7, n % 50)")
                .aggregate("sums", "divided", List.of("n=n % 7"), "k", "sum(n)")
                .project("again", "sums", OnError.DEAD_LETTER, "n", "div(k, n)")
                .sink("out", "again")
                .deadLetters();
    agree(pipeline, "out");
    for (int seed = 0; seed < SEEDS; seed++) {
      assertEquals(11, simulated(pipeline.get().workers(2), seed, "dead_letter").size());
    }
  }

  private static String failure(Pipelines pipeline, int seed) {
    RunReport report =
        pipeline.simulate(
            new Machine((request, run) -> Evaluators.closures(), 1), new Random(seed)::nextInt);
    return report.problem().orElseThrow().message() + " " + pipeline.rows("dead_letter");
  }

  private static void agreeOnFailure(IntFunction<Pipelines> pipeline, int... batches) {
    String first = failure(pipeline.apply(batches[0]).workers(1), 0);
    for (int batch : batches) {
      for (int seed = 0; seed < SEEDS; seed++) {
        int workers = 1 + seed % 3;
        String given = failure(pipeline.apply(batch).workers(workers), seed);
        assertEquals(first, given, "seed " + seed + ", batches of " + batch);
      }
    }
  }

  @Test
  void theFirstFailureInTheOrderOfTheSourceEndsTheRun() {
    agreeOnFailure(
        rows ->
            new Pipelines()
                .batchRows(rows)
                .numbers("all", 300)
                .project("divided", "all", OnError.FAIL, "n", "div(n, n % 97 - 41)")
                .filter("some", "divided", "true")
                .sink("out", "some")
                .deadLetters(),
        1,
        3,
        0);
  }

  @Test
  void aFailureFurtherDownThatComesFirstEndsTheRun() {
    agreeOnFailure(
        rows ->
            new Pipelines()
                .batchRows(rows)
                .numbers("all", 300)
                .project("first", "all", OnError.FAIL, "n", "n * div(60, 60 - n)")
                .project("second", "first", OnError.FAIL, "n", "div(n, n - 41)")
                .sink("out", "second")
                .deadLetters(),
        1,
        3,
        0);
  }

  @Test
  void deadLettersOfTheUnitsBeforeTheFailureArePublished() {
    agreeOnFailure(
        rows ->
            new Pipelines()
                .batchRows(rows)
                .numbers("all", 300)
                .project("left", "all", OnError.DEAD_LETTER, "n", "n + 0 * div(1, n % 10)")
                .project("divided", "left", OnError.FAIL, "n", "div(n, n - 163)")
                .sink("out", "divided")
                .deadLetters(),
        10);
  }

  @Test
  void anExplosionBetweenGatheringStepsIsHeldBack() {
    agree(
        () -> {
          Pipelines pipeline = new Pipelines().batchRows(10).numbers("all", 50);
          Schema row = pipeline.schema("all");
          Schema exploded = Schema.of(Field.of("n", DataType.INT), Field.of("x", DataType.INT));
          Operation explode =
              new Operation.Explode(
                  pipeline.expression("range(0, 300)", row),
                  "x",
                  Optional.empty(),
                  false,
                  Optional.empty());
          return pipeline
              .step("wide", explode, exploded, OnError.FAIL, "all")
              .step(
                  "sorted",
                  new Operation.Sort(List.of(pipeline.orderBy("x", exploded, true))),
                  exploded,
                  OnError.FAIL,
                  "wide")
              .aggregate("counts", "sorted", List.of("x=x"), "rows", "count()", "first", "first(n)")
              .sink("out", "counts");
        },
        "out");
  }

  @Test
  void theSameSeedGivesTheSameSteps() {
    List<String> steps = new ArrayList<>();
    for (int i = 0; i < 2; i++) {
      List<Integer> choices = new ArrayList<>();
      Random random = new Random(3);
      Pipelines pipeline = new Pipelines().workers(2).numbers("all", 5000).sink("out", "all");
      pipeline.simulate(
          new Machine((request, run) -> Evaluators.closures(), 1),
          () -> {
            int choice = random.nextInt();
            choices.add(choice);
            return choice;
          });
      steps.add(choices.size() + " steps, " + pipeline.rows("out").size() + " rows");
    }
    assertEquals(steps.get(0), steps.get(1));
  }
}
