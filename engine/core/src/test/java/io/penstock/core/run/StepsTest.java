package io.penstock.core.run;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.penstock.api.data.Batch;
import io.penstock.api.data.BytesBuilder;
import io.penstock.api.data.Column;
import io.penstock.api.data.DataType;
import io.penstock.api.data.Field;
import io.penstock.api.data.LongsBuilder;
import io.penstock.api.data.Provenance;
import io.penstock.api.data.Schema;
import io.penstock.api.problem.ProblemCode;
import io.penstock.core.logical.LogicalNode.OnError;
import io.penstock.core.logical.Operation;
import io.penstock.core.logical.Table;
import io.penstock.core.report.RunReport;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What each kind of step does, by one and two workers, in batches of one row, three, and all. */
final class StepsTest {
  static List<EmbeddedRunnerTest.How> hows() {
    return EmbeddedRunnerTest.hows();
  }

  private static List<String> numbers(IntStream numbers) {
    return numbers.mapToObj(n -> "{\"n\":" + n + "}").toList();
  }

  private static RunReport.StepReport step(RunReport report, String name) {
    return report.steps().stream().filter(s -> s.step().equals(name)).findFirst().orElseThrow();
  }

  @ParameterizedTest
  @MethodSource("hows")
  void sortsAllRowsAndBreaksTies(EmbeddedRunnerTest.How how) {
    Pipelines pipeline = how.pipeline().numbers("all", 5000);
    Schema row = pipeline.schema("all");
    pipeline
        .step(
            "sorted",
            new Operation.Sort(List.of(pipeline.orderBy("n % 2", row, true))),
            row,
            OnError.FAIL,
            "all")
        .sink("out", "sorted");

    assertEquals(Optional.empty(), pipeline.run().problem());
    List<String> expected =
        numbers(
            IntStream.concat(
                IntStream.range(0, 5000).filter(n -> n % 2 == 1),
                IntStream.range(0, 5000).filter(n -> n % 2 == 0)));
    assertEquals(expected, pipeline.rows("out"));
  }

  @ParameterizedTest
  @MethodSource("hows")
  void keepsTheFirstRowsOfEachGroup(EmbeddedRunnerTest.How how) {
    Pipelines pipeline = how.pipeline().numbers("all", 1000);
    Schema row = pipeline.schema("all");
    Schema ranked = Schema.of(Field.of("n", DataType.INT), Field.of("place", DataType.INT));
    Operation top =
        new Operation.Top(
            2,
            List.of(pipeline.named("k", "n % 2", row)),
            List.of(pipeline.orderBy("div(n, 10)", row, true)),
            false,
            Optional.of("place"));
    pipeline.step("best", top, ranked, OnError.FAIL, "all").sink("out", "best");

    assertEquals(Optional.empty(), pipeline.run().problem());
    assertEquals(
        List.of(
            "{\"n\":990,\"place\":1}",
            "{\"n\":992,\"place\":2}",
            "{\"n\":991,\"place\":1}",
            "{\"n\":993,\"place\":2}"),
        pipeline.rows("out"));
  }

  @ParameterizedTest
  @MethodSource("hows")
  void distinctKeepsTheFirstOfEachKind(EmbeddedRunnerTest.How how) {
    Pipelines pipeline = how.pipeline().numbers("all", 100);
    Schema row = pipeline.schema("all");
    pipeline
        .step(
            "kinds",
            new Operation.Distinct(List.of(pipeline.expression("n % 4", row))),
            row,
            OnError.FAIL,
            "all")
        .sink("out", "kinds");

    assertEquals(Optional.empty(), pipeline.run().problem());
    assertEquals(numbers(IntStream.range(0, 4)), pipeline.rows("out"));
  }

  private static Table colours() {
    Schema schema = Schema.of(Field.of("id", DataType.INT), Field.of("colour", DataType.STRING));
    LongsBuilder ids = new LongsBuilder();
    BytesBuilder names = new BytesBuilder();
    ids.add(1);
    names.add("red");
    ids.add(2);
    names.add("blue");
    Batch rows =
        Batch.of(schema, 2, new Column[] {ids.build(), names.build()}, Provenance.none("colours"));
    return new Table(
        "colours",
        Pipelines.AT,
        Optional.empty(),
        Optional.of(rows),
        schema,
        List.of("id"),
        Optional.empty());
  }

