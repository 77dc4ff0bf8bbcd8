package io.penstock.core.operator;

import static io.penstock.core.operator.TimedRows.batch;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.penstock.api.data.Batch;
import io.penstock.api.data.Provenance;
import io.penstock.core.logical.Window;
import io.penstock.core.state.SegmentFolder;
import io.penstock.core.state.SegmentWriter;
import io.penstock.testkit.MemoryDisk;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Random;
import org.junit.jupiter.api.Test;

class ContentAggregateTest {
  private static final long NOTHING = TimeTracker.NOTHING;
  private static final long PLENTY = 1L << 40;
  private static final long IDLE = 10;
  private static final Window.Edge STARTS = Window.Edge.STARTS;
  private static final Window.Edge ENDS = Window.Edge.ENDS;

  private final TimedRows.Left left = new TimedRows.Left();

  private static OneStep windows(Window.Edge edge, boolean idles, OptionalLong most) {
    Optional<Duration> idle =
        idles ? Optional.of(Duration.of(IDLE, ChronoUnit.MICROS)) : Optional.empty();
    return new OneStep(TimedRows.SCHEMA)
        .aggregate(List.of("k"), "count()", "collect(n)")
        .content(edge, "n == 0", idle, most, true);
  }

  private static Operator made(OneStep step) {
    return step.make(new MemoryDisk(), PLENTY).operator();
  }

  private static TimedRows.Row row(long number, long time, long stamp) {
    return new TimedRows.Row(1, number, time, stamp);
  }

  private static TimedRows.Row row(long number, long time) {
    return row(number, time, NOTHING);
  }

  @Test
  void aRowThatStartsAWindowEndsTheOneBefore() {
    Operator operator = made(windows(STARTS, false, OptionalLong.empty()));
    OneStep.take(operator, batch(row(7, 1), row(0, 2), row(1, 3), row(0, 4)), left);
    assertEquals(List.of("1 1 2 1 [7]", "1 2 4 2 [0,1]"), left.results);
    OneStep.take(operator, batch(row(2, 5)), left);
    OneStep.watermark(operator, 1000, left);
    assertEquals(2, left.results.size());
    assertEquals(NOTHING, operator.handedOn(1000));
    OneStep.watermark(operator, Long.MAX_VALUE, left);

    assertEquals("1 4 6 2 [0,2]", left.results.get(2));
    assertEquals(List.of(1L, 3L, 5L), left.times);
  }

  @Test
  void aRowThatEndsAWindowIsItsLast() {
    Operator operator = made(windows(ENDS, false, OptionalLong.empty()));
    OneStep.take(operator, batch(row(1, 1), row(0, 2), row(0, 3), row(2, 4)), left);
    assertEquals(List.of("1 1 3 2 [1,0]", "1 3 4 1 [0]"), left.results);
    OneStep.end(operator, left);

    assertEquals("1 4 5 1 [2]", left.results.get(2));
  }

  @Test
  void aWindowOfSoManyRowsIsOver() {
    Operator operator = made(windows(STARTS, false, OptionalLong.of(2)));
    OneStep.take(operator, batch(row(0, 1), row(1, 2), row(2, 3), row(0, 4), row(3, 5)), left);

    assertEquals(List.of("1 1 3 2 [0,1]", "1 3 4 1 [2]", "1 4 6 2 [0,3]"), left.results);
  }

  @Test
  void aRowExactlySoMuchLaterBelongsToTheWindowAndOneLaterDoesNot() {
    Operator operator = made(windows(STARTS, true, OptionalLong.empty()));
    OneStep.take(operator, batch(row(1, 0), row(2, 10, 9), row(3, 21, 19)), left);

    assertEquals(List.of("1 0 11 2 [1,2]"), left.results);
  }

  @Test
  void theWatermarkEndsAWindowThatTheNextRowWouldNotJoin() {
    Operator operator = made(windows(STARTS, true, OptionalLong.empty()));
    OneStep.take(operator, batch(row(1, 5)), left);
    OneStep.watermark(operator, 14, left);
    assertEquals(List.of(), left.results);
    assertEquals(3, operator.handedOn(14));
    OneStep.watermark(operator, 15, left);
    assertEquals(List.of("1 5 6 1 [1]"), left.results);
    // It is late, but not by what has come since: time counts from when it arrived.
    OneStep.take(operator, batch(row(2, 6, 15), row(3, 7, 24), row(4, 8, 34)), left);
    OneStep.watermark(operator, Long.MAX_VALUE, left);

    assertEquals(
        List.of("1 5 6 1 [1]", "1 6 8 2 [2,3]", "1 8 9 1 [4]"),
        left.results.stream().sorted().toList());
    assertEquals(List.of(4L, 23L, 33L), left.stamps);
  }

