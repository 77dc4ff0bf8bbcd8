package io.penstock.core.run;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.penstock.api.data.Schema;
import io.penstock.api.problem.ProblemCode;
import io.penstock.core.logical.LogicalNode.OnError;
import io.penstock.core.logical.Operation;
import io.penstock.core.report.RunReport;
import io.penstock.core.runner.RunningPipeline;
import io.penstock.testkit.CollectingSink;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Whole small pipelines, by one and two workers, in batches of one row, three rows, and all. */
final class EmbeddedRunnerTest {
  /** How a run is done. */
  record How(int workers, int batchRows) {
    Pipelines pipeline() {
      return new Pipelines().workers(workers).batchRows(batchRows);
    }
  }

  static List<How> hows() {
    return List.of(
        new How(1, 1), new How(1, 3), new How(1, 0), new How(2, 1), new How(2, 3), new How(2, 0));
  }

  private static List<String> numbers(IntStream numbers) {
    return numbers.mapToObj(n -> "{\"n\":" + n + "}").toList();
  }

  private static RunReport.StepReport step(RunReport report, String name) {
    return report.steps().stream().filter(s -> s.step().equals(name)).findFirst().orElseThrow();
  }

  @ParameterizedTest
  @MethodSource("hows")
  void writesRowsInTheOrderOfTheSource(How how) {
    Pipelines pipeline =
        how.pipeline().numbers("all", 5000).filter("even", "all", "n % 2 == 0").sink("out", "even");

    RunReport report = pipeline.run();

    assertEquals(Optional.of(RunReport.Outcome.FINISHED), report.outcome(), report::toString);
    assertEquals(numbers(IntStream.range(0, 5000).filter(n -> n % 2 == 0)), pipeline.rows("out"));
    assertEquals(2500, step(report, "even").filtered());
    assertEquals(List.of("prepare 1", "commit 1", "close"), pipeline.collected("out").log());
  }

  @ParameterizedTest
  @MethodSource("hows")
  void groupsInTheOrderOfTheirFirstRows(How how) {
    Pipelines pipeline =
        how.pipeline()
            .numbers("all", 3001)
            .aggregate(
                "groups",
                "all",
                List.of("third=(n + 1) % 3"),
                "rows",
                "count()",
                "sum",
                "sum(n)",
                "large",
                "count() where n >= 3000",
                "first",
                "first(n)")
            .sink("out", "groups");

    RunReport report = pipeline.run();

    assertEquals(Optional.empty(), report.problem());
    assertEquals(
        List.of(
            "{\"third\":1,\"rows\":1001,\"sum\":1501500,\"large\":1,\"first\":0}",
            "{\"third\":2,\"rows\":1000,\"sum\":1499500,\"large\":0,\"first\":1}",
            "{\"third\":0,\"rows\":1000,\"sum\":1500500,\"large\":0,\"first\":2}"),
        pipeline.rows("out"));
  }

  @ParameterizedTest
  @MethodSource("hows")
  void aDiamondOfAggregateAndUnionEnds(How how) {
    Pipelines pipeline =
        how.pipeline()
            .numbers("all", 20_000)
            .aggregate("total", "all", List.of(), "n", "count()")
            .union("both", "total", "all")
            .sink("out", "both");

    RunReport report = pipeline.run();

    assertEquals(Optional.empty(), report.problem());
    List<String> rows = pipeline.rows("out");
    assertEquals(20_001, rows.size());
    assertEquals("{\"n\":20000}", rows.get(20_000));
  }

  @ParameterizedTest
  @MethodSource("hows")
  void sourcesOfUnlikeSizeMeetInTheirOrder(How how) {
    Pipelines pipeline =
        how.pipeline()
            .numbers("few", 5)
            .numbers("many", 5000)
            .union("both", "many", "few")
            .sink("out", "both");

    assertEquals(Optional.empty(), pipeline.run().problem());
    List<String> rows = pipeline.rows("out");
    assertEquals(numbers(IntStream.range(0, 5)), rows.subList(0, 5));
    assertEquals(numbers(IntStream.range(0, 5000)), rows.subList(5, 5005));
  }

  @ParameterizedTest
  @MethodSource("hows")
  void aFailureLeavesOutputsUntouched(How how) {
    Pipelines pipeline =
        how.pipeline()
            .numbers("all", 2000)
            .project("divided", "all", OnError.FAIL, "n", "div(10, n - 1500)")
            .sink("out", "divided");

    RunReport report = pipeline.run();

    assertEquals(Optional.of(RunReport.Outcome.FAILED), report.outcome());
    assertEquals(ProblemCode.D202, report.problem().orElseThrow().code());
    assertEquals(List.of(), pipeline.rows("out"));
    assertEquals(List.of("abort 1", "close"), pipeline.collected("out").log());
  }

