package io.penstock.core.run;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.penstock.core.expression.Evaluators;
import io.penstock.core.logical.LogicalNode.OnError;
import io.penstock.core.logical.Schedule;
import io.penstock.core.report.RunReport;
import io.penstock.core.runner.CrashPoints;
import io.penstock.testkit.ManualClock;
import io.penstock.testkit.MemoryDisk;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Runs that keep state go on where the one before ended, however that one ended. */
final class KeptRunsTest {
  private static final int ROWS = 5_000;
  private static final int SLOT_ROWS = 50;

  /** What a crash point throws; nothing may catch it. */
  private static final class Killed extends ThreadDeath {
    private static final long serialVersionUID = 1L;
  }

  private static RunReport run(Pipelines pipeline, long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    Machine machine = new Machine((request, run) -> Evaluators.closures(), 2);
    return pipeline.simulate(machine, () -> random.nextInt(1 << 20));
  }

  private static List<Long> numbers(long count) {
    return LongStream.range(0, count).boxed().toList();
  }

  @Test
  void deliversEveryRowOnceInBatchesAndThenHasNothingToDo() {
    MemoryDisk disk = new MemoryDisk();
    Ledger ledger = new Ledger(n -> false);
    RunReport first = run(line(disk, ledger, CrashPoints.NONE).batches(1000), 1);
    RunReport second = run(line(disk, ledger, CrashPoints.NONE).batches(1000), 2);

    assertEquals(RunReport.Outcome.FINISHED, first.outcome().orElseThrow(), first.toString());
    assertEquals(numbers(ROWS), ledger.rows());
    assertTrue(first.epochs() >= 5, first.toString());
    assertEquals(RunReport.Outcome.FINISHED, second.outcome().orElseThrow(), second.toString());
    assertEquals(0, second.epochs());
  }

  private static Pipelines line(MemoryDisk disk, Ledger ledger, CrashPoints crashes) {
    return new Pipelines()
        .numbers("all", ROWS)
        .filter("some", "all", "n >= 0")
        .write("out", "some", ledger, OnError.FAIL)
        .keeping(disk, crashes);
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void deliversEveryRowOnceWhereverItIsKilled(boolean batches) {
    List<String> points = new ArrayList<>();
    MemoryDisk calm = new MemoryDisk();
    run(mode(line(calm, new Ledger(n -> false), points::add), batches), 3);

    IntStream.range(0, points.size()).forEach(kill -> killedAt(kill, batches));
  }

  private static Pipelines mode(Pipelines pipeline, boolean batches) {
    return batches ? pipeline.batches(1000) : pipeline;
  }

  private static void killedAt(int kill, boolean batches) {
    MemoryDisk disk = new MemoryDisk();
    Ledger ledger = new Ledger(n -> false);
    int[] seen = {0};
    CrashPoints crash =
        point -> {
          if (seen[0]++ == kill) {
            throw new Killed();
          }
        };
    try {
      run(mode(line(disk, ledger, crash), batches), 3);
    } catch (Killed e) {
      disk.letGoOfLocks();
    }
    RunReport report = run(mode(line(disk, ledger, CrashPoints.NONE), !batches), 4);

    assertEquals(RunReport.Outcome.FINISHED, report.outcome().orElseThrow(), kill + " " + report);
    assertEquals(numbers(ROWS), ledger.rows(), "killed at " + kill);
  }

  @Test
  void rowsGivenBackAfterTheDecisionAreDeadLettersOfTheNextEpoch() {
    MemoryDisk disk = new MemoryDisk();
    Ledger ledger = new Ledger(n -> n % 1000 == 7);
    Ledger letters = new Ledger(n -> false);
    Pipelines pipeline =
        new Pipelines()
            .numbers("all", ROWS)
            .write("out", "all", ledger, OnError.DEAD_LETTER)
            .deadLettersTo(letters)
            .keeping(disk, CrashPoints.NONE)
            .batches(1000);
    RunReport report = run(pipeline, 5);

    assertEquals(RunReport.Outcome.FINISHED, report.outcome().orElseThrow(), report.toString());
    assertEquals(ROWS - 5, ledger.rows().size());
    assertEquals(5, letters.rows().size());
  }

  @Test
  void readsWhatEndsWholeAtEverySlotAndNoSlotTwice() {
    MemoryDisk disk = new MemoryDisk();
    Ledger ledger = new Ledger(n -> false);
    Schedule hourly = new Schedule.Every(Duration.ofHours(1));
    ManualClock clock = new ManualClock(0);
    long hour = Duration.ofHours(1).toNanos() / 1000;

    RunReport first =
        run(
            line(disk, ledger, CrashPoints.NONE).batches(1000).schedule(hourly, clock, hour / 2),
            1);
    List<Long> afterFirst = List.copyOf(ledger.rows());
    RunReport second =
        run(
            line(disk, ledger, CrashPoints.NONE).batches(1000).schedule(hourly, clock, 3 * hour),
            1);

    assertEquals(RunReport.Outcome.STOPPED, first.outcome().orElseThrow(), first.toString());
    assertEquals(numbers(ROWS), afterFirst);
    assertEquals(RunReport.Outcome.STOPPED, second.outcome().orElseThrow(), second.toString());
    assertEquals(3 * ROWS, ledger.rows().size(), "the slots at 0, 1 and 2 hours");
  }

  /** Expressions see the slot, and whatever is killed, each slot is run once and to its end. */
  @Test
  void eachSlotIsRunOnceWhereverItIsKilled() {
    List<String> points = new ArrayList<>();
    long hour = Duration.ofHours(1).toNanos() / 1000;
    Ledger calm = new Ledger(n -> false);
    run(slots(new MemoryDisk(), calm, points::add, new ManualClock(0)), 1);
    List<Long> wanted = calm.rows();

    assertEquals(List.of(0L, hour, 2 * hour), wanted.stream().distinct().toList());
    assertEquals(3 * SLOT_ROWS, wanted.size());
    for (int kill = 0; kill < points.size(); kill++) {
      MemoryDisk disk = new MemoryDisk();
      Ledger ledger = new Ledger(n -> false);
      ManualClock clock = new ManualClock(0);
      try {
        run(slots(disk, ledger, killedAt(kill), clock), 1);
      } catch (Killed e) {
        disk.letGoOfLocks();
      }
      RunReport report = run(slots(disk, ledger, CrashPoints.NONE, clock), 2);

      assertEquals(RunReport.Outcome.STOPPED, report.outcome().orElseThrow(), kill + " " + report);
      assertEquals(wanted, ledger.rows(), "killed at " + kill + ", " + points.get(kill));
    }
  }

  private static CrashPoints killedAt(int kill) {
    int[] seen = {0};
    return point -> {
      if (seen[0]++ == kill) {
        throw new Killed();
      }
    };
  }

  /** The slot of each row, hourly, from the clock's time on and for two hours and a half. */
  private static Pipelines slots(
      MemoryDisk disk, Ledger ledger, CrashPoints crashes, ManualClock clock) {
    long end = Duration.ofMinutes(150).toNanos() / 1000;
    return new Pipelines()
        .numbers("all", SLOT_ROWS)
        .project("slots", "all", OnError.FAIL, "at", "slot()")
        .write("out", "slots", ledger, OnError.FAIL)
        .keeping(disk, crashes)
        .batches(20)
        .schedule(new Schedule.Every(Duration.ofHours(1)), clock, end);
  }
}
