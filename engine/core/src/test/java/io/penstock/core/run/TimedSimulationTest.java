package io.penstock.core.run;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.penstock.api.option.Span;
import io.penstock.core.expression.Evaluators;
import io.penstock.core.logical.Join;
import io.penstock.core.logical.Window;
import io.penstock.core.logical.Windowing;
import io.penstock.core.report.RunReport;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.function.Function;
import org.junit.jupiter.api.Test;

/** Steps with time on one thread that chooses each step by a seed: one result in every order. */
final class TimedSimulationTest {
  private static final long MUCH = 1 << 30;

  /** Much less than what the steps would hold. */
  private static final long FEW_BYTES = 12_000;

  private static final int SEEDS = Integer.getInteger("penstock.seeds", 1000);
  private static final Duration MINUTE = Duration.ofMinutes(1);
  private static final Duration LITTLE = Duration.ofNanos(20_000);

  private static Window tumbling(long micros) {
    return new Window.Tumbling(new Span(micros, Span.Unit.MICROS), Span.ZERO, Optional.empty());
  }

  private static Windowing windows(long micros, long lateness) {
    return new Windowing(Optional.of(tumbling(micros)), Duration.ofNanos(lateness * 1000));
  }

  private static Join.Bound within(long before, long after) {
    return new Join.Within(Duration.ofNanos(before * 1000), Duration.ofNanos(after * 1000));
  }

  /** Two splits, out of order, some rows late. */
  private static List<List<TimedRows.Row>> rows(int seed, int count) {
    Random random = new Random(seed);
    List<List<TimedRows.Row>> splits = new ArrayList<>();
    for (int split = 0; split < 2; split++) {
      List<TimedRows.Row> own = new ArrayList<>();
      long time = 1_000_000;
      for (int n = 0; n < count; n++) {
        time += random.nextInt(4);
        long at = time - random.nextInt(random.nextInt(8) == 0 ? 15 : 4);
        own.add(new TimedRows.Row(random.nextInt(3), split * 1000 + n, at));
      }
      splits.add(own);
    }
    return splits;
  }

  private static RunReport simulate(Pipelines pipeline, Random random) {
    return pipeline.simulate(
        new Machine((request, run) -> Evaluators.closures(), 1), random::nextInt);
  }

  /** The rows of both sinks, in one order of steps. */
  private static List<String> outcome(Function<Random, Pipelines> made, int seed) {
    Random random = new Random(seed);
    Pipelines pipeline =
        made.apply(random).workers(1 + seed % 3).memory(seed % 2 == 0 ? MUCH : FEW_BYTES);
    RunReport report = simulate(pipeline, random);
    assertEquals(Optional.empty(), report.problem(), () -> "seed " + seed);
    List<String> rows = new ArrayList<>(pipeline.rows("out"));
    pipeline.rows("late").forEach(row -> rows.add("late " + row));
    Collections.sort(rows);
    return rows;
  }

  private static void agree(Function<Random, Pipelines> made, int atLeast) {
    List<String> first = outcome(made, 0);
    assertTrue(first.size() >= atLeast, () -> first.size() + " rows");
    assertTrue(first.stream().anyMatch(row -> row.startsWith("late ")), "some are late");
    for (int seed = 1; seed < SEEDS; seed++) {
      assertEquals(first, outcome(made, seed), "seed " + seed);
    }
  }

  private static TimedSteps source(Random random, Duration drift) {
    return new TimedSteps(new Pipelines().batchRows(3 * random.nextInt(3)))
        .source(TimedRows.of("a", rows(1, 40), random), drift);
  }

  private static TimedSteps sources(Random random, Duration drift) {
    return source(random, drift).source(TimedRows.of("b", rows(2, 40), random), drift);
  }

  @Test
  void windowsOfTwoPartitionsGiveOneResult() {
    agree(
        random ->
            source(random, random.nextBoolean() ? MINUTE : LITTLE)
                .counts("counts", "a", windows(10, 0))
                .to("counts", "counts"),
        20);
  }

  @Test
  void joinsOfTwoSourcesGiveOneResult() {
    agree(
        random ->
            sources(random, random.nextBoolean() ? MINUTE : LITTLE)
                .join("joined", List.of("a", "b"), within(3, 6), Join.Type.FULL)
                .to("joined", "joined"),
        80);
  }

