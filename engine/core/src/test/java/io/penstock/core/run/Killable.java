package io.penstock.core.run;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.penstock.api.sink.SinkConfig;
import io.penstock.core.expression.Evaluators;
import io.penstock.core.logical.LogicalNode.OnError;
import io.penstock.core.report.RunReport;
import io.penstock.core.runner.CrashPoints;
import io.penstock.core.runner.RunningPipeline;
import io.penstock.testkit.ManualClock;
import io.penstock.testkit.MemoryDisk;
import io.penstock.testkit.WatchedDisk;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.SplittableRandom;
import java.util.function.Consumer;
import java.util.stream.LongStream;
import java.util.stream.Stream;

/**
 * One pipeline with what outlives its processes: the disk and the outputs. Its runs may be killed
 * anywhere; in the end everything has come out once.
 */
final class Killable {
  /** What a pipeline looks like. */
  enum Shape {
    /** Filters. */
    LINE,
    /** A spooled sink that gives rows back, an aggregate into a staged one, dead letters. */
    TOTALS,
    /** Divides and meets again. */
    DIAMOND,
    /** Two sources that end, one after the other. */
    TWO_SOURCES
  }

  static final int ROWS = 240;
  private static final int POISON = 40;
  private static final int REFUSED = 50;

  final Shape shape;
  final MemoryDisk disk = new MemoryDisk();
  final Ledger ledger = new Ledger(n -> n % REFUSED == 7);
  final Ledger plain = new Ledger(n -> false);
  final Shelf shelf = new Shelf();
  final Shelf letters = new Shelf();
  final ManualClock clock = new ManualClock(1_000_000);
  private HarmedSink.Harm before = HarmedSink.Harm.NONE;
  private HarmedSink.Harm after = HarmedSink.Harm.NONE;
  private Consumer<RunningPipeline> asleep = run -> {};

  Killable(Shape shape) {
    this.shape = shape;
  }

  /** What happens before and after each commit or delivery from now on. */
  Killable harmed(HarmedSink.Harm first, HarmedSink.Harm last) {
    before = first;
    after = last;
    return this;
  }

  /** Does this each time that a run sleeps. */
  void asleep(Consumer<RunningPipeline> act) {
    asleep = act;
  }

  private SinkConfig sink(SinkConfig sink) {
    return HarmedSink.of(sink, () -> before.happen(), () -> after.happen());
  }

  private Pipelines pipeline() {
    Pipelines made = new Pipelines().clock(clock).asleep(asleep).batchRows(20).workers(2);
    return switch (shape) {
      case LINE ->
          made.numbers("all", ROWS)
              .filter("some", "all", "n >= 0")
              .write("out", "some", sink(plain), OnError.FAIL);
      case TOTALS ->
          made.numbers("all", ROWS)
              .project(
                  "good", "all", OnError.DEAD_LETTER, "n", "n + 0 * div(1, n % " + POISON + ")")
              .write("out", "good", sink(ledger), OnError.DEAD_LETTER)
              .aggregate("totals", "good", List.of("k=n % 7"), "rows", "count()", "sum", "sum(n)")
              .write("parts", "totals", sink(shelf), OnError.FAIL)
              .deadLettersTo(sink(letters));
      case DIAMOND ->
          made.numbers("all", ROWS)
              .aggregate("counts", "all", List.of("k=n % 5"), "n", "count()")
              .project("shaped", "counts", OnError.FAIL, "n", "n")
              .filter("odd", "all", "n % 2 == 1")
              .union("both", "shaped", "all", "odd")
              .write("parts", "both", sink(shelf), OnError.FAIL);
      case TWO_SOURCES ->
          made.numbers("a", ROWS)
              .numbers("b", ROWS / 2)
              .union("both", "a", "b")
              .write("out", "both", sink(plain), OnError.FAIL)
              .aggregate("totals", "both", List.of("k=n % 3"), "rows", "count()")
              .write("parts", "totals", sink(shelf), OnError.FAIL);
    };
  }