  @Test
  void rowsWithoutATimeAreInWindowsToo() {
    OneStep step =
        new OneStep(TimedRows.SCHEMA)
            .aggregate(List.of(), "count()")
            .content(STARTS, "n == 0", Optional.empty(), OptionalLong.empty(), false);
    Operator operator = step.make(new MemoryDisk(), PLENTY).operator();
    OneStep.Rows out = new OneStep.Rows();
    Batch timed = batch(row(0, 1), row(1, 2), row(0, 3));
    OneStep.take(operator, timed.with(io.penstock.api.data.RowMarks.NONE), out);
    OneStep.end(operator, out);

    assertEquals(List.of("2 ", "1 "), out.rows);
  }

  @Test
  void aRowThatFailsIsInNoWindowAndBeginsNone() {
    OneStep step =
        new OneStep(TimedRows.SCHEMA)
            .aggregate(List.of("k"), "count()", "sum(div(6, n))")
            .content(
                STARTS,
                "n == 0 or div(6, n - 3) == 6",
                Optional.empty(),
                OptionalLong.empty(),
                true)
            .skipping();
    OneStep.Made made = step.make(new MemoryDisk(), PLENTY);
    // 0 begins a window but has no sum, 3 has no condition, 4 begins one.
    OneStep.take(
        made.operator(), batch(row(1, 1), row(0, 2), row(3, 3), row(2, 4), row(4, 5)), left);
    OneStep.watermark(made.operator(), Long.MAX_VALUE, left);

    assertEquals(List.of("1 1 5 2 9", "1 5 6 1 1"), left.results);
  }

  /** How the rows of one partition arrive. */
  private static List<TimedRows.Row> partition(int seed, int size) {
    Random random = new Random(seed);
    List<TimedRows.Row> rows = new ArrayList<>();
    long most = NOTHING;
    long time = 0;
    for (int i = 0; i < size; i++) {
      time += random.nextInt(10) == 0 ? random.nextInt(30) : random.nextInt(4);
      long at = time - random.nextInt(15);
      long stamp = most == NOTHING ? NOTHING : most - 4;
      rows.add(new TimedRows.Row(random.nextInt(3), random.nextInt(6), at, stamp));
      most = Math.max(most, at);
    }
    return rows;
  }

  /** The windows of the rows of one partition, made in the plainest way. */
  private static List<String> plain(
      List<TimedRows.Row> rows, Window.Edge edge, boolean idles, OptionalLong most) {
    Map<Long, List<TimedRows.Row>> open = new HashMap<>();
    List<String> windows = new ArrayList<>();
    for (TimedRows.Row row : rows) {
      List<TimedRows.Row> own = open.getOrDefault(row.key(), List.of());
      long active = own.stream().mapToLong(r -> Math.max(r.time(), r.stamp())).max().orElse(0);
      boolean idle = idles && (row.time() > active + IDLE || row.stamp() >= active + IDLE);
      if (!own.isEmpty() && (idle || edge == STARTS && row.number() == 0)) {
        windows.add(text(own));
        own = List.of();
      }
      own = new ArrayList<>(own);
      own.add(row);
      open.put(row.key(), own);
      if (edge == ENDS && row.number() == 0 || own.size() >= most.orElse(Long.MAX_VALUE)) {
        windows.add(text(own));
        open.remove(row.key());
      }
    }
    open.values().forEach(own -> windows.add(text(own)));
    return windows;
  }

  private static String text(List<TimedRows.Row> rows) {
    long start = rows.stream().mapToLong(TimedRows.Row::time).min().orElseThrow();
    long end = rows.stream().mapToLong(TimedRows.Row::time).max().orElseThrow() + 1;
    List<Long> numbers = rows.stream().map(TimedRows.Row::number).sorted().toList();
    return rows.get(0).key() + " " + start + " " + end + " " + rows.size() + " " + numbers;
  }

  private static List<String> sorted(TimedRows.Left out) {
    List<String> texts = new ArrayList<>();
    for (String result : out.results) {
      int list = result.indexOf('[');
      String[] numbers = result.substring(list + 1, result.length() - 1).split(",");
      java.util.Arrays.sort(numbers);
      texts.add(result.substring(0, list) + List.of(numbers));
    }
    texts.sort(null);
    return texts;
  }

  /** Two partitions in many orders, batches, memories and restarts: one result. */
  @Test
  void howRowsComeChangesNothing() throws IOException {
    List<List<TimedRows.Row>> partitions = List.of(partition(1, 200), partition(2, 200));
    for (Window.Edge edge : Window.Edge.values()) {
      for (boolean idles : new boolean[] {true, false}) {
        for (OptionalLong most : List.of(OptionalLong.empty(), OptionalLong.of(4))) {
          List<String> wanted = new ArrayList<>();
          partitions.forEach(rows -> wanted.addAll(plain(rows, edge, idles, most)));
          wanted.sort(null);
          for (int seed = 0; seed < 60; seed++) {
            TimedRows.Left out = new TimedRows.Left();
            long memory = seed % 2 == 0 ? PLENTY : 16 << 10;
            run(windows(edge, idles, most), partitions, seed, memory, out);
            assertEquals(wanted, sorted(out), edge + " " + idles + " " + most + " " + seed);
          }
        }
      }
    }
  }

