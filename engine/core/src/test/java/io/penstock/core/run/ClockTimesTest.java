package io.penstock.core.run;

import static org.junit.jupiter.api.Assertions.assertEquals;

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
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.SplittableRandom;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/** Rows that have the time at which they are read. */
final class ClockTimesTest {
  private static final long SECOND = 1_000_000;
  private static final long START = 1_767_225_600L * SECOND;
  private static final int STEPS = 300;

  private final ManualClock clock = new ManualClock(START);
  private final MemoryDisk disk = new MemoryDisk();
  private final Shelf shelf = new Shelf();
  private final Map<String, List<ClockedSource.Due>> partitions = new TreeMap<>();

  /** A row that is there at a second of the clock; its own time says nothing. */
  private void row(String partition, long there) {
    partitions
        .computeIfAbsent(partition, p -> new ArrayList<>())
        .add(new ClockedSource.Due(START + there * SECOND, 0));
  }

  private static String window(long second, int rows) {
    Instant from = Instant.EPOCH.plus(START + second * SECOND, ChronoUnit.MICROS);
    return "{\"window_start\":\""
        + from
        + "\",\"window_end\":\""
        + from.plusSeconds(10)
        + "\",\"rows\":"
        + rows
        + "}";
  }

  private Pipelines steps() {
    Schema row = ClockedSource.SCHEMA;
    Pipelines pipeline = new Pipelines().clock(clock).workers(2);
    pipeline.read("source", new ClockedSource(clock, partitions), row);
    EventTime time =
        new EventTime(
            pipeline.expression("now()", row),
            Optional.of(Duration.ZERO),
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            true,
            false);
    Schema counted =
        Schema.of(
            Field.of(LateRows.START, DataType.TIMESTAMP),
            Field.of(LateRows.END, DataType.TIMESTAMP),
            Field.of("rows", DataType.INT));
    AggregateExpression count =
        new ExpressionChecker(new Problems())
            .checkAggregate(
                "rows", ExpressionText.at("count()", Pipelines.AT), Scope.of(row), List.of())
            .orElseThrow();
    Window ten =
        new Window.Tumbling(new Span(10 * SECOND, Span.Unit.MICROS), Span.ZERO, Optional.empty());
    Operation counts =
        new Operation.Aggregate(
            List.of(),
            List.of(count),
            Optional.empty(),
            new Windowing(Optional.of(ten), Duration.ZERO));
    pipeline
        .step("timed", new Operation.SetEventTime(time), row, OnError.DEAD_LETTER, "source")
        .step("counted", counts, counted, OnError.DEAD_LETTER, "timed")
        // What comes without a row being read is of now too.
        .step(
            "recent",
            new Operation.Filter(
                pipeline.expression("now() > to_timestamp('2026-01-01T00:00:00Z')", counted)),
            counted,
            OnError.DEAD_LETTER,
            "counted");
    return pipeline;
  }

  @Test
  void windowsCloseByTheClockWithoutRows() {
    row("a", 1);
    row("a", 3);
    row("b", 4);
    row("b", 12);
    for (int seed = 0; seed < 20; seed++) {
      Pipelines pipeline = steps().sink("out", "recent").sink("late", "counted.late").deadLetters();
      SteppedRun run =
          new SteppedRun(
              pipeline.plan(), request(Optional.empty(), new MemoryDisk(), CrashPoints.NONE), 2);
      SplittableRandom random = new SplittableRandom(seed);
      clock.advance(Duration.ofNanos(1000 * (START - clock.micros())));
      int[] asked = {0};
      RunReport report =
          run.toTheEnd(
              () -> {
                if (++asked[0] % STEPS == 0 && clock.micros() < START + 30 * SECOND) {
                  clock.advance(Duration.ofMillis(500));
                  asked[0] = 0;
                } else if (asked[0] == 20 * STEPS) {
                  run.running().stop();
                }
                return random.nextInt(1 << 20);
              });
      assertEquals(Optional.of(RunReport.Outcome.STOPPED), report.outcome(), report::toString);
      assertEquals(List.of(window(0, 3), window(10, 1)), pipeline.rows("out"), "seed " + seed);
      assertEquals(List.of(), pipeline.rows("late"));
    }
  }

  @Test
  void aBatchIsInTheWindowOfItsPlanAndOneWithoutRowsLetsTimeGoOn() {
    row("a", 1);
    row("a", 3);
    row("b", 12);
    row("b", 13);

    assertEquals(List.of(), batch(1, 3, CrashPoints.NONE));
    assertEquals(List.of(), batch(2, 9, CrashPoints.NONE));
    assertEquals(List.of(window(0, 2)), batch(3, 15, CrashPoints.NONE));
    assertEquals(List.of(window(10, 2)), batch(4, 30, CrashPoints.NONE));
    assertEquals(List.of(), batch(5, 60, CrashPoints.NONE));
  }

  @Test
  void aBatchThatIsDoneAgainHasTheTimeOfItsPlan() {
    row("a", 1);
    for (CrashPoint place : List.of(CrashPoint.PLAN_DURABLE, CrashPoint.ALL_PREPARED)) {
      ClockTimesTest killed = new ClockTimesTest();
      killed.partitions.putAll(partitions);
      CrashPoints crashes =
          point -> {
            if (point.equals(place.text())) {
              throw new Killed();
            }
          };
      assertEquals(List.of(), killed.batch(1, 3, crashes));
      List<String> all = new ArrayList<>(killed.batch(2, 15, CrashPoints.NONE));
      all.addAll(killed.batch(3, 40, CrashPoints.NONE));
      // Had it been planned anew, its row would be in the window of then.
      assertEquals(List.of(window(0, 1)), all, place.text());
    }
  }

  /** All that is there at a second of the clock, in micro-batches; what came out by them. */
  private List<String> batch(int seed, long second, CrashPoints crashes) {
    clock.advance(Duration.ofNanos(1000 * (START + second * SECOND - clock.micros())));
    Pipelines batches =
        steps()
            .write("out", "recent", shelf, OnError.FAIL)
            .write("late", "counted.late", new Shelf(), OnError.FAIL)
            .deadLettersTo(new Shelf());
    RunRequest request = request(Optional.of(RunSettings.Mode.MICRO_BATCH), disk, crashes);
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

  private RunRequest request(
      Optional<RunSettings.Mode> mode, MemoryDisk where, CrashPoints crashes) {
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
            where,
            clock,
            new Alone(clock, () -> {}),
            OutputStream.nullOutputStream(),
            line -> {})
        .holding(1 << 30, Path.of("/tmp/spill"))
        .keeping(kept, crashes);
  }
}