  /** Does a run, which may be killed; then the process is gone. */
  void killed(boolean batches, long seed, CrashPoints crashes) {
    attempt(batches, seed, crashes, (change, path) -> {});
  }

  /** Does a run, which may be killed where it changes the disk. */
  void attempt(boolean batches, long seed, CrashPoints crashes, WatchedDisk.Watch watch) {
    try {
      RunReport unused = run(batches, seed, crashes, watch);
    } catch (Killed e) {
      disk.letGoOfLocks();
    }
  }

  RunReport run(boolean batches, long seed, CrashPoints crashes, WatchedDisk.Watch watch) {
    SplittableRandom random = new SplittableRandom(seed);
    Machine machine = new Machine((request, run) -> Evaluators.closures(), 2);
    // A file of their own for the rows that wait for a sink, or a place in the checkpoint.
    int inside = random.nextBoolean() ? 0 : 1 << 18;
    Pipelines made = pipeline().keeping(new WatchedDisk(disk, watch), crashes, inside);
    return (batches ? made.batches(60) : made)
        .simulate(
            machine,
            () -> {
              clock.advance(Duration.ofMillis(300));
              return random.nextInt(1 << 20);
            });
  }

  /** Does the rest without any harm, then compares what has come out with what must. */
  void finish(boolean batches, String how) {
    RunReport report = run(batches, 99, CrashPoints.NONE, (change, path) -> {});
    assertEquals(
        RunReport.Outcome.FINISHED, report.outcome().orElseThrow(), () -> how + " " + report);
    check(how);
  }

  void check(String how) {
    switch (shape) {
      case LINE -> assertEquals(numbers(ROWS), plain.rows(), how);
      case TOTALS -> checkTotals(how);
      case DIAMOND -> {
        Stream<Long> odd = numbers(ROWS).stream().filter(n -> n % 2 == 1);
        Stream<Long> counts = Stream.generate(() -> (long) ROWS / 5).limit(5);
        Stream<Long> all = Stream.concat(Stream.concat(odd, counts), numbers(ROWS).stream());
        assertEquals(
            all.map(n -> "{\"n\":" + n + "}").sorted().toList(),
            shelf.rows().stream().sorted().toList(),
            how);
      }
      case TWO_SOURCES -> {
        List<Long> both = new ArrayList<>(numbers(ROWS));
        both.addAll(numbers(ROWS / 2));
        assertEquals(both.stream().sorted().toList(), plain.rows().stream().sorted().toList(), how);
        assertEquals(List.of(120, 120, 120).toString(), counts().toString(), how);
      }
    }
    assertEquals(0, shelf.staged() + letters.staged(), () -> "left over, " + how);
  }

  private List<String> counts() {
    return shelf.rows().stream().map(row -> row.replaceAll(".*\"rows\":(\\d+).*", "$1")).toList();
  }

  private void checkTotals(String how) {
    List<Long> good = numbers(ROWS).stream().filter(n -> n % POISON != 0).toList();
    List<Long> taken = good.stream().filter(n -> n % REFUSED != 7).toList();
    assertEquals(taken, ledger.rows(), how);
    assertEquals(
        ROWS, ledger.rows().size() + letters.rows().size(), () -> how + " " + letters.rows());
    List<String> rows = letters.rows().stream().map(Killable::row).toList();
    assertEquals(rows.size(), new HashSet<>(rows).size(), () -> how + " " + rows);
    List<String> totals = new ArrayList<>();
    for (long k = 0; k < 7; k++) {
      long key = k;
      List<Long> group = good.stream().filter(n -> n % 7 == key).toList();
      long sum = group.stream().mapToLong(n -> n).sum();
      totals.add("{\"k\":" + k + ",\"rows\":" + group.size() + ",\"sum\":" + sum + "}");
    }
    assertEquals(totals, shelf.rows().stream().sorted(Comparator.naturalOrder()).toList(), how);
  }

  /** Which row a letter is about. */
  private static String row(String letter) {
    return letter.replaceAll(".*\"row\":(\\{[^}]*}).*", "$1");
  }

  static List<Long> numbers(long count) {
    return LongStream.range(0, count).boxed().toList();
  }
}
