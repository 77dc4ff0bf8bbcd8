package io.penstock.core.operator;

import static io.penstock.core.operator.TimedRows.batch;
import static io.penstock.core.operator.TimedRows.row;
import static io.penstock.core.operator.WindowAggregateTest.counted;
import static io.penstock.core.operator.WindowAggregateTest.hopping;
import static io.penstock.core.operator.WindowAggregateTest.manyWindows;
import static io.penstock.core.operator.WindowAggregateTest.span;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.penstock.api.option.Span;
import io.penstock.core.logical.Operation;
import io.penstock.core.logical.Window;
import io.penstock.core.state.DamagedException;
import io.penstock.core.state.Segment;
import io.penstock.core.state.SegmentFolder;
import io.penstock.core.state.SegmentWriter;
import io.penstock.core.state.StateOutput;
import io.penstock.testkit.MemoryDisk;
import java.io.IOException;
import java.nio.file.Path;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

class PaneAggregateTest {
  private static final long PLENTY = 1L << 40;
  private static final long NOTHING = TimeTracker.NOTHING;

  private static final List<Window> WINDOWS =
      List.of(
          hopping(10, 5),
          hopping(10, 4),
          hopping(7, 3),
          hopping(12, 1),
          new Window.Hopping(span(11), span(10), span(3), Optional.empty()));

  private final TimedRows.Left left = new TimedRows.Left();

  private static Panes panes(Window window) {
    return Panes.of(window).orElseThrow();
  }

  @Test
  void aPaneIsPartOfTheWindowsThatHoldItsTimes() {
    for (Window window : WINDOWS) {
      Panes panes = panes(window);
      WindowFinder finder = WindowFinder.of(window);
      for (long time = -50; time < 50; time++) {
        TreeSet<Long> ends = new TreeSet<>();
        finder.find(time, (start, end) -> ends.add(end));
        long pane = panes.start(time);
        String name = window + " " + time;
        assertEquals(ends.first(), panes.firstEnd(pane), name);
        assertEquals(ends.last(), panes.lastEnd(pane), name);
        assertEquals(ends.first(), panes.endBehind(time), name);
        assertEquals(ends.first() - panes.every(), panes.endBefore(time), name);
        assertEquals(pane, panes.start(pane), name);
      }
    }
  }

  @Test
  void windowsThatShareNoRowsAndThoseOfTheCalendarHaveNoPanes() {
    ZoneId berlin = ZoneId.of("Europe/Berlin");
    Span days = new Span(2, Span.Unit.DAYS);
    Span day = new Span(1, Span.Unit.DAYS);

    assertFalse(Panes.of(hopping(10, 10)).isPresent());
    assertFalse(Panes.of(hopping(4, 10)).isPresent());
    assertTrue(Panes.of(new Window.Hopping(days, day, Span.ZERO, Optional.empty())).isPresent());
    assertFalse(
        Panes.of(new Window.Hopping(days, day, Span.ZERO, Optional.of(berlin))).isPresent());
  }

  @Test
  void windowsWithoutRowsDoNotCome() {
    Operator operator = counted(hopping(10, 5), 0).make(new MemoryDisk(), PLENTY).operator();
    assertInstanceOf(PaneAggregateOperator.class, operator);
    OneStep.take(operator, batch(row(1), row(1000)), left);
    OneStep.watermark(operator, 1003, left);
    assertEquals(List.of("1 -5 5 1 1", "1 0 10 1 1"), left.results);
    assertTrue(operator.held() > 0);
    OneStep.watermark(operator, Long.MAX_VALUE, left);

    assertEquals(
        List.of("1 -5 5 1 1", "1 0 10 1 1", "1 995 1005 1 1", "1 1000 1010 1 1"), left.results);
    assertEquals(0, operator.held());
  }

  /** Each row is added once, and windows are what they are when it is added to each of them. */
  @Test
  void panesGiveWhatWindowsGive() {
    for (Window window : WINDOWS) {
      for (int seed = 0; seed < 20; seed++) {
        StepContext context = counted(window, seed % 4).make(new MemoryDisk(), PLENTY).context();
        Operation.Aggregate aggregate = (Operation.Aggregate) context.node().operation();
        TimedRows.Left wanted = new TimedRows.Left();
        TimedRows.Left got = new TimedRows.Left();
        run(new WindowAggregateOperator(aggregate, context), seed, wanted);
        run(new PaneAggregateOperator(aggregate, panes(window), context), seed, got);

        String name = window + " " + seed;
        assertEquals(sorted(wanted.results), sorted(got.results), name);
        assertEquals(wanted.late, got.late, name);
        assertEquals(wanted.times, got.times, name);
        assertEquals(wanted.stamps, got.stamps, name);
      }
    }
  }

  private static List<String> sorted(List<String> rows) {
    return rows.stream().sorted().toList();
  }

  /** Rows of two partitions, of which one is behind and holds the step's watermark back. */
  private static void run(Operator operator, int seed, TimedRows.Left out) {
    Random random = new Random(seed);
    long most = -40;
    for (int i = 1; i <= 60; i++) {
      List<TimedRows.Row> rows = new ArrayList<>();
      for (int n = random.nextInt(12); n >= 0; n--) {
        long time = i * 2 - 60 + random.nextInt(24);
        long stamp = random.nextInt(3) == 0 ? most - 20 : most - 6;
        rows.add(new TimedRows.Row(random.nextInt(4), random.nextInt(9), time, stamp));
        most = Math.max(most, time);
      }
      OneStep.take(operator, batch(rows), out);
      OneStep.watermark(operator, most - 20, out);
    }
    OneStep.watermark(operator, Long.MAX_VALUE, out);
  }

  @Test
  void panesSpillAndNothingChanges() {
    TimedRows.Left wanted = new TimedRows.Left();
    manyWindows(hopping(6000, 100), new MemoryDisk(), PLENTY, wanted);
    FullDisk disk = new FullDisk(new MemoryDisk(), Long.MAX_VALUE);
    TimedRows.Left got = new TimedRows.Left();
    manyWindows(hopping(6000, 100), disk, 100_000, got);

    assertEquals(wanted.results, got.results);
    assertTrue(disk.created() > 10, disk.created() + " files");
  }

  @Test
  void stateOfAnotherFormatIsRefused() throws IOException {
    Operator operator = counted(hopping(10, 5), 0).make(new MemoryDisk(), PLENTY).operator();
    SegmentFolder folder = new SegmentFolder(new MemoryDisk(), Path.of("/state"));
    SegmentWriter writer = folder.writer(1, "0");
    StateOutput index = writer.begin();
    index.number(2);
    Segment first = writer.end(1);
    assertEquals(1, first.entries());
    StateOutput shelf = writer.begin();
    for (long number : new long[] {1, 0, 0, 1}) {
      shelf.number(number);
    }
    Segment second = writer.end(1);
    assertEquals(1, second.entries());

    assertThrows(DamagedException.class, () -> operator.restore(folder.reader(writer.segments())));
    assertEquals(NOTHING, operator.handedOn(NOTHING));
  }
}