  @ParameterizedTest
  @MethodSource("hows")
  void rowsThatFailAreDeadLettersAndNothingElse(How how) {
    Pipelines pipeline =
        how.pipeline()
            .numbers("all", 3000)
            .project("divided", "all", OnError.DEAD_LETTER, "n", "div(12, n % 100)")
            .sink("out", "divided")
            .deadLetters();

    RunReport report = pipeline.run();

    assertEquals(Optional.empty(), report.problem());
    assertEquals(2970, pipeline.rows("out").size());
    List<String> letters = pipeline.rows("dead_letter");
    assertEquals(30, letters.size());
    assertTrue(letters.get(1).contains("\"row\":{\"n\":100}"), letters.get(1));
    assertTrue(letters.get(1).contains("\"stage\":\"transform\",\"code\":\"D202\""));
    assertTrue(letters.get(1).contains("\"source\":{\"step\":\"all\",\"position\":\"100\"}"));
    assertEquals(30, step(report, "divided").deadLettered());
    assertEquals(30, step(report, "divided").reasons().get(0).count());
  }

  @ParameterizedTest
  @MethodSource("hows")
  void failuresThatAreReadGoToTheirReader(How how) {
    Pipelines pipeline =
        how.pipeline()
            .numbers("all", 300)
            .project("divided", "all", OnError.OUTPUT, "n", "div(12, n % 100)")
            .sink("out", "divided")
            .sink("broken", "divided.failed");

    assertEquals(Optional.empty(), pipeline.run().problem());
    List<String> broken = pipeline.rows("broken");
    assertEquals(3, broken.size());
    assertTrue(broken.get(2).startsWith("{\"n\":200,\"error\":{\"code\":\"D202\""), broken.get(2));
  }

  @ParameterizedTest
  @MethodSource("hows")
  void tooManyFailuresStopTheRun(How how) {
    Pipelines pipeline =
        how.pipeline()
            .numbers("all", 5000)
            .project("divided", "all", OnError.DEAD_LETTER, "n", "div(12, n - n)")
            .sink("out", "divided")
            .deadLetters();

    RunReport report = pipeline.run();

    assertEquals(ProblemCode.R203, report.problem().orElseThrow().code());
    assertEquals(8, report.problem().orElseThrow().code().exitCode());
    assertEquals(List.of(), pipeline.rows("out"));
    assertTrue(pipeline.rows("dead_letter").size() >= 1000);
  }

  @ParameterizedTest
  @MethodSource("hows")
  void theLastRecordsAreJudgedWhateverTheBatches(How how) {
    Pipelines stopped =
        how.pipeline()
            .stopAbove(0.2, 10)
            .numbers("all", 5000)
            .project(
                "divided", "all", OnError.SKIP, "n", "div(n, abs(n - 3020) - abs(n - 3020) % 3)")
            .sink("out", "divided");
    Pipelines passed =
        how.pipeline()
            .stopAbove(0.5, 10)
            .numbers("all", 5000)
            .project(
                "divided", "all", OnError.SKIP, "n", "div(n, abs(n - 3020) - abs(n - 3020) % 3)")
            .sink("out", "divided");

    assertEquals(
        "of the last 10 records of `all` 3 failed, more than the 20% that `stop_above` allows",
        stopped.run().problem().orElseThrow().message());
    assertEquals(Optional.empty(), passed.run().problem());
    assertEquals(4995, passed.rows("out").size());
  }

  @ParameterizedTest
  @MethodSource("hows")
  void rowsThatASinkRefusesAreDeadLetters(How how) {
    Pipelines pipeline =
        how.pipeline()
            .numbers("all", 100)
            .sink("out", "all", CollectingSink.refusing(n -> n % 50 == 7), OnError.DEAD_LETTER)
            .deadLetters();

    assertEquals(Optional.empty(), pipeline.run().problem());
    assertEquals(98, pipeline.rows("out").size());
    List<String> letters = pipeline.rows("dead_letter");
    assertEquals(2, letters.size());
    assertTrue(letters.get(0).contains("\"stage\":\"sink\",\"code\":\"D301\""), letters.get(0));
    assertTrue(letters.get(1).contains("\"row\":{\"n\":57}"), letters.get(1));
  }

