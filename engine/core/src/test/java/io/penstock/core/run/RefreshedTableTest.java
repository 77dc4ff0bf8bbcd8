package io.penstock.core.run;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.penstock.api.problem.Origin;
import io.penstock.api.problem.ProblemCode;
import io.penstock.core.checkpoint.Checkpoints;
import io.penstock.core.expression.Evaluators;
import io.penstock.core.inspect.KeptFolder;
import io.penstock.core.logical.LogicalNode.OnError;
import io.penstock.core.logical.Schedule;
import io.penstock.core.logical.Table;
import io.penstock.core.report.RunReport;
import io.penstock.core.runner.CrashPoints;
import io.penstock.core.runner.RunningPipeline;
import io.penstock.testkit.ManualClock;
import io.penstock.testkit.MemoryDisk;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.TreeSet;
import java.util.concurrent.CountDownLatch;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Tables that are read again while a run goes on. */
final class RefreshedTableTest {
  private static final int ROWS = 600;
  private static final int SEEDS = 60;
  private static final Duration SECOND = Duration.ofSeconds(1);
  private static final Origin STALE = Origin.at("test.yaml", 9, 3);
  private static final Pattern ROW =
      Pattern.compile("\\{\"n\":(\\d+),\"above\":(\\d+),\"below\":(\\d+)}");
  private static final Table.Refresh EVERY_SECOND = new Table.Refresh(SECOND, Optional.empty());

  private final ManualClock clock = new ManualClock(1_000_000);
  private final MemoryDisk disk = new MemoryDisk();
  private final Shelf shelf = new Shelf();
  private final List<String> degraded = new ArrayList<>();

  private Pipelines pipeline(ChangingTable table, Table.Refresh refresh) {
    Pipelines made =
        new Pipelines()
            .clock(clock)
            .workers(2)
            .batchRows(5)
            .table(table.table(Optional.of(refresh)))
            .numbers("all", ROWS)
            .watching(run -> run.report().degraded().ifPresent(this::degraded));
    return ChangingTable.twice(made, "all").write("out", "below", shelf, OnError.FAIL);
  }

  private void degraded(String why) {
    if (degraded.isEmpty() || !degraded.get(degraded.size() - 1).equals(why)) {
      degraded.add(why);
    }
  }

  private RunReport run(Pipelines pipeline, long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    Machine machine = new Machine((request, run) -> Evaluators.closures(), 2);
    return pipeline.simulate(
        machine,
        () -> {
          clock.advance(Duration.ofMillis(20));
          return random.nextInt(1 << 20);
        });
  }

  private static RunReport.Outcome outcome(RunReport report) {
    return report.outcome().orElseThrow(() -> new AssertionError(report.toString()));
  }

  /** The versions in the order of epochs; every row must be there once, no epoch with two. */
  private List<Integer> versions(String how) {
    List<Integer> versions = new ArrayList<>();
    List<Long> rows = new ArrayList<>();
    for (List<String> part : shelf.parts()) {
      TreeSet<Integer> seen = new TreeSet<>();
      for (String row : part) {
        Matcher parts = ROW.matcher(row);
        assertTrue(parts.matches(), row);
        rows.add(Long.valueOf(parts.group(1)));
        seen.add(Integer.valueOf(parts.group(2)));
        seen.add(Integer.valueOf(parts.group(3)));
      }
      assertEquals(1, seen.size(), () -> how + ": one epoch, " + part);
      versions.add(seen.first());
    }
    assertEquals(Killable.numbers(ROWS), rows.stream().sorted().toList(), how);
    assertEquals(versions.stream().sorted().toList(), versions, how);
    return versions;
  }

