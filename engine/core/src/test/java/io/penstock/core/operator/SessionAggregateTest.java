package io.penstock.core.operator;

import static io.penstock.core.operator.TimedRows.batch;
import static io.penstock.core.operator.TimedRows.row;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.penstock.api.option.Span;
import io.penstock.core.logical.Window;
import io.penstock.core.state.SegmentFolder;
import io.penstock.core.state.SegmentWriter;
import io.penstock.testkit.MemoryDisk;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class SessionAggregateTest {
  private static final long NOTHING = TimeTracker.NOTHING;
  private static final long GAP = 10;

  private final TimedRows.Left left = new TimedRows.Left();

  private static OneStep sessions(long lateness, String... compute) {
    return new OneStep(TimedRows.SCHEMA)
        .aggregate(List.of("k"), compute)
        .window(
            new Window.Session(Duration.of(GAP, ChronoUnit.MICROS)),
            Duration.of(lateness, ChronoUnit.MICROS));
  }

  private static Operator made(long lateness) {
    return sessions(lateness, "count()", "sum(n)").make(new MemoryDisk(), 1L << 40).operator();
  }

  @Test
  void rowsExactlyAGapApartAreOneSessionAndOneMomentMoreAreTwo() {
    Operator operator = made(0);
    OneStep.take(operator, batch(row(0), row(10), row(21)), left);
    OneStep.watermark(operator, Long.MAX_VALUE, left);

    assertEquals(List.of("1 0 20 2 2", "1 21 31 1 1"), left.results);
    assertEquals(List.of(19L, 30L), left.times);
  }

  @Test
  void aSessionClosesOneMomentLaterThanAWindow() {
    Operator operator = made(0);
    OneStep.take(operator, batch(row(0)), left);
    OneStep.watermark(operator, 9, left);
    assertEquals(List.of(), left.results);
    // A row at 10 would still belong to it.
    OneStep.take(operator, batch(row(1, 10, 9)), left);
    OneStep.watermark(operator, 19, left);
    assertEquals(List.of(), left.results);
    OneStep.watermark(operator, 20, left);
    assertEquals(List.of("1 0 20 2 2"), left.results);
    assertEquals(List.of(18L), left.stamps);
  }

  @Test
  void aRowBringsSessionsTogetherThatBeganInOneBatchOrInSeveral() {
    Operator one = made(0);
    OneStep.take(one, batch(row(0), row(20), row(40), row(30), row(10)), left);
    OneStep.watermark(one, Long.MAX_VALUE, left);
    Operator several = made(0);
    for (long time : new long[] {0, 20, 40, 30, 10}) {
      OneStep.take(several, batch(row(time)), left);
    }
    OneStep.watermark(several, Long.MAX_VALUE, left);

    assertEquals(List.of("1 0 50 5 5", "1 0 50 5 5"), left.results);
  }

  @Test
  void eachKeyHasItsOwnSessions() {
    Operator operator = made(0);
    OneStep.take(operator, batch(row(1, 0, NOTHING), row(2, 5, NOTHING), row(1, 9, NOTHING)), left);
    OneStep.watermark(operator, Long.MAX_VALUE, left);

    assertEquals(List.of("2 5 15 1 1", "1 0 19 2 2"), left.results);
  }

  @Test
  void aRowIsLateByItsOwnTimeAndLateness() {
    Operator operator = made(5);
    OneStep.take(operator, batch(row(1, 0, 4), row(1, 0, 5), row(1, 3, 9)), left);
    OneStep.watermark(operator, 14, left);
    assertEquals(List.of(), left.results);
    OneStep.watermark(operator, 15, left);

    assertEquals(List.of("1 0 10 1 1"), left.results);
    assertEquals(List.of("1 1 5 0 10", "1 1 6 3 13"), left.late);
    assertEquals(8, operator.handedOn(14));
  }

  @Test
  void havingAndResultsOfManySessionsComeInTheOrderOfTheirEnds() {
    OneStep step = sessions(0, "count()").having("v0 > 1");
    Operator operator = step.make(new MemoryDisk(), 1L << 40).operator();
    OneStep.take(operator, batch(row(0), row(50), row(51), row(100), row(1)), left);
    OneStep.watermark(operator, Long.MAX_VALUE, left);

    assertEquals(List.of("1 0 11 2", "1 50 61 2"), left.results);
  }

  @Test
  void theEndsOfTheRangeAreSessionsLikeOthers() {
    Operator operator = made(0);
    OneStep.take(operator, batch(row(Long.MAX_VALUE), row(Long.MIN_VALUE + 1)), left);
    OneStep.watermark(operator, Long.MAX_VALUE, left);

    long min = Long.MIN_VALUE + 1;
    String first = "1 " + min + " " + (min + GAP) + " 1 1";
    String last = "1 " + Long.MAX_VALUE + " " + Long.MAX_VALUE + " 1 1";
    assertEquals(List.of(first, last), left.results);
  }

  /** Two partitions, each with its own watermark, in a thousand orders: one result. */
  @Test
  void howTwoPartitionsInterleaveChangesNothing() {
    List<List<TimedRows.Row>> partitions = List.of(partition(1), partition(2));
    for (String kind : List.of("session", "window")) {
      List<String> wanted = List.of();
      for (int seed = 0; seed < 1000; seed++) {
        TimedRows.Left out = new TimedRows.Left();
        interleaved(kind, partitions, new Random(seed), out);
        List<String> got = new ArrayList<>(out.results);
        out.late.forEach(row -> got.add("late " + row));
        got.sort(null);
        wanted = seed == 0 ? got : wanted;
        assertEquals(wanted, got, kind + " " + seed);
      }
      assertTrue(wanted.stream().anyMatch(row -> row.startsWith("late")), wanted.toString());
    }
  }

  private static List<TimedRows.Row> partition(int seed) {
    Random random = new Random(seed);
    List<TimedRows.Row> rows = new ArrayList<>();
    long most = NOTHING;
    long time = 0;
    for (int i = 0; i < 60; i++) {
      time += random.nextInt(8);
      long at = time - random.nextInt(12);
      long stamp = most == NOTHING ? NOTHING : most - 4;
      rows.add(new TimedRows.Row(random.nextInt(3), i, at, stamp));
      most = Math.max(most, at);
    }
    return rows;
  }

  private static void interleaved(
      String kind, List<List<TimedRows.Row>> partitions, Random random, TimedRows.Left out) {
    OneStep step = sessions(2, "count()", "sum(n)");
    if (kind.equals("window")) {
      step = inWindows(new OneStep(TimedRows.SCHEMA).aggregate(List.of("k"), "count()", "sum(n)"));
    }
    Operator operator = step.make(new MemoryDisk(), 1L << 40).operator();
    int[] next = new int[2];
    while (next[0] + next[1] < 120) {
      int which = next[0] == 60 ? 1 : next[1] == 60 ? 0 : random.nextInt(2);
      int until = Math.min(60, next[which] + 1 + random.nextInt(5));
      OneStep.take(operator, batch(partitions.get(which).subList(next[which], until)), out);
      next[which] = until;
      long reached = Long.MAX_VALUE;
      for (int i = 0; i < 2; i++) {
        List<TimedRows.Row> rows = partitions.get(i);
        reached = Math.min(reached, next[i] == 60 ? Long.MAX_VALUE : rows.get(next[i]).stamp());
      }
      if (reached != NOTHING) {
        OneStep.watermark(operator, reached, out);
      }
    }
  }

  private static OneStep inWindows(OneStep aggregate) {
    return aggregate.window(
        new Window.Hopping(
            new Span(12, Span.Unit.MICROS),
            new Span(5, Span.Unit.MICROS),
            Span.ZERO,
            Optional.empty()),
        Duration.of(2, ChronoUnit.MICROS));
  }

  /** Against sessions made in the plainest way: all rows of a key sorted by time. */
  @Test
  void sessionsAreThoseOfTheSortedRows() {
    for (int seed = 0; seed < 50; seed++) {
      Random random = new Random(seed);
      List<TimedRows.Row> rows = new ArrayList<>();
      for (int i = 0; i < 400; i++) {
        rows.add(
            new TimedRows.Row(random.nextInt(5), random.nextInt(9), random.nextInt(3000), NOTHING));
      }
      Operator operator = made(0);
      TimedRows.Left out = new TimedRows.Left();
      for (int at = 0; at < rows.size(); at += 40) {
        OneStep.take(operator, batch(rows.subList(at, at + 40)), out);
      }
      OneStep.watermark(operator, Long.MAX_VALUE, out);
      List<String> got = new ArrayList<>(out.results);
      got.sort(null);

      assertEquals(plain(rows), got, "seed " + seed);
    }
  }

  private static List<String> plain(List<TimedRows.Row> rows) {
    Map<Long, List<TimedRows.Row>> keys = new TreeMap<>();
    rows.forEach(row -> keys.computeIfAbsent(row.key(), key -> new ArrayList<>()).add(row));
    List<String> sessions = new ArrayList<>();
    keys.forEach(
        (key, own) -> {
          own.sort(Comparator.comparingLong(TimedRows.Row::time));
          int first = 0;
          for (int i = 1; i <= own.size(); i++) {
            if (i == own.size() || own.get(i).time() > own.get(i - 1).time() + GAP) {
              long sum = own.subList(first, i).stream().mapToLong(TimedRows.Row::number).sum();
              long end = own.get(i - 1).time() + GAP;
              sessions.add(
                  key + " " + own.get(first).time() + " " + end + " " + (i - first) + " " + sum);
              first = i;
            }
          }
        });
    sessions.sort(null);
    return sessions;
  }

  @Test
  void sessionsGoOnAfterARestoreAsIfNothingHadHappened() throws IOException {
    for (int seed = 0; seed < 20; seed++) {
      OneStep step = sessions(3, "count()", "sum(n)", "collect(n)");
      TimedRows.Left wanted = new TimedRows.Left();
      WindowAggregateTest.run(step, seed, 0, 1L << 40, wanted);
      TimedRows.Left got = new TimedRows.Left();
      WindowAggregateTest.run(step, seed, 3, 1L << 40, got);
      wanted.results.sort(null);
      got.results.sort(null);

      assertEquals(wanted.results, got.results, "seed " + seed);
      assertEquals(wanted.late, got.late, "seed " + seed);
    }
  }

  @Test
  void sessionsOnTheDiskAreTheSameAcrossRestoresToo() throws IOException {
    for (int seed = 0; seed < 60; seed++) {
      OneStep step = sessions(seed % 4, "count()", "sum(n)");
      TimedRows.Left wanted = new TimedRows.Left();
      WindowAggregateTest.run(step, seed, 0, 1L << 40, wanted);
      TimedRows.Left got = new TimedRows.Left();
      WindowAggregateTest.run(step, seed, seed % 3 * 4, 8 << 10, got);
      wanted.results.sort(null);
      got.results.sort(null);

      assertEquals(wanted.results, got.results, "seed " + seed);
      assertEquals(wanted.late, got.late, "seed " + seed);
    }
  }

  @Test
  void aResultFromTheDiskIsNotBehindTheWatermarkHandedOn() {
    for (int seed = 0; seed < 20; seed++) {
      Random random = new Random(seed);
      Operator operator = sessions(0, "count()").make(new MemoryDisk(), 8 << 10).operator();
      long handedOn = NOTHING;
      for (long at = 0; at < 300; at += 1 + random.nextInt(4)) {
        TimedRows.Left out = new TimedRows.Left();
        OneStep.take(operator, batch(row(random.nextInt(3), at + 1, at)), out);
        OneStep.watermark(operator, at, out);
        for (long time : out.times) {
          assertTrue(time > handedOn, time + " after " + handedOn);
        }
        assertTrue(operator.handedOn(at) >= handedOn, "it only rises");
        handedOn = operator.handedOn(at);
      }
    }
  }

  @Test
  void moreOpenSessionsThanMemoryHoldsGoToTheDisk() {
    Operator operator = sessions(0, "count()").make(new MemoryDisk(), 1 << 20).operator();
    for (int from = 0; from < 100_000; from += 1000) {
      List<TimedRows.Row> rows = new ArrayList<>();
      for (int key = from; key < from + 1000; key++) {
        rows.add(row(key % 50_000, key / 50_000, NOTHING));
      }
      OneStep.take(operator, batch(rows), left);
    }
    OneStep.watermark(operator, 9, left);
    assertEquals(0, left.results.size());
    OneStep.watermark(operator, 1000, left);

    assertEquals(50_000, left.results.size());
    assertEquals(List.of(), left.late);
  }

  @Test
  void manyShortSessionsLeaveNothingBehind() throws IOException {
    Operator operator = made(0);
    SegmentFolder folder = new SegmentFolder(new MemoryDisk(), Path.of("/state"));
    int most = 0;
    for (int i = 0; i < 1000; i++) {
      List<TimedRows.Row> rows = new ArrayList<>();
      for (int key = 0; key < 20; key++) {
        rows.add(row(key + 20L * i, 100L * i + key, NOTHING));
      }
      OneStep.take(operator, batch(rows), left);
      OneStep.watermark(operator, 100L * i + 90, left);
      SegmentWriter writer = folder.writer(i, "0");
      operator.snapshot(writer);
      most = Math.max(most, writer.segments().size());
    }
    assertEquals(20_000, left.results.size());
    assertTrue(most < 100, most + " segments");
    for (int epoch = 1000; epoch < 1300; epoch++) {
      SegmentWriter writer = folder.writer(epoch, "0");
      operator.snapshot(writer);
      most = Math.max(most, writer.segments().size());
    }
    assertTrue(most < 100, most + " segments without a row");
  }
}