  @Test
  void joinsInWindowsGiveOneResult() {
    Join.Bound bound = new Join.InWindow(tumbling(8), Duration.ZERO);
    agree(
        random ->
            sources(random, random.nextBoolean() ? MINUTE : LITTLE)
                .join("joined", List.of("a", "b"), bound, Join.Type.LEFT)
                .to("joined", "joined"),
        80);
  }

  @Test
  void windowsOfAJoinGiveOneResult() {
    agree(
        random ->
            sources(random, LITTLE)
                .join("joined", List.of("a", "b"), within(5, 5), Join.Type.FULL)
                .counts("counts", "joined", windows(10, 2))
                .to("counts", "joined"),
        20);
  }

  @Test
  void aDiamondOfAggregateAndJoinOnChannelsOfOneBatchEnds() {
    Join.Bound bound = new Join.InWindow(tumbling(10), Duration.ZERO);
    agree(
        random ->
            source(random, LITTLE)
                .counts("counts", "a", windows(10, 2))
                .join("joined", List.of("a", "counts"), bound, Join.Type.LEFT)
                .to("joined", "joined"),
        60);
  }

  private static String latest(TimedRows.Row left, List<List<TimedRows.Row>> right) {
    Optional<TimedRows.Row> best = Optional.empty();
    for (TimedRows.Row row : right.stream().flatMap(List::stream).toList()) {
      boolean fits = row.k() == left.k() && row.at() <= left.at();
      if (fits && best.filter(before -> before.at() > row.at()).isEmpty()) {
        best = Optional.of(row);
      }
    }
    String m = best.map(row -> Long.toString(row.n())).orElse("null");
    return "\"n\":" + left.n() + ",.*\"m\":" + m;
  }

  @Test
  void theLatestOfInputsThatEndIsTheSameInEveryOrder() {
    for (int seed = 0; seed < SEEDS / 10; seed++) {
      Random random = new Random(seed);
      Pipelines pipeline =
          sources(random, MINUTE).latest("joined", "a", "b").pipeline().sink("out", "joined");
      RunReport report = simulate(pipeline.workers(1 + seed % 3), random);
      assertEquals(Optional.empty(), report.problem());

      List<String> rows = pipeline.rows("out");
      assertEquals(80, rows.size());
      for (TimedRows.Row left : rows(1, 40).stream().flatMap(List::stream).toList()) {
        String wanted = latest(left, rows(2, 40));
        long found = rows.stream().filter(row -> row.matches(".*" + wanted + "\\D*")).count();
        assertEquals(1, found, "seed " + seed + ": " + wanted);
      }
    }
  }

  /** One row each so many microseconds. */
  private static TimedRows steady(String name, int count, long every, Random chance) {
    List<TimedRows.Row> rows = new ArrayList<>();
    for (int n = 0; n < count; n++) {
      rows.add(new TimedRows.Row(n % 50, n, 1_000_000 + n * every));
    }
    return TimedRows.of(name, List.of(rows), chance);
  }

  /** How many bytes the join of a run holds at most, in memory that would suffice for all. */
  private static long held(Duration drift, int seed) {
    Random random = new Random(seed);
    Pipelines pipeline =
        new TimedSteps(new Pipelines())
            .source(steady("slow", 15_000, 1, random), drift)
            .source(steady("fast", 15_000, 1000, random), drift)
            .join("joined", List.of("slow", "fast"), within(100, 100), Join.Type.INNER)
            .to("joined", "joined");
    RunReport report = simulate(pipeline, random);
    assertEquals(Optional.empty(), report.problem());
    return report.steps().stream()
        .filter(step -> step.step().equals("joined"))
        .mapToLong(step -> step.held().most())
        .sum();
  }

  @Test
  void inputsOfVeryDifferentSpeedAreHeldInLittleMemory() {
    for (int seed = 0; seed < 4; seed++) {
      assertTrue(held(Duration.ofNanos(2_000_000), seed) < 500_000);
    }

    assertTrue(held(Duration.ofDays(1), 0) > 1_000_000);
  }
}
