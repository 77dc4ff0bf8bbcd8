package io.penstock.core.run;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.penstock.api.data.DataType;
import io.penstock.api.data.Field;
import io.penstock.api.data.Schema;
import io.penstock.api.option.ExpressionText;
import io.penstock.api.option.Span;
import io.penstock.api.problem.Problems;
import io.penstock.core.expression.AggregateExpression;
import io.penstock.core.expression.ExpressionChecker;
import io.penstock.core.expression.Scope;
import io.penstock.core.logical.EventTime;
import io.penstock.core.logical.LateRows;
import io.penstock.core.logical.LogicalNode.OnError;
import io.penstock.core.logical.Operation;
import io.penstock.core.logical.RunSettings;
import io.penstock.core.logical.Window;
import io.penstock.core.logical.Windowing;
import io.penstock.core.report.RunReport;
import io.penstock.core.run.ClockedSource.Due;
import io.penstock.core.runner.CrashPoint;
import io.penstock.core.runner.CrashPoints;
import io.penstock.core.runner.KeptState;
import io.penstock.core.runner.RunRequest;
import io.penstock.testkit.ManualClock;
import io.penstock.testkit.MemoryDisk;
import java.io.OutputStream;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.SplittableRandom;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Windows of ten seconds over sources that fall silent, come back, and tell odd times. */
final class IdleSourcesTest {
  private static final long SECOND = 1_000_000;
  private static final long START = 1_767_225_600L * SECOND;
  private static final long HOUR = 3600;

  /** So many steps are done in a tick of the clock. */
  private static final int STEPS = 200;

  private final ManualClock clock = new ManualClock(START);
  private final MemoryDisk disk = new MemoryDisk();
  private final Shelf shelf = new Shelf();
  private final Map<String, List<Due>> partitions = new HashMap<>();

  /** A row that is there at a second of the clock, of a time in seconds. */
  private void row(String partition, long there, long time) {
    rowAt(partition, there, START + time * SECOND);
  }

  private void rowAt(String partition, long there, long micros) {
    partitions
        .computeIfAbsent(partition, p -> new ArrayList<>())
        .add(new Due(START + there * SECOND, micros));
  }

  /** A run until the clock has come to a second. */
  private Pipelines run(int seed, long seconds, Optional<Duration> outOfOrder) {
    Pipelines pipeline =
        steps(outOfOrder).sink("out", "counted").sink("late", "counted.late").deadLetters();
    RunReport report = stepped(pipeline, new SplittableRandom(seed), START + seconds * SECOND);
    assertEquals(Optional.of(RunReport.Outcome.STOPPED), report.outcome(), () -> report.toString());
    return pipeline;
  }

  /** All that is there at a second of the clock, in micro-batches; what came out by them. */
  private List<String> batch(int seed, long second, CrashPoints crashes) {
    clock.advance(Duration.ofNanos(1000 * (START + second * SECOND - clock.micros())));
    Pipelines batches =
        steps(IN_ORDER)
            .write("out", "counted", shelf, OnError.FAIL)
            .write("late", "counted.late", new Shelf(), OnError.FAIL)
            .deadLettersTo(new Shelf());
    RunRequest request = request(Optional.of(RunSettings.Mode.MICRO_BATCH), crashes);
    SplittableRandom random = new SplittableRandom(seed);
    try {
      RunReport report =
          new SteppedRun(batches.plan(), request, 2).toTheEnd(() -> random.nextInt(1 << 20));
      assertEquals(Optional.of(RunReport.Outcome.FINISHED), report.outcome(), report::toString);
    } catch (Killed e) {
      disk.letGoOfLocks();
    }
    List<String> fresh = List.copyOf(shelf.rows());
    shelf.rows().clear();
    return fresh;
  }

  private Pipelines steps(Optional<Duration> outOfOrder) {
    Schema row = ClockedSource.SCHEMA;
    Pipelines pipeline = new Pipelines().clock(clock).workers(2);
    pipeline.read("source", new ClockedSource(clock, partitions), row);
    EventTime time =
        new EventTime(
            pipeline.expression("at", row),
            outOfOrder,
            Optional.of(Duration.ofSeconds(30)),
            Optional.of(Duration.ofMinutes(10)),
            Optional.empty());
    Schema counted =
        Schema.of(
            Field.of(LateRows.START, DataType.TIMESTAMP),
            Field.of(LateRows.END, DataType.TIMESTAMP),
            Field.of("rows", DataType.INT));
    pipeline
        .step("timed", new Operation.SetEventTime(time), row, OnError.DEAD_LETTER, "source")
        .step("counted", counts(row), counted, OnError.DEAD_LETTER, "timed");
    return pipeline;
  }

