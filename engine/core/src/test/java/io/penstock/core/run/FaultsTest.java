package io.penstock.core.run;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.penstock.api.problem.ProblemCode;
import io.penstock.api.system.NoSpaceException;
import io.penstock.core.expression.Evaluators;
import io.penstock.core.logical.LogicalNode.OnError;
import io.penstock.core.logical.Schedule;
import io.penstock.core.report.RunReport;
import io.penstock.core.runner.CrashPoints;
import io.penstock.testkit.ManualClock;
import io.penstock.testkit.MemoryDisk;
import io.penstock.testkit.WatchedDisk;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Disks, sinks and clocks that fail at a run that keeps its state. */
final class FaultsTest {
  private static final Set<WatchedDisk.Change> WRITES =
      Set.of(
          WatchedDisk.Change.CREATE,
          WatchedDisk.Change.WRITE,
          WatchedDisk.Change.FORCE,
          WatchedDisk.Change.FORCE_DIRECTORY,
          WatchedDisk.Change.RENAME);
  private static final Set<ProblemCode> CODES_OF_A_BROKEN_DISK =
      Set.of(ProblemCode.R109, ProblemCode.R310, ProblemCode.R402);
  private static final int MOST = 50;
  private static final long HOUR = Duration.ofHours(1).toNanos() / 1000;

  private static RunReport.Outcome outcome(RunReport report) {
    return report.outcome().orElseThrow();
  }

