package io.penstock.core.run;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.penstock.api.data.DataType;
import io.penstock.api.data.Field;
import io.penstock.api.data.Schema;
import io.penstock.api.format.Format;
import io.penstock.api.lookup.LookupContext;
import io.penstock.api.problem.ProblemCode;
import io.penstock.core.logical.LogicalNode.OnError;
import io.penstock.core.logical.Operation;
import io.penstock.core.report.RunReport;
import io.penstock.core.runner.RunningPipeline;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What a step does that asks outside, by one and two workers, in batches of one, three, all. */
final class OutsideLookupTest {
  private static final Schema LOOKED =
      Schema.of(Field.of("n", DataType.INT), Field.optional("name", DataType.STRING));

  static List<EmbeddedRunnerTest.How> hows() {
    return EmbeddedRunnerTest.hows();
  }

  private static Operation.OutsideLookup lookup(
      Pipelines pipeline,
      MemoryLookup outside,
      String key,
      Operation.Lookup.Missing missing,
      Optional<Duration> remember) {
    return new Operation.OutsideLookup(
        outside,
        List.of(pipeline.expression(key, pipeline.schema("all"))),
        Format.Decoding.of(MemoryLookup.ANSWER),
        List.of(new Operation.Lookup.Taken("name", "word")),
        missing,
        new Operation.OutsideLookup.Asking(
            new LookupContext.Limits(16, Duration.ofSeconds(1)), remember));
  }

  private static String row(int n, String name) {
    return "{\"n\":" + n + ",\"name\":" + name + "}";
  }

  private static RunReport.StepReport step(RunReport report, String name) {
    return report.steps().stream().filter(s -> s.step().equals(name)).findFirst().orElseThrow();
  }

  @ParameterizedTest
  @MethodSource("hows")
  void rowsKeepTheirOrderWhateverTheOrderOfAnswers(EmbeddedRunnerTest.How how) {
    Pipelines pipeline = how.pipeline().numbers("all", 2000);
    MemoryLookup outside = new MemoryLookup(n -> n % 3 == 0 ? null : "w" + n);
    pipeline
        .step(
            "asked",
            lookup(pipeline, outside, "n", Operation.Lookup.Missing.KEEP, Optional.empty()),
            LOOKED,
            OnError.FAIL,
            "all")
        .sink("out", "asked");

    assertEquals(Optional.empty(), pipeline.run().problem());
    assertEquals(
        IntStream.range(0, 2000)
            .mapToObj(n -> row(n, n % 3 == 0 ? "null" : "\"w" + n + "\""))
            .toList(),
        pipeline.rows("out"));
    assertEquals(2000, outside.asked().size());
    assertEquals(1, outside.opened());
    assertEquals(1, outside.closed());
  }

  @ParameterizedTest
  @MethodSource("hows")
  void rowsWithoutAnAnswerAreDroppedWhereThatIsAskedFor(EmbeddedRunnerTest.How how) {
    Pipelines pipeline = how.pipeline().numbers("all", 100);
    MemoryLookup outside = new MemoryLookup(n -> n % 2 == 0 ? null : "w" + n);
    pipeline
        .step(
            "asked",
            lookup(pipeline, outside, "n", Operation.Lookup.Missing.DROP, Optional.empty()),
            LOOKED,
            OnError.FAIL,
            "all")
        .sink("out", "asked");

    RunReport report = pipeline.run();

    assertEquals(Optional.empty(), report.problem());
    assertEquals(50, step(report, "asked").filtered());
    assertEquals(row(1, "\"w1\""), pipeline.rows("out").get(0));
  }

  @ParameterizedTest
  @MethodSource("hows")
  void equalKeysAreAskedForOnceInABatch(EmbeddedRunnerTest.How how) {
    Pipelines pipeline = how.pipeline().numbers("all", 900);
    MemoryLookup outside = new MemoryLookup(n -> "w" + n);
    pipeline
        .step(
            "asked",
            lookup(
                pipeline, outside, "div(n, 300)", Operation.Lookup.Missing.KEEP, Optional.empty()),
            LOOKED,
            OnError.FAIL,
            "all")
        .sink("out", "asked");

    assertEquals(Optional.empty(), pipeline.run().problem());
    assertEquals(row(899, "\"w2\""), pipeline.rows("out").get(899));
    if (how.batchRows() == 0) {
      assertEquals(3, outside.asked().size());
    }
  }