  /** The clock goes on between steps, which are drawn; then all that is there is read. */
  private RunReport stepped(Pipelines pipeline, SplittableRandom random, long end) {
    RunRequest request = request(Optional.empty(), CrashPoints.NONE);
    SteppedRun run = new SteppedRun(pipeline.plan(), request, 2);
    Duration tick = Duration.ofMillis(end - clock.micros() > 200 * SECOND ? 20_000 : 1000);
    int[] asked = {0};
    return run.toTheEnd(
        () -> {
          if (++asked[0] % STEPS == 0 && clock.micros() < end) {
            clock.advance(tick);
            asked[0] = 0;
          } else if (asked[0] == 20 * STEPS) {
            run.running().stop();
          }
          return random.nextInt(1 << 20);
        });
  }

  private RunRequest request(Optional<RunSettings.Mode> mode, CrashPoints crashes) {
    // With kept state, a stop is no end: what is open stays open.
    KeptState kept = new KeptState(Path.of("/srv/.penstock/test"), false, List.of());
    return new RunRequest(
            mode,
            2,
            OptionalInt.empty(),
            true,
            Path.of("/srv"),
            Optional.empty(),
            OptionalLong.empty(),
            Optional.empty(),
            7,
            disk,
            clock,
            new Alone(clock, () -> {}),
            OutputStream.nullOutputStream(),
            line -> {})
        .holding(1 << 30, Path.of("/tmp/spill"))
        .keeping(kept, crashes);
  }

  private static Operation.Aggregate counts(Schema row) {
    AggregateExpression count =
        new ExpressionChecker(new Problems())
            .checkAggregate(
                "rows", ExpressionText.at("count()", Pipelines.AT), Scope.of(row), List.of())
            .orElseThrow();
    Span ten = new Span(10 * SECOND, Span.Unit.MICROS);
    Window window = new Window.Tumbling(ten, Span.ZERO, Optional.empty());
    return new Operation.Aggregate(
        List.of(),
        List.of(count),
        Optional.empty(),
        new Windowing(Optional.of(window), Duration.ZERO));
  }

  private static String window(long start, int rows) {
    Instant from = Instant.EPOCH.plus(START + start * SECOND, ChronoUnit.MICROS);
    return "{\"window_start\":\""
        + from
        + "\",\"window_end\":\""
        + from.plusSeconds(10)
        + "\",\"rows\":"
        + rows
        + "}";
  }

