package io.penstock.core.run;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.penstock.api.sink.SinkUse;
import io.penstock.core.delivery.Guarantee;
import io.penstock.core.expression.Evaluators;
import io.penstock.core.logical.LogicalNode.OnError;
import io.penstock.core.logical.Operation;
import io.penstock.core.operator.RowJson;
import io.penstock.core.report.RunReport;
import io.penstock.core.runner.CrashPoints;
import io.penstock.testkit.ManualClock;
import io.penstock.testkit.MemoryDisk;
import io.penstock.testkit.WatchedDisk;
import io.penstock.testkit.simulation.Database;
import io.penstock.testkit.simulation.EventLog;
import io.penstock.testkit.simulation.Power;
import io.penstock.testkit.simulation.PrintingSink;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.TreeSet;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * A sink that writes at once, as the console does, in runs that keep state: no row is lost, those
 * since the last checkpoint come again after a crash, each run writes in the order of the source,
 * and a row that fails is one dead letter however often it was tried.
 */
final class PrintingSinkTest {
  private static final int ROWS = 240;
  private static final int POISON = 40;

  private final MemoryDisk disk = new MemoryDisk();
  private final ManualClock clock = new ManualClock(1_000_000);
  private final Power power = new Power(new EventLog(false));
  private final Database screen = new Database(power);
  private final Shelf letters = new Shelf();

  private Pipelines pipeline() {
    return new Pipelines()
        .clock(clock)
        .batchRows(20)
        .workers(2)
        .numbers("all", ROWS)
        .project("good", "all", OnError.DEAD_LETTER, "n", "n + 0 * div(1, n % " + POISON + ")")
        .write(
            "out",
            "good",
            new PrintingSink(screen, (batch, row) -> RowJson.of(batch, row).toText()),
            OnError.FAIL)
        .deadLettersTo(letters);
  }

  /** Does a whole run; what it has written. */
  private List<Long> run(boolean batches, long seed) {
    return written(
        () -> {
          RunReport report = report(batches, seed, point -> {});
          assertEquals(
              RunReport.Outcome.FINISHED, report.outcome().orElseThrow(), report::toString);
        });
  }

  /** Does a run that may be killed; what it has written. */
  private List<Long> killed(boolean batches, long seed, CrashPoints crashes) {
    return written(
        () -> {
          try {
            RunReport unused = report(batches, seed, crashes);
          } catch (Killed e) {
            disk.letGoOfLocks();
          }
        });
  }

  private List<Long> written(Runnable doing) {
    int before = screen.rows().size();
    power.start(List.of());
    doing.run();
    return screen.rows().subList(before, screen.rows().size()).stream()
        .map(row -> Long.parseLong(row.replaceAll("\\D", "")))
        .toList();
  }

  private RunReport report(boolean batches, long seed, CrashPoints crashes) {
    SplittableRandom random = new SplittableRandom(seed);
    Machine machine = new Machine((request, run) -> Evaluators.closures(), 2);
    Pipelines made = pipeline().keeping(new WatchedDisk(disk, (change, path) -> {}), crashes);
    return (batches ? made.batches(60) : made)
        .simulate(
            machine,
            () -> {
              clock.advance(Duration.ofMillis(300));
              return random.nextInt(1 << 20);
            });
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void rowsSinceTheLastCheckpointComeAgainAndNoneIsLost(boolean batches) {
    List<Long> good = LongStream.range(0, ROWS).filter(n -> n % POISON != 0).boxed().toList();
    long repeats = 0;
    for (int places = 0; places < 60; places += 2) {
      PrintingSinkTest test = new PrintingSinkTest();
      int[] left = {places};
      CrashPoints crash =
          point -> {
            if (left[0]-- == 0) {
              throw new Killed();
            }
          };

      List<List<Long>> runs = new ArrayList<>();
      runs.add(test.killed(batches, places, crash));
      runs.add(test.run(!batches, places));

      String how = "killed after " + places + ": " + runs;
      TreeSet<Long> all = new TreeSet<>();
      for (List<Long> written : runs) {
        assertEquals(written.stream().sorted().distinct().toList(), written, how);
        repeats += written.stream().filter(all::contains).count();
        all.addAll(written);
      }
      assertEquals(good, List.copyOf(all), how);
      assertEquals(ROWS / POISON, test.letters.rows().size(), how);
      assertEquals(0, test.letters.staged(), how);
    }
    assertTrue(repeats > 0, "nothing was ever written again");
  }

  @Test
  void aRunThatIsNotKilledWritesEachRowOnceAndTheNextOneNothing() {
    assertEquals(ROWS - ROWS / POISON, run(true, 1).size());
    assertEquals(List.of(), run(false, 2));
  }

  @Test
  void itsGuaranteeIsAtLeastOnceAndSaysWhy() {
    PrintingSink printing = new PrintingSink(screen, (batch, row) -> "");
    Operation.Read read = (Operation.Read) pipeline().plan().nodes().get(0).operation();

    Guarantee guarantee =
        Guarantee.of(
            "all", read.source().traits(), "out", printing.traits(new SinkUse(true, false)), true);

    assertEquals(
        "at least once, because the sink `out` writes at once: rows since the last checkpoint come"
            + " again after a crash",
        guarantee.words());
    assertEquals("the sink `out` writes at once", guarantee.weakest());
  }
}