  @ParameterizedTest
  @MethodSource("hows")
  void answersAreRememberedForAsLongAsTheyAreGood(EmbeddedRunnerTest.How how) {
    Pipelines pipeline = how.pipeline().numbers("all", 900);
    MemoryLookup outside = new MemoryLookup(n -> n == 0 ? null : "w" + n);
    Optional<Duration> good = Optional.of(Duration.ofMinutes(1));
    pipeline
        .step(
            "asked",
            lookup(pipeline, outside, "n % 4", Operation.Lookup.Missing.KEEP, good),
            LOOKED,
            OnError.FAIL,
            "all")
        .sink("out", "asked");

    assertEquals(Optional.empty(), pipeline.run().problem());
    assertEquals(900, pipeline.rows("out").size());
    assertEquals(row(5, "\"w1\""), pipeline.rows("out").get(5));
    assertEquals(4, outside.asked().size(), "that there is nothing is remembered too");
  }

  @ParameterizedTest
  @MethodSource("hows")
  void whatGetsNoAnswerFollowsOnErrorAndIsAskedForAgain(EmbeddedRunnerTest.How how) {
    Pipelines pipeline = how.pipeline().numbers("all", 90);
    MemoryLookup outside = new MemoryLookup(n -> n == 7 ? "!silence" : "w" + n);
    Optional<Duration> good = Optional.of(Duration.ofMinutes(1));
    pipeline
        .step(
            "asked",
            lookup(pipeline, outside, "n % 30", Operation.Lookup.Missing.FAIL, good),
            LOOKED,
            OnError.OUTPUT,
            "all")
        .sink("out", "asked")
        .sink("broken", "asked.failed");

    assertEquals(Optional.empty(), pipeline.run().problem());
    assertEquals(87, pipeline.rows("out").size());
    List<String> broken = pipeline.rows("broken");
    assertEquals(3, broken.size());
    assertTrue(broken.get(0).startsWith("{\"n\":7,\"error\":{\"code\":\"D223\""), broken::toString);
    assertTrue(broken.get(0).contains("silence"), broken::toString);
    assertEquals(30, new HashSet<>(outside.asked()).size());
  }

  @Test
  void aRowWithoutAKeyIsNotAskedForAndFailsWhereItMust() {
    Pipelines pipeline = new Pipelines().numbers("all", 10);
    MemoryLookup outside = new MemoryLookup(n -> "w" + n);
    pipeline
        .step(
            "asked",
            lookup(
                pipeline,
                outside,
                "if(n < 5, n, null)",
                Operation.Lookup.Missing.FAIL,
                Optional.empty()),
            LOOKED,
            OnError.SKIP,
            "all")
        .sink("out", "asked");

    RunReport report = pipeline.run();

    assertEquals(Optional.empty(), report.problem());
    assertEquals(5, step(report, "asked").skipped());
    assertEquals(ProblemCode.D221, step(report, "asked").reasons().get(0).first().code());
    assertEquals(new TreeSet<>(List.of(0L, 1L, 2L, 3L, 4L)), new TreeSet<>(outside.asked()));
  }

  @Test
  void aRunThatIsAbortedDoesNotWaitForAnswers() throws InterruptedException {
    Pipelines pipeline = new Pipelines().numbers("all", 10);
    MemoryLookup outside = new MemoryLookup(n -> "w" + n).thatWaits();
    pipeline
        .step(
            "asked",
            lookup(pipeline, outside, "n", Operation.Lookup.Missing.KEEP, Optional.empty()),
            LOOKED,
            OnError.FAIL,
            "all")
        .sink("out", "asked");

    RunningPipeline run = pipeline.start();
    while (outside.asked().isEmpty()) {
      Optional<RunReport> unused = run.await(Duration.ofMillis(1));
    }
    run.abort();

    assertEquals(Optional.of(RunReport.Outcome.ABORTED), Pipelines.end(run).outcome());
    assertEquals(List.of(), pipeline.rows("out"));
    assertEquals(1, outside.closed());
  }
}