  private static final Optional<Duration> IN_ORDER = Optional.of(Duration.ZERO);

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3})
  void anIdlePartitionHoldsWindowsBackUntilItCountsAsIdle(int seed) {
    row("b", 0, 0);
    for (int second = 0; second <= 40; second++) {
      row("a", second, second);
    }
    assertEquals(List.of(), run(seed, 28, IN_ORDER).rows("out"));

    Pipelines pipeline = new IdleSourcesTest().with(partitions).run(seed, 45, IN_ORDER);
    assertEquals(
        List.of(window(0, 11), window(10, 10), window(20, 10), window(30, 10)),
        pipeline.rows("out"));
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3})
  void inBatchesAPartitionIsIdleByTheTimesOfTheirPlans(int seed) {
    row("b", 0, 0);
    for (int second = 0; second <= 40; second++) {
      row("a", second, second);
    }
    assertEquals(List.of(), batch(seed, 10, CrashPoints.NONE));
    assertEquals(List.of(), batch(seed, 39, CrashPoints.NONE), "29 s are not long enough");
    List<String> all = List.of(window(0, 11), window(10, 10), window(20, 10), window(30, 10));
    assertEquals(all, batch(seed, 41, CrashPoints.NONE));
    assertEquals(List.of(), batch(seed, 42, CrashPoints.NONE), "they come once");
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3})
  void aBatchThatReadsNothingRunsWhereAPartitionCountsAsIdleByNow(int seed) {
    row("b", 0, 0);
    row("a", 5, 5);
    row("a", 20, 35);
    assertEquals(List.of(), batch(seed, 5, CrashPoints.NONE));
    assertEquals(List.of(), batch(seed, 20, CrashPoints.NONE));
    assertEquals(List.of(window(0, 2)), batch(seed, 36, CrashPoints.NONE));
    assertEquals(List.of(), batch(seed, 37, CrashPoints.NONE));
    // All are idle: time stands still, and nothing is told again and again.
    assertEquals(List.of(), batch(seed, HOUR, CrashPoints.NONE));
    assertEquals(List.of(), batch(seed, 2 * HOUR, CrashPoints.NONE));

    row("b", 2 * HOUR + 1, 2);
    row("b", 2 * HOUR + 1, 50);
    row("a", 2 * HOUR + 1, 51);
    assertEquals(List.of(window(30, 1)), batch(seed, 2 * HOUR + 1, CrashPoints.NONE));
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3})
  void aBatchThatIsDoneAgainKnowsTheSamePartitionsAsIdle(int seed) {
    row("b", 0, 0);
    row("a", 20, 35);
    assertEquals(List.of(), batch(seed, 20, CrashPoints.NONE));
    CrashPoints killed =
        point -> {
          if (point.equals(CrashPoint.PLAN_DURABLE.text())) {
            throw new Killed();
          }
        };
    assertEquals(List.of(), batch(seed, 51, killed));
    // By the plan b is idle at 51, so what it brings since is late.
    row("b", 52, 3);
    assertEquals(List.of(window(0, 1)), batch(seed, 60, CrashPoints.NONE));
  }

  private IdleSourcesTest with(Map<String, List<Due>> rows) {
    partitions.putAll(rows);
    return this;
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3})
  void whereAllAreIdleTimeStandsStillAndWhoComesBackIsJudgedByTheStep(int seed) {
    row("a", 0, 0);
    row("a", 5, 25);
    row("b", 0, 1);
    // After an hour b is back: a row that the step no longer takes, and one that it does.
    row("b", HOUR, 2);
    row("b", HOUR, 26);
    Pipelines idle = new IdleSourcesTest().with(partitions).run(seed, HOUR - 60, IN_ORDER);
    assertEquals(List.of(window(0, 2)), idle.rows("out"), "the window of 25 stays open");
    assertEquals(List.of(), idle.rows("late"));

    row("a", HOUR + 100, HOUR);
    row("b", HOUR + 101, HOUR);
    Pipelines back = run(seed, HOUR + 200, IN_ORDER);
    assertEquals(List.of(window(0, 2), window(20, 2)), back.rows("out"));
    assertEquals(1, back.rows("late").size(), back.rows("late").toString());
    String late = back.rows("late").get(0);
    assertTrue(late.contains("\"at\":\"2026-01-01T00:00:02Z\""), late);
    assertEquals(List.of(), back.rows("dead_letter"));
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3})
  void oddTimesAreFlaggedAndMoveNoWatermark(int seed) {
    row("a", 0, 1);
    rowAt("a", 1, Long.MAX_VALUE);
    rowAt("a", 1, START + 2 * HOUR * SECOND);
    rowAt("a", 1, Long.MIN_VALUE);
    row("a", 2, 2);
    rowAt("a", 2, -5 * SECOND);
    row("a", 3, 3);
    row("a", 4, 600);
    Pipelines pipeline = run(seed, 8, IN_ORDER);

    assertEquals(List.of(window(0, 3)), pipeline.rows("out"));
    List<String> letters = pipeline.rows("dead_letter");
    assertEquals(3, letters.size(), letters.toString());
    assertTrue(letters.get(0).contains("D211"), letters.get(0));
    assertTrue(letters.get(1).contains("D211"), letters.get(1));
    assertTrue(letters.get(2).contains("D206"), letters.get(2));
    // Before 1970 is a time like any other; here it is late.
    assertEquals(1, pipeline.rows("late").size());
    assertTrue(pipeline.rows("late").get(0).contains("1969-12-31T23:59:55Z"));
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3})
  void outOfOrderWithoutBoundMovesNoWatermarkBeforeTheEnd(int seed) {
    row("a", 0, 500);
    row("a", 1, 1);
    row("a", 2, 300);
    Pipelines pipeline = run(seed, 100, Optional.empty());

    assertEquals(List.of(), pipeline.rows("out"));
    assertEquals(List.of(), pipeline.rows("late"));
  }
}
