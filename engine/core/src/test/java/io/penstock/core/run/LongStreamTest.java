package io.penstock.core.run;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.penstock.api.data.DataType;
import io.penstock.api.data.Field;
import io.penstock.api.data.Schema;
import io.penstock.api.option.Span;
import io.penstock.core.logical.Deduplicate;
import io.penstock.core.logical.Join;
import io.penstock.core.logical.LogicalNode.OnError;
import io.penstock.core.logical.Over;
import io.penstock.core.logical.Window;
import io.penstock.core.logical.Windowing;
import io.penstock.core.report.RunReport;
import io.penstock.core.report.RunReport.StepReport;
import io.penstock.core.runner.RunRequest;
import io.penstock.testkit.ManualClock;
import io.penstock.testkit.MemoryDisk;
import java.io.OutputStream;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.Random;
import org.junit.jupiter.api.Test;

/**
 * Hours of a stream, read as fast as can be: steps with time let go of what is over, so that they
 * hold no more in the last hour than in the third. {@code -Dpenstock.hours=24} makes it a day.
 */
final class LongStreamTest {
  private static final int HOURS = Math.max(4, Integer.getInteger("penstock.hours", 4));
  private static final int STEADY = 2;
  private static final int PER_SECOND = 2;
  private static final int PER_HOUR = PER_SECOND * 3600;
  private static final long MICROS = 1_000_000 / PER_SECOND;

  private final Random chance = new Random(7);
  private final long[] most = new long[HOURS];

  /** Each key comes for half a minute, then not for a long time. */
  private TimedRows stream(String name) {
    List<TimedRows.Row> rows = new ArrayList<>();
    for (int n = 0; n < HOURS * PER_HOUR; n++) {
      long key = n / (30 * PER_SECOND) % 500 * 10 + n % 10;
      rows.add(new TimedRows.Row(key, n, 1_000_000 + n * MICROS));
    }
    return TimedRows.of(name, List.of(rows), chance);
  }

  private static Windowing by(Window window) {
    return new Windowing(Optional.of(window), Duration.ZERO);
  }

  private Pipelines pipeline() {
    Duration minute = Duration.ofMinutes(1);
    Window fives =
        new Window.Tumbling(new Span(300_000_000, Span.Unit.MICROS), Span.ZERO, Optional.empty());
    Pipelines made = new Pipelines();
    TimedSteps steps =
        new TimedSteps(made)
            .source(stream("a"), minute)
            .source(stream("b"), minute)
            .counts("windows", "a", by(fives))
            .counts("sessions", "a", by(new Window.Session(minute)))
            .join(
                "joined",
                List.of("a", "b"),
                new Join.Within(Duration.ofSeconds(20), Duration.ofSeconds(20)),
                Join.Type.FULL);
    Schema row = made.schema("b");
    Deduplicate once =
        new Deduplicate(
            List.of(made.named("k", "k", row)),
            Optional.of(Duration.ofMinutes(10)),
            Deduplicate.Keep.FIRST);
    Pipelines unused = made.step("once", once, row, OnError.FAIL, "b");
    over(made, "running", new Over.Running(), Optional.of(minute), "sum(n) + lag(n)");
    over(made, "frames", new Over.Range(minute, Duration.ZERO), Optional.empty(), "sum(n)");
    return steps
        .pipeline()
        .sink("out_running", "running")
        .sink("out_frames", "frames")
        .sink("out_windows", "windows")
        .sink("out_sessions", "sessions")
        .sink("out_joined", "joined")
        .sink("out_once", "once");
  }

  private static void over(
      Pipelines made, String step, Over.Frame frame, Optional<Duration> within, String text) {
    Schema row = made.schema("b");
    Over over =
        new Over(
            List.of(made.named("k", "k", row)),
            List.of(),
            List.of(PipeFrames.computed("m", text, row)),
            frame,
            within);
    List<Field> fields = new ArrayList<>(row.fields());
    fields.add(Field.optional("m", DataType.INT));
    Pipelines unused = made.step(step, over, Schema.of(fields), OnError.FAIL, "b");
  }

  private static RunRequest request() {
    ManualClock clock = new ManualClock(1_000_000);
    return new RunRequest(
            Optional.empty(),
            1,
            OptionalInt.empty(),
            true,
            Path.of("/srv"),
            Optional.empty(),
            OptionalLong.empty(),
            Optional.empty(),
            7,
            new MemoryDisk(),
            clock,
            new Alone(clock, () -> {}),
            OutputStream.nullOutputStream(),
            line -> {})
        .holding(1 << 30, Path.of("/tmp/spill"));
  }

  /** The step, as the report has it. */
  private static StepReport step(RunReport report, String name) {
    return report.steps().stream().filter(s -> s.step().equals(name)).findFirst().orElseThrow();
  }

  /** Notes what is held in the hour that the first source has come to. */
  private int choose(SteppedRun run, int[] asked) {
    if (asked[0]++ % 16 == 0) {
      long read = step(run.running().report(), "a").in();
      int hour = (int) Math.min(HOURS - 1, read / PER_HOUR);
      most[hour] = Math.max(most[hour], run.held());
    }
    return chance.nextInt();
  }

  @Test
  void whatStepsHoldDoesNotGrowByTheHour() {
    Pipelines made = pipeline();
    SteppedRun run = new SteppedRun(made.plan(), request(), 2);
    int[] asked = new int[1];
    RunReport report = run.toTheEnd(() -> choose(run, asked));

    assertEquals(Optional.empty(), report.problem());
    assertEquals(HOURS * (long) PER_HOUR, step(report, "joined").in() / 2);
    // Each key has come once in each time that it came.
    assertEquals(HOURS * 120 * 10, made.rows("out_once").size());
    assertEquals(HOURS * 120 * 10, made.rows("out_sessions").size());
    assertEquals(HOURS * PER_HOUR, made.rows("out_running").size());
    assertEquals(HOURS * PER_HOUR, made.rows("out_frames").size());
    for (String name : List.of("windows", "sessions", "joined", "once", "running", "frames")) {
      assertTrue(step(report, name).held().most() > 0, name);
    }
    for (int hour = STEADY + 1; hour < HOURS; hour++) {
      int at = hour;
      assertTrue(
          most[hour] <= 1.1 * most[STEADY],
          () -> "hour " + at + ": " + most[at] + " bytes, hour 2: " + most[STEADY]);
    }
  }
}