  private static RunReport run(Pipelines pipeline, long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    Machine machine = new Machine((request, run) -> Evaluators.closures(), 2);
    return pipeline.simulate(machine, () -> random.nextInt(1 << 20));
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void aDiskThatIsFullAtAnyWriteIsWaitedForAndNothingIsLost(boolean batches) {
    int waited = 0;
    for (int full = 0; full < MOST; full++) {
      int at = full;
      int[] seen = {0};
      List<String> said = new ArrayList<>();
      Killable killable = new Killable(Killable.Shape.TOTALS);
      killable.asleep(run -> run.report().degraded().ifPresent(said::add));
      RunReport report =
          killable.run(
              batches,
              full,
              CrashPoints.NONE,
              (change, path) -> {
                // There is room again after three failures in a row.
                int write = WRITES.contains(change) ? seen[0]++ : -1;
                if (write >= at && write < at + 3) {
                  throw new NoSpaceException("no space left", new IOException("no space left"));
                }
              });

      String how = "full at write " + full + " of " + seen[0] + " " + report;
      assertEquals(RunReport.Outcome.FINISHED, outcome(report), how);
      killable.check(how);
      waited += said.isEmpty() ? 0 : 1;
      assertTrue(said.isEmpty() || said.get(0).startsWith("the disk is full ("), said::toString);
    }
    assertTrue(waited > 20, "waited in " + waited + " runs");
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void aDiskThatFailsAtAnyWriteEndsTheRunAndTheNextOneLosesNothing(boolean batches) {
    int failures = 0;
    int spools = 0;
    for (int broken = 0; broken < MOST; broken++) {
      int at = broken;
      int[] seen = {0};
      List<Path> where = new ArrayList<>();
      Killable killable = new Killable(Killable.Shape.TOTALS);
      RunReport report =
          killable.run(
              batches,
              broken,
              CrashPoints.NONE,
              (change, path) -> {
                if (WRITES.contains(change) && seen[0]++ == at) {
                  where.add(path);
                  throw new IOException("input/output error");
                }
              });

      String how = "broken at write " + broken + " " + report;
      if (report.problem().isPresent()) {
        failures++;
        assertEquals(RunReport.Outcome.FAILED, outcome(report), how);
        ProblemCode code = report.problem().get().code();
        assertTrue(CODES_OF_A_BROKEN_DISK.contains(code), how);
        if (where.get(0).toString().contains("/spool/")) {
          spools++;
          assertEquals(ProblemCode.R109, code, how);
          assertTrue(
              report.problem().get().message().contains("`" + where.get(0) + "`: input/output"),
              how);
        }
        assertTrue(report.problem().get().message().contains("input/output error"), how);
      }
      killable.finish(!batches, how);
    }
    assertTrue(failures > 20, failures + " runs have failed");
    assertTrue(spools > 0, "no spool was broken");
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void aSinkThatIsDownStopsTheRunAndDropsNothing(boolean batches) {
    for (int down = 1; down <= 6; down++) {
      int[] left = {down};
      Killable killable = new Killable(Killable.Shape.TOTALS);
      killable.harmed(
          () -> {
            if (--left[0] == 0) {
              throw new IOException("connection refused");
            }
          },
          HarmedSink.Harm.NONE);
      RunReport report = killable.run(batches, down, CrashPoints.NONE, (change, path) -> {});
      killable.harmed(HarmedSink.Harm.NONE, HarmedSink.Harm.NONE);

      assertTrue(down > 3 || report.problem().isPresent(), () -> "down " + report);
      killable.finish(!batches, "down at " + down + " " + report);
    }
  }

  @Test
  void outAndLettersAreAllThatCameInOverFiftyKills() {
    MemoryDisk disk = new MemoryDisk();
    Ledger ledger = new Ledger(n -> false);
    Shelf letters = new Shelf();
    SplittableRandom random = new SplittableRandom(51);
    int rows = 60_000;
    for (int kill = 0; kill < 50; kill++) {
      int[] left = {random.nextInt(40)};
      try {
        CrashPoints crashes =
            point -> {
              if (left[0]-- == 0) {
                throw new Killed();
              }
            };
        RunReport unused = run(poisoned(disk, ledger, letters, rows, crashes), kill);
      } catch (Killed e) {
        disk.letGoOfLocks();
      }
    }
    RunReport report = run(poisoned(disk, ledger, letters, rows, CrashPoints.NONE), 99);

    assertEquals(RunReport.Outcome.FINISHED, outcome(report), report.toString());
    assertEquals(
        Killable.numbers(rows).stream().filter(n -> n % 1000 != 0).toList(), ledger.rows());
    assertEquals(rows / 1000, letters.rows().size());
    assertEquals(rows / 1000, Set.copyOf(letters.rows()).size());
  }

  private static Pipelines poisoned(
      MemoryDisk disk, Ledger ledger, Shelf letters, int rows, CrashPoints crashes) {
    return new Pipelines()
        .numbers("all", rows)
        .project("good", "all", OnError.DEAD_LETTER, "n", "n + 0 * div(1, n % 1000)")
        .write("out", "good", ledger, OnError.FAIL)
        .deadLettersTo(letters)
        .keeping(disk, crashes)
        .batches(2000);
  }

  @Test
  void nothingButPoisonStopsTheRunEachTimeItIsStarted() {
    MemoryDisk disk = new MemoryDisk();
    Ledger ledger = new Ledger(n -> false);
    Shelf letters = new Shelf();
    for (int start = 0; start < 2; start++) {
      RunReport report =
          run(
              new Pipelines()
                  .batchRows(100)
                  .numbers("all", 5000)
                  .project("good", "all", OnError.DEAD_LETTER, "n", "div(n, 0)")
                  .write("out", "good", ledger, OnError.FAIL)
                  .deadLettersTo(letters)
                  .stopAbove(0.5, 1000)
                  .keeping(disk, CrashPoints.NONE)
                  .batches(2000),
              start);

      assertEquals(RunReport.Outcome.FAILED, outcome(report), report.toString());
      assertEquals(ProblemCode.R203, report.problem().orElseThrow().code());
      assertEquals(0, report.epochs());
    }
    assertEquals(List.of(), ledger.rows());
    assertEquals(List.of(), letters.rows());
  }

  @Test
  void onlyTheRowsThatASinkRefusesAreLettersAndTheOthersKeepTheirOrder() {
    MemoryDisk disk = new MemoryDisk();
    Ledger ledger = new Ledger(n -> n == 412);
    Shelf letters = new Shelf();
    RunReport report =
        run(
            new Pipelines()
                .numbers("all", 1000)
                .write("out", "all", ledger, OnError.DEAD_LETTER)
                .deadLettersTo(letters)
                .keeping(disk, CrashPoints.NONE)
                .batches(1000),
            54);

    assertEquals(RunReport.Outcome.FINISHED, outcome(report), report.toString());
    assertEquals(Killable.numbers(1000).stream().filter(n -> n != 412).toList(), ledger.rows());
    assertEquals(1, letters.rows().size());
    assertTrue(letters.rows().get(0).contains("\"row\":{\"n\":412}"), letters.rows().get(0));
  }

  @Test
  void aWallClockThatJumpsRunsNoSlotAgainAndMissedOnesOnce() {
    MemoryDisk disk = new MemoryDisk();
    Ledger ledger = new Ledger(n -> false);
    ManualClock clock = new ManualClock(0);
    Schedule hourly = new Schedule.Every(Duration.ofHours(1));
    List<Integer> rows = new ArrayList<>();
    int starts = 0;
    // At each start: an hour back, 400 days forward, 400 days back.
    for (Duration jump :
        List.of(Duration.ZERO, Duration.ofHours(-1), Duration.ofDays(400), Duration.ofDays(-400))) {
      clock.jump(jump);
      RunReport report =
          run(
              new Pipelines()
                  .numbers("all", 10)
                  .write("out", "all", ledger, OnError.FAIL)
                  .keeping(disk, CrashPoints.NONE)
                  .batches(100)
                  .schedule(hourly, clock, clock.micros() + HOUR / 4),
              starts++);
      assertEquals(RunReport.Outcome.STOPPED, outcome(report), report.toString());
      rows.add(ledger.rows().size());
    }

    assertEquals(List.of(10, 10, 20, 20), rows);
  }

  @Test
  void aWallClockThatJumpsCutsNoEpoch() {
    for (Duration jump :
        List.of(Duration.ofDays(400), Duration.ofDays(-400), Duration.ofHours(1))) {
      Killable calm = new Killable(Killable.Shape.LINE);
      Killable jumping = new Killable(Killable.Shape.LINE);
      int[] points = {0};
      RunReport plain = calm.run(false, 1, CrashPoints.NONE, (change, path) -> {});
      RunReport jumped =
          jumping.run(
              false,
              1,
              point -> {
                if (points[0]++ == 8) {
                  jumping.clock.jump(jump);
                }
              },
              (change, path) -> {});

      jumping.check("a jump of " + jump);
      assertEquals(plain.epochs(), jumped.epochs());
      assertEquals(plain.elapsed(), jumped.elapsed());
      assertTrue(points[0] > 8);
    }
  }

  @Test
  void anIdentityThatIsGoneOrAnotherPipelinesIsRefused() throws IOException {
    Killable killable = new Killable(Killable.Shape.LINE);
    Path identity = Path.of("/srv/.penstock/test/IDENTITY");
    killable.finish(true, "whole");
    killable.disk.delete(identity);

    RunReport gone = killable.run(true, 1, CrashPoints.NONE, (change, path) -> {});

    assertEquals(ProblemCode.R102, gone.problem().orElseThrow().code());
    assertEquals(Killable.numbers(Killable.ROWS), killable.plain.rows());
    assertFalse(killable.disk.entry(identity).isPresent());
  }

  @Test
  void aSecondRunWithTheSameStateIsRefusedAndTheFirstIsNotTouched() throws Exception {
    Killable killable = new Killable(Killable.Shape.LINE);
    List<RunReport> second = new ArrayList<>();
    RunReport first =
        killable.run(
            true,
            1,
            point -> {
              if (point.equals("plan.durable") && second.isEmpty()) {
                second.add(killable.run(true, 2, CrashPoints.NONE, (change, path) -> {}));
              }
            },
            (change, path) -> {});

    assertEquals(ProblemCode.R101, second.get(0).problem().orElseThrow().code());
    assertEquals(RunReport.Outcome.FINISHED, outcome(first), first.toString());
    killable.check("beside a second one");
  }
}