  private static void run(
      OneStep step, List<List<TimedRows.Row>> partitions, int seed, long memory, TimedRows.Left out)
      throws IOException {
    Random random = new Random(seed);
    int restarts = seed % 3;
    int largest = seed % 4 == 0 ? 1 : 1 + random.nextInt(20);
    MemoryDisk disk = new MemoryDisk();
    SegmentFolder folder = new SegmentFolder(disk, Path.of("/state"));
    Operator operator = step.make(disk, memory).operator();
    int[] next = new int[partitions.size()];
    long handedOn = NOTHING;
    for (int epoch = 1; next[0] + next[1] < 400; epoch++) {
      int which = next[0] == 200 ? 1 : next[1] == 200 ? 0 : random.nextInt(2);
      int until = Math.min(200, next[which] + 1 + random.nextInt(largest));
      Batch rows = batch(partitions.get(which).subList(next[which], until));
      Provenance from =
          new Provenance("source", "p" + which, new long[rows.size()], new int[0], Map.of());
      OneStep.take(
          operator, new Batch(rows.schema(), rows.size(), rows.columns(), from, rows.marks()), out);
      next[which] = until;
      long reached = Long.MAX_VALUE;
      for (int i = 0; i < 2; i++) {
        List<TimedRows.Row> own = partitions.get(i);
        reached = Math.min(reached, next[i] == 200 ? Long.MAX_VALUE : own.get(next[i]).stamp());
      }
      if (reached != NOTHING) {
        OneStep.watermark(operator, reached, out);
      }
      for (long stamp : out.stamps) {
        assertTrue(stamp >= handedOn || stamp == NOTHING, stamp + " after " + handedOn);
      }
      out.stamps.clear();
      handedOn = operator.handedOn(reached);
      if (restarts > 0 && epoch % (2 * restarts) == 0) {
        SegmentWriter writer = folder.writer(epoch, "0");
        operator.snapshot(writer);
        operator.close();
        operator = step.make(disk, memory).operator();
        operator.restore(folder.reader(writer.segments()));
        OneStep.watermark(operator, reached, out);
      } else if (epoch % 3 == 0) {
        operator.snapshot(folder.writer(epoch, "0"));
      }
    }
    OneStep.watermark(operator, Long.MAX_VALUE, out);
    operator.close();
  }

  @Test
  void whatIsComputedOfOpenWindowsGoesToTheDisk() throws IOException {
    OneStep step = windows(ENDS, false, OptionalLong.empty());
    MemoryDisk disk = new MemoryDisk();
    OneStep.Made made = step.make(disk, 3 << 20);
    SegmentFolder folder = new SegmentFolder(disk, Path.of("/state"));
    Operator operator = made.operator();
    int keys = 2000;
    for (int round = 1; round <= 100; round++) {
      List<TimedRows.Row> rows = new ArrayList<>();
      for (int key = 0; key < keys; key++) {
        rows.add(new TimedRows.Row(key, round, round, NOTHING));
      }
      OneStep.take(operator, batch(rows), left);
      if (round % 30 == 0) {
        SegmentWriter writer = folder.writer(round, "0");
        operator.snapshot(writer);
        operator.close();
        operator = step.make(disk, 3 << 20).operator();
        operator.restore(folder.reader(writer.segments()));
      }
    }
    assertEquals(List.of(), left.results);
    OneStep.watermark(operator, Long.MAX_VALUE, left);

    assertEquals(keys, left.results.size());
    StringBuilder all = new StringBuilder("1");
    for (int round = 2; round <= 100; round++) {
      all.append(',').append(round);
    }
    for (String result : left.results) {
      assertTrue(result.endsWith(" 1 101 100 [" + all + "]"), result);
    }
    operator.close();
  }

  @Test
  void manyShortWindowsLeaveNothingBehind() throws IOException {
    Operator operator = made(windows(ENDS, false, OptionalLong.empty()));
    SegmentFolder folder = new SegmentFolder(new MemoryDisk(), Path.of("/state"));
    int most = 0;
    for (int i = 0; i < 1000; i++) {
      List<TimedRows.Row> rows = new ArrayList<>();
      for (int key = 0; key < 20; key++) {
        rows.add(new TimedRows.Row(key + 20L * i, 1, i, NOTHING));
        rows.add(new TimedRows.Row(key + 20L * i, 0, i, NOTHING));
      }
      OneStep.take(operator, batch(rows), left);
      SegmentWriter writer = folder.writer(i, "0");
      operator.snapshot(writer);
      most = Math.max(most, writer.segments().size());
    }
    assertEquals(20_000, left.results.size());
    assertTrue(most < 400, most + " segments");
  }
}