  @ParameterizedTest
  @MethodSource("hows")
  void routesByTheFirstCaseThatIsTrue(How how) {
    Pipelines pipeline = how.pipeline().numbers("all", 30);
    Schema row = pipeline.schema("all");
    Operation route =
        new Operation.Route(
            List.of(
                pipeline.named("third", "n % 3 == 0", row),
                pipeline.named("even", "n % 2 == 0", row)),
            false);
    pipeline
        .step("split", route, row, OnError.FAIL, "all")
        .sink("thirds", "split.third")
        .sink("evens", "split.even")
        .sink("others", "split.otherwise");

    assertEquals(Optional.empty(), pipeline.run().problem());
    assertEquals(numbers(IntStream.range(0, 30).filter(n -> n % 3 == 0)), pipeline.rows("thirds"));
    assertEquals(
        numbers(IntStream.range(0, 30).filter(n -> n % 3 != 0 && n % 2 == 0)),
        pipeline.rows("evens"));
    assertEquals(
        numbers(IntStream.range(0, 30).filter(n -> n % 3 != 0 && n % 2 != 0)),
        pipeline.rows("others"));
  }

  @ParameterizedTest
  @MethodSource("hows")
  void chosenBranchesMergeInTheOrderOfTheRows(How how) {
    Pipelines pipeline = how.pipeline().numbers("all", 30);
    Schema row = pipeline.schema("all");
    Operation.Project tenfold = pipeline.projection(row, "n", "n * 10");
    Operation.Project same = pipeline.projection(row, "n", "n");
    Operation.Link link = new Operation.Link(tenfold, row, Pipelines.AT);
    Operation choose =
        new Operation.Choose(
            List.of(
                new Operation.Choose.Branch(
                    Optional.of(pipeline.expression("n % 2 == 0", row)), List.of(link), same),
                new Operation.Choose.Branch(Optional.empty(), List.of(), same)));
    pipeline.step("chosen", choose, row, OnError.FAIL, "all").sink("out", "chosen");

    assertEquals(Optional.empty(), pipeline.run().problem());
    assertEquals(
        numbers(IntStream.range(0, 30).map(n -> n % 2 == 0 ? n * 10 : n)), pipeline.rows("out"));
  }

  @ParameterizedTest
  @MethodSource("hows")
  void aLimitStopsASourceWithoutEnd(How how) {
    Pipelines pipeline = how.pipeline().endless("all", 10_000);
    Schema row = pipeline.schema("all");
    pipeline.step("first", new Operation.Limit(10), row, OnError.FAIL, "all").sink("out", "first");

    RunReport report = pipeline.run();

    assertEquals(Optional.of(RunReport.Outcome.FINISHED), report.outcome(), report::toString);
    assertEquals(numbers(IntStream.range(0, 10)), pipeline.rows("out"));
  }

  @ParameterizedTest
  @MethodSource("hows")
  void readsExactlyAsManyRowsAsAsked(How how) {
    Pipelines pipeline = how.pipeline().untilRows(1234).numbers("all", 5000).sink("out", "all");

    RunReport report = pipeline.run();

    assertEquals(Optional.of(RunReport.Outcome.LIMIT_REACHED), report.outcome());
    assertEquals(numbers(IntStream.range(0, 1234)), pipeline.rows("out"));
    assertEquals(1234, step(report, "all").in());
  }

  @ParameterizedTest
  @MethodSource("hows")
  void stopsCleanlyAndCommitsWhereThereIsNoEnd(How how) {
    Pipelines pipeline = how.pipeline().endless("all", 2000).sink("out", "all");

    RunningPipeline run = pipeline.start();
    while (step(run.report(), "out").in() < 2000) {
      Thread.onSpinWait();
    }
    run.stop();
    RunReport report = Pipelines.end(run);

    assertEquals(Optional.of(RunReport.Outcome.STOPPED), report.outcome());
    assertEquals(numbers(IntStream.range(0, 2000)), pipeline.rows("out"));
  }

  @ParameterizedTest
  @MethodSource("hows")
  void abortsWithoutCommitting(How how) {
    Pipelines pipeline = how.pipeline().endless("all", 2000).sink("out", "all");

    RunningPipeline run = pipeline.start();
    run.abort();
    RunReport report = Pipelines.end(run);

    assertEquals(Optional.of(RunReport.Outcome.ABORTED), report.outcome());
    assertEquals(List.of(), pipeline.rows("out"));
  }
}