  @Test
  void allTasksSeeTheSameVersionInAnEpochWheneverTheyPassTheBarrier() {
    for (int seed = 0; seed < SEEDS; seed++) {
      RefreshedTableTest one = new RefreshedTableTest();
      ChangingTable table = ChangingTable.sound();
      boolean batches = seed % 2 == 0;
      Pipelines pipeline = one.pipeline(table, EVERY_SECOND).keeping(one.disk, CrashPoints.NONE);

      RunReport report = one.run(batches ? pipeline.batches(40) : pipeline, seed);

      String how = "seed " + seed + " " + report;
      assertEquals(RunReport.Outcome.FINISHED, outcome(report), how);
      assertTrue(new TreeSet<>(one.versions(how)).size() > 3, how + one.shelf.parts());
      assertEquals(table.opened(), table.closed(), how);
      assertEquals(List.of(), one.degraded, how);
    }
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void theCheckpointAndTheReportSayWhichVersionTheRowsHaveSeen(boolean batches) throws IOException {
    Pipelines pipeline =
        pipeline(ChangingTable.sound(), EVERY_SECOND).keeping(disk, CrashPoints.NONE);

    RunReport report = run(batches ? pipeline.batches(40) : pipeline, 1);

    RunReport.TableReport table = report.tables().get(0);
    assertEquals(ChangingTable.NAME, table.table());
    assertEquals(1, table.rows());
    assertEquals(0, table.failures());
    assertTrue(table.refreshes() > 3, report::toString);
    Checkpoints points = KeptFolder.at(disk, Path.of("/srv/.penstock/test")).get(0).checkpoints();
    long last = points.epochs().stream().mapToLong(epoch -> epoch).max().orElseThrow();
    assertEquals(
        Map.of(ChangingTable.NAME, "1 rows, read at " + table.readAt()),
        points.read(last).tables());
  }

  @Test
  void aTableIsReadOnceWhereEverythingIsOneEpoch() {
    ChangingTable table = ChangingTable.sound();

    RunReport report = run(pipeline(table, EVERY_SECOND), 1);

    assertEquals(RunReport.Outcome.FINISHED, outcome(report), report::toString);
    assertEquals(1, table.opened());
    assertEquals(List.of(1), versions(report.toString()));
  }

  @Test
  void aRunWithoutStateThatGoesOnSeesNewVersionsToo() {
    ChangingTable table = ChangingTable.sound();
    Pipelines made =
        new Pipelines()
            .clock(clock)
            .workers(2)
            .batchRows(5)
            .table(table.table(Optional.of(EVERY_SECOND)))
            .endless("all", ROWS)
            .watching(
                run -> {
                  if (shelf.rows().size() == ROWS) {
                    run.stop();
                  }
                });
    RunReport report =
        run(ChangingTable.twice(made, "all").write("out", "below", shelf, OnError.FAIL), 3);

    assertEquals(RunReport.Outcome.STOPPED, outcome(report), report::toString);
    assertTrue(new TreeSet<>(versions(report.toString())).size() > 3, shelf.parts()::toString);
  }

  @Test
  void rowsThatComeAfterALongSilenceSeeTheNewestVersion() {
    long minute = Duration.ofMinutes(1).toNanos() / 1000;
    long start = clock.micros();
    List<ClockedSource.Due> rows =
        List.of(new ClockedSource.Due(start, 0), new ClockedSource.Due(start + minute, 1));
    ChangingTable table = ChangingTable.sound();
    Pipelines made =
        new Pipelines()
            .clock(clock)
            .table(
                table.table(
                    Optional.of(new Table.Refresh(SECOND.multipliedBy(10), Optional.empty()))))
            .read("all", new ClockedSource(clock, Map.of("a", rows)), ClockedSource.SCHEMA)
            .keeping(disk, CrashPoints.NONE)
            .watching(
                run -> {
                  if (shelf.rows().size() == 2) {
                    run.stop();
                  }
                });
    made.step(
            "found",
            ChangingTable.lookup(made, "all", "version"),
            ChangingTable.with(ClockedSource.SCHEMA, "version"),
            OnError.FAIL,
            "all")
        .project("shown", "found", OnError.FAIL, "version", "version")
        .write("out", "shown", shelf, OnError.FAIL);

    RunReport report = run(made, 5);

    assertEquals(RunReport.Outcome.STOPPED, outcome(report), report::toString);
    assertEquals(List.of("{\"version\":1}", "{\"version\":6}"), shelf.rows());
  }

  @Test
  void aTableThatCannotBeReadAgainKeepsItsRowsAndIsToldOnceUntilItCan() {
    ChangingTable table =
        new ChangingTable(
            reading -> {
              if (reading == 3 || reading == 4) {
                throw new IOException("connection refused");
              }
              return reading == 5 ? new long[] {0, 7, 7} : new long[] {0};
            });
    Pipelines pipeline = pipeline(table, EVERY_SECOND).keeping(disk, CrashPoints.NONE);

    RunReport report = run(pipeline, 7);

    assertEquals(RunReport.Outcome.FINISHED, outcome(report), report::toString);
    List<Integer> versions = versions(report.toString());
    assertTrue(versions.contains(2), versions::toString);
    assertTrue(
        versions.stream().noneMatch(version -> version > 2 && version < 6), versions::toString);
    assertEquals(3, report.tables().get(0).failures());
    assertEquals(1, report.warnings().size(), report::toString);
    String warning = report.warnings().get(0);
    assertTrue(
        warning.startsWith("test.yaml:1:1  R210  the table `versions` keeps its rows of "),
        warning);
    assertTrue(warning.endsWith("connection refused: trying again every 1 s"), warning);
    assertEquals(2, degraded.size(), degraded::toString);
    assertTrue(degraded.get(0).contains("(R210 the source `versions` met an error: connection"));
    assertTrue(
        degraded.get(1).contains("(R211 the key `7` stands in rows 2 and 3"), degraded.get(1));
    assertEquals(Optional.empty(), report.degraded());
    assertEquals(table.opened(), table.closed());
  }

  @Test
  void aFailingReadingIsTriedAgainAfterTenSecondsAtTheLatest() {
    ChangingTable table =
        new ChangingTable(
            reading -> {
              if (reading > 1) {
                throw new IOException("connection refused");
              }
              return new long[] {0};
            });
    Table.Refresh refresh = new Table.Refresh(Duration.ofSeconds(15), Optional.empty());
    long from = clock.nanos();

    RunReport report = run(pipeline(table, refresh).keeping(disk, CrashPoints.NONE), 8);

    long seconds = Duration.ofNanos(clock.nanos() - from).toSeconds();
    assertEquals(RunReport.Outcome.FINISHED, outcome(report), report::toString);
    assertTrue(seconds > 30, () -> seconds + " s");
    assertEquals(1 + (seconds - 5) / 10, table.opened(), () -> seconds + " s");
    assertTrue(report.degraded().orElseThrow().endsWith("trying again every 10 s"));
    assertEquals(List.of(1), versions(report.toString()).stream().distinct().toList());
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void aTableThatGetsTooOldEndsTheRunAndTheNextOneLosesNothing(boolean batches) {
    ChangingTable lost =
        new ChangingTable(
            reading -> {
              if (reading > 2) {
                throw new IOException("connection refused");
              }
              return new long[] {0};
            });
    Table.Refresh refresh =
        new Table.Refresh(SECOND, Optional.of(new Table.StaleAfter(Duration.ofSeconds(5), STALE)));
    Pipelines first = pipeline(lost, refresh).keeping(disk, CrashPoints.NONE);

    RunReport failed = run(batches ? first.batches(40) : first, 9);

    assertEquals(RunReport.Outcome.FAILED, outcome(failed), failed::toString);
    assertEquals(ProblemCode.R214, failed.problem().orElseThrow().code());
    assertEquals(STALE, failed.problem().orElseThrow().origin());
    String message = failed.problem().orElseThrow().message();
    assertTrue(message.contains("older than the `5 s` of `stale_after`"), message);
    assertTrue(message.contains("connection refused"), message);
    int shown = shelf.rows().size();
    assertTrue(shown > 0 && shown < ROWS, () -> shown + " rows");
    assertEquals(lost.opened(), lost.closed());

    Pipelines second = pipeline(ChangingTable.sound(), refresh).keeping(disk, CrashPoints.NONE);
    RunReport report = run(batches ? second.batches(40) : second, 10);

    assertEquals(RunReport.Outcome.FINISHED, outcome(report), report::toString);
    List<Long> rows = new ArrayList<>();
    shelf.rows().forEach(row -> rows.add(Long.valueOf(row.replaceAll("\\D+(\\d+).*", "$1"))));
    assertEquals(Killable.numbers(ROWS), rows.stream().sorted().toList());
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void aRunThatIsKilledReadsItsTablesAnewAndEachRowComesOnce(boolean batches) {
    for (int kill = 3; kill < 60; kill += 4) {
      RefreshedTableTest one = new RefreshedTableTest();
      ChangingTable table = ChangingTable.sound();
      int[] left = {kill};
      CrashPoints crashes =
          point -> {
            if (--left[0] == 0) {
              throw new Killed();
            }
          };
      Pipelines first = one.pipeline(table, EVERY_SECOND).keeping(one.disk, crashes);
      try {
        RunReport unused = one.run(batches ? first.batches(40) : first, kill);
      } catch (Killed e) {
        one.disk.letGoOfLocks();
      }
      int before = table.opened();
      Pipelines second = one.pipeline(table, EVERY_SECOND).keeping(one.disk, CrashPoints.NONE);

      RunReport report = one.run(batches ? second.batches(40) : second, kill + 1);

      String how = "killed at " + kill + " " + report;
      assertEquals(RunReport.Outcome.FINISHED, outcome(report), how);
      assertTrue(one.versions(how).stream().anyMatch(version -> version > before), how);
    }
  }

  @Test
  void aTableIsReadAnewAtEachSlotOfASchedule() {
    ChangingTable table = ChangingTable.sound();
    Schedule hourly = new Schedule.Every(Duration.ofHours(1));
    long end = clock.micros() + Duration.ofMinutes(150).toNanos() / 1000;
    Table.Refresh never = new Table.Refresh(Duration.ofHours(100), Optional.empty());
    Pipelines pipeline =
        pipeline(table, never)
            .keeping(disk, CrashPoints.NONE)
            .batches(100)
            .schedule(hourly, clock, end);

    RunReport report = run(pipeline, 11);

    assertEquals(RunReport.Outcome.STOPPED, outcome(report), report::toString);
    assertEquals(3, table.opened(), "the slots at 0, 1 and 2 hours");
    assertEquals(3 * ROWS, shelf.rows().size());
  }

  @Test
  void aReadingThatHangsKeepsARunNeitherFromItsEndNorFromAStop() throws InterruptedException {
    CountDownLatch hangs = new CountDownLatch(1);
    CountDownLatch release = new CountDownLatch(1);
    ChangingTable table =
        new ChangingTable(
            reading -> {
              if (reading > 1) {
                hangs.countDown();
                await(release);
              }
              return new long[] {0};
            });
    Pipelines made =
        new Pipelines()
            .clock(clock)
            .table(table.table(Optional.of(EVERY_SECOND)))
            .endless("all", ROWS)
            .keeping(disk, CrashPoints.NONE);
    RunningPipeline run =
        ChangingTable.twice(made, "all").write("out", "below", shelf, OnError.FAIL).start();
    while (hangs.getCount() > 0) {
      clock.advance(SECOND);
      Optional<RunReport> unused = run.await(Duration.ofMillis(1));
    }
    run.stop();

    RunReport report = Pipelines.end(run);

    assertEquals(RunReport.Outcome.STOPPED, outcome(report), report::toString);
    assertEquals(1, table.closed());
    release.countDown();
    while (table.closed() < 2) {
      Thread.onSpinWait();
    }
  }

  private static void await(CountDownLatch latch) {
    try {
      latch.await();
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    }
  }
}
