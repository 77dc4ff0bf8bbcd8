package io.penstock.core.run;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.penstock.api.option.DataSize;
import io.penstock.api.option.Rate;
import io.penstock.core.checkpoint.Checkpoints;
import io.penstock.core.logical.LogicalNode.OnError;
import io.penstock.core.logical.LogicalPlan;
import io.penstock.core.logical.RunSettings;
import io.penstock.core.logical.Throttle;
import io.penstock.core.report.RunReport;
import io.penstock.core.runner.CompileMode;
import io.penstock.core.runner.CrashPoints;
import io.penstock.core.runner.KeptState;
import io.penstock.core.runner.RunRequest;
import io.penstock.testkit.ManualClock;
import io.penstock.testkit.MemoryDisk;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Rows that wait for the clock hold up neither barriers nor the end, and are read no further. */
final class ThrottleRunTest {
  private static final Path STATE = Path.of("/srv/.penstock/test");
  private static final int ROWS = 20_000;
  private static final int FEW = 200;
  private static final Rate RATE = new Rate(100, Duration.ofSeconds(1));

  private final MemoryDisk disk = new MemoryDisk();
  private final ManualClock clock = new ManualClock(1_000_000);
  private final Shelf shelf = new Shelf();
  private long most;

  private SteppedRun run(int rows, RunSettings.Mode mode, boolean kept) {
    LogicalPlan bare =
        new Pipelines()
            .numbers("n", rows)
            .step(
                "slow",
                new Throttle(RATE, List.of(), Throttle.Excess.WAIT),
                Pipelines.numbers("n", 0, 0).schema(),
                OnError.FAIL,
                "n")
            .write("out", "slow", shelf, OnError.FAIL)
            .plan();
    RunSettings standard = RunSettings.standard();
    RunSettings settings =
        new RunSettings(
            Optional.of(mode),
            Duration.ofSeconds(1),
            50,
            DataSize.mebibytes(1),
            standard.stopRate(),
            standard.stopOfLast(),
            Optional.empty(),
            Optional.empty(),
            kept);
    LogicalPlan plan =
        new LogicalPlan(bare.name(), bare.nodes(), bare.tables(), bare.deadLetter(), settings);
    RunRequest request =
        new RunRequest(
            Optional.empty(),
            2,
            OptionalInt.of(20),
            true,
            CompileMode.OFF,
            Path.of("/srv"),
            Optional.empty(),
            OptionalLong.empty(),
            Optional.empty(),
            7,
            disk,
            clock,
            new Alone(clock, () -> {}),
            OutputStream.nullOutputStream(),
            InputStream.nullInputStream(),
            line -> {},
            kept ? Optional.of(new KeptState(STATE, false, List.of())) : Optional.empty(),
            64 << 20,
            Path.of("/srv/spill"),
            CrashPoints.NONE);
    return new SteppedRun(plan, request, 2);
  }

  private RunReport end(SteppedRun run, int choices) {
    int[] left = {choices};
    return run.toTheEnd(
        () -> {
          if (left[0]-- == 0) {
            throw new Killed();
          }
          clock.advance(Duration.ofMillis(5));
          most = Math.max(most, run.held());
          return left[0];
        });
  }

  private void isWhole(int rows) {
    List<String> wanted = IntStream.range(0, rows).mapToObj(n -> "{\"n\":" + n + "}").toList();
    assertEquals(wanted, shelf.rows());
  }

  @Test
  void epochsAreDecidedWhileRowsWaitAndNothingMoreIsRead() throws Exception {
    assertThrows(Killed.class, () -> end(run(ROWS, RunSettings.Mode.CONTINUOUS, true), 4000));

    long epochs = new Checkpoints(disk, STATE.resolve("ck")).epochs().last();
    assertTrue(epochs >= 10, epochs + " epochs");
    assertTrue(shelf.rows().size() >= 1000, shelf.rows().size() + " rows");
    assertTrue(shelf.rows().size() <= 2200, shelf.rows().size() + " rows");
    assertTrue(most < 200_000, most + " bytes");
  }

  @ParameterizedTest
  @EnumSource(RunSettings.Mode.class)
  void eachRowComesOnceThoughProcessesAreLost(RunSettings.Mode mode) {
    for (int lives = 0; lives < 3; lives++) {
      assertThrows(Killed.class, () -> end(run(FEW, mode, true), 90));
      disk.letGoOfLocks();
    }
    RunReport report = end(run(FEW, mode, true), Integer.MAX_VALUE);

    assertEquals(Optional.empty(), report.problem());
    isWhole(FEW);
  }

  @ParameterizedTest
  @EnumSource(RunSettings.Mode.class)
  void aRunToTheEndTakesAsLongAsTheRateSays(RunSettings.Mode mode) {
    long begun = clock.nanos();
    RunReport report = end(run(1000, mode, false), Integer.MAX_VALUE);

    assertEquals(Optional.empty(), report.problem());
    isWhole(1000);
    Duration took = Duration.ofNanos(clock.nanos() - begun);
    assertTrue(took.compareTo(Duration.ofSeconds(9)) >= 0, took.toString());
    assertTrue(took.compareTo(Duration.ofSeconds(12)) < 0, took.toString());
  }
}