  @ParameterizedTest
  @MethodSource("hows")
  void looksRowsUpAndKeepsThoseWithout(EmbeddedRunnerTest.How how) {
    Pipelines pipeline = how.pipeline().numbers("all", 4).table(colours());
    Schema row = pipeline.schema("all");
    Schema joined =
        Schema.of(Field.of("n", DataType.INT), Field.optional("colour", DataType.STRING));
    Operation lookup =
        new Operation.Lookup(
            "colours",
            List.of(pipeline.expression("n", row)),
            List.of(new Operation.Lookup.Taken("colour", "colour")),
            Operation.Lookup.Missing.KEEP);
    pipeline.step("joined", lookup, joined, OnError.FAIL, "all").sink("out", "joined");

    assertEquals(Optional.empty(), pipeline.run().problem());
    assertEquals(
        List.of(
            "{\"n\":0,\"colour\":null}",
            "{\"n\":1,\"colour\":\"red\"}",
            "{\"n\":2,\"colour\":\"blue\"}",
            "{\"n\":3,\"colour\":null}"),
        pipeline.rows("out"));
  }

  @ParameterizedTest
  @MethodSource("hows")
  void explodesHeldBackAndNumbered(EmbeddedRunnerTest.How how) {
    Pipelines pipeline = how.pipeline().numbers("all", 40);
    Schema row = pipeline.schema("all");
    Schema exploded =
        Schema.of(
            Field.of("n", DataType.INT), Field.of("x", DataType.INT), Field.of("i", DataType.INT));
    Operation explode =
        new Operation.Explode(
            pipeline.expression("range(n, n + 1000)", row),
            "x",
            Optional.of("i"),
            false,
            Optional.empty());
    pipeline.step("exploded", explode, exploded, OnError.FAIL, "all").sink("out", "exploded");

    RunReport report = pipeline.run();

    assertEquals(Optional.empty(), report.problem());
    List<String> rows = pipeline.rows("out");
    assertEquals(40_000, rows.size());
    assertEquals("{\"n\":3,\"x\":10,\"i\":7}", rows.get(3007));
    assertTrue(
        pipeline.collected("out").committed().stream().allMatch(b -> b.size() <= Batch.MAX_ROWS));
  }

  @ParameterizedTest
  @MethodSource("hows")
  void aRowFailsWholeInsideAChain(EmbeddedRunnerTest.How how) {
    Pipelines pipeline = how.pipeline().numbers("all", 10);
    Schema row = pipeline.schema("all");
    Schema exploded = Schema.of(Field.of("n", DataType.INT), Field.of("x", DataType.INT));
    Operation.RowOperation explode =
        new Operation.Explode(
            pipeline.expression("[n, 5, 0 - n]", row),
            "x",
            Optional.empty(),
            false,
            Optional.empty());
    Operation.Project divided = pipeline.projection(exploded, "n", "div(100, x - 4)");
    Operation chain =
        new Operation.Chain(
            List.of(
                new Operation.Link(explode, exploded, Pipelines.AT),
                new Operation.Link(divided, Pipelines.result(divided), Pipelines.AT)));
    pipeline
        .step("chain", chain, Pipelines.result(divided), OnError.OUTPUT, "all")
        .sink("out", "chain")
        .sink("broken", "chain.failed");

    RunReport report = pipeline.run();

    assertEquals(Optional.empty(), report.problem());
    assertEquals(27, pipeline.rows("out").size());
    assertEquals(1, pipeline.rows("broken").size());
    assertTrue(pipeline.rows("broken").get(0).startsWith("{\"n\":4,\"error\""));
    assertEquals(0, step(report, "chain").filtered());
  }

  @ParameterizedTest
  @MethodSource("hows")
  void brokenRulesAreCountedEach(EmbeddedRunnerTest.How how) {
    Pipelines pipeline = how.pipeline().numbers("all", 100);
    Schema row = pipeline.schema("all");
    Operation expect =
        new Operation.Expect(List.of(pipeline.named("small", "n < 90", row)), Optional.empty());
    pipeline.step("checked", expect, row, OnError.SKIP, "all").sink("out", "checked");

    RunReport report = pipeline.run();

    assertEquals(Optional.empty(), report.problem());
    assertEquals(10, step(report, "checked").skipped());
    RunReport.Reason reason = step(report, "checked").reasons().get(0);
    assertEquals(10, reason.count());
    assertEquals(ProblemCode.D220, reason.first().code());
  }
}
