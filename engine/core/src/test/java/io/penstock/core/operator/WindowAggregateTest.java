package io.penstock.core.operator;

import static io.penstock.core.operator.TimedRows.batch;
import static io.penstock.core.operator.TimedRows.inWindow;
import static io.penstock.core.operator.TimedRows.row;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.penstock.api.option.Span;
import io.penstock.api.problem.PipelineException;
import io.penstock.api.problem.ProblemCode;
import io.penstock.api.system.Disk;
import io.penstock.core.logical.Window;
import io.penstock.core.state.SegmentFolder;
import io.penstock.core.state.SegmentWriter;
import io.penstock.testkit.MemoryDisk;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;

class WindowAggregateTest {
  private static final long PLENTY = 1L << 40;
  private static final long NOTHING = TimeTracker.NOTHING;
  private static final Window TEN = tumbling(10);

  private final TimedRows.Left left = new TimedRows.Left();

  private static Window tumbling(long micros) {
    return new Window.Tumbling(span(micros), Span.ZERO, Optional.empty());
  }

  static Window hopping(long size, long every) {
    return new Window.Hopping(span(size), span(every), Span.ZERO, Optional.empty());
  }

  static Span span(long micros) {
    return new Span(micros, Span.Unit.MICROS);
  }

  private static Duration micros(long micros) {
    return Duration.of(micros, ChronoUnit.MICROS);
  }

  static OneStep counted(Window window, long lateness) {
    return new OneStep(TimedRows.SCHEMA)
        .aggregate(List.of("k"), "count()", "sum(n)")
        .window(window, micros(lateness));
  }

  private static Operator made(OneStep step) {
    return step.make(new MemoryDisk(), PLENTY).operator();
  }

  @Test
  void aWindowClosesWhenTheWatermarkReachesItsLastMoment() {
    Operator operator = made(counted(TEN, 0));
    OneStep.take(operator, batch(row(0), row(9), row(10)), left);

    OneStep.watermark(operator, 8, left);
    assertEquals(List.of(), left.results);
    OneStep.watermark(operator, 9, left);
    assertEquals(List.of("1 0 10 2 2"), left.results);
    assertEquals(List.of(9L), left.times);
    OneStep.end(operator, left);
    OneStep.watermark(operator, Long.MAX_VALUE, left);
    assertEquals(List.of("1 0 10 2 2", "1 10 20 1 1"), left.results);
  }

  @Test
  void windowsComeInTheOrderOfTheirEnds() {
    Operator operator = made(counted(hopping(10, 5), 0));
    OneStep.take(operator, batch(row(2, 7, NOTHING), row(1, -1, NOTHING)), left);
    OneStep.watermark(operator, 100, left);

    assertEquals(List.of("1 -10 0 1 1", "1 -5 5 1 1", "2 0 10 1 1", "2 5 15 1 1"), left.results);
  }

  @Test
  void lateIsDecidedForEachWindowOfARow() {
    Operator operator = made(counted(hopping(10, 5), 0));
    OneStep.take(operator, batch(row(1, 7, 8), row(1, 7, 9), row(1, 7, 14)), left);
    OneStep.watermark(operator, 100, left);

    assertEquals(List.of("1 0 10 1 1", "1 5 15 2 2"), left.results);
    assertEquals(List.of("1 1 2 0 10", "1 1 7 5 15", "1 1 7 0 10"), left.late);
  }

  @Test
  void rowsCountAsLongAsTheLatenessLasts() {
    Operator operator = made(counted(TEN, 5));
    OneStep.take(operator, batch(row(1, 5, 13), row(1, 5, 14)), left);
    OneStep.watermark(operator, 13, left);
    assertEquals(List.of(), left.results);
    assertEquals(List.of("1 1 9 0 10"), left.late);
    OneStep.watermark(operator, 14, left);
    assertEquals(List.of("1 0 10 1 1"), left.results);
    assertEquals(8, operator.handedOn(13));
    assertEquals(NOTHING, operator.handedOn(NOTHING + 3));
    assertEquals(Long.MAX_VALUE, operator.handedOn(Long.MAX_VALUE));
  }

  /** Results are never late for the step below, whatever the lateness of this one. */
  @Test
  void aResultCarriesTheWatermarkThatWasHandedOnBefore() {
    Operator operator = made(counted(TEN, 50));
    OneStep.take(operator, batch(row(5)), left);
    OneStep.watermark(operator, 40, left);
    OneStep.watermark(operator, 59, left);

    assertEquals(List.of(9L), left.times);
    assertEquals(List.of(-10L), left.stamps);
  }

  @Test
  void sameIsOneGroupForEachWindowThatRowsCarry() {
    Operator operator = made(counted(new Window.Same(), 0));
    OneStep.take(operator, inWindow(0, 10, row(9), row(9), row(2, 9, 9)), left);
    OneStep.take(operator, inWindow(5, 10, row(9)), left);
    OneStep.watermark(operator, 8, left);
    assertEquals(List.of(), left.results);
    OneStep.watermark(operator, 9, left);

    assertEquals(List.of("1 0 10 2 2", "1 5 10 1 1"), left.results);
    assertEquals(List.of("2 1 0 0 10"), left.late);
  }

  @Test
  void havingSeesTheWindowAndTheResults() {
    OneStep step = counted(TEN, 0).having("v0 > 1 and window_start < window_end");
    Operator operator = made(step);
    OneStep.take(operator, batch(row(1), row(2), row(2, 3, NOTHING)), left);
    OneStep.watermark(operator, 100, left);

    assertEquals(List.of("1 0 10 2 2"), left.results);
  }

  @Test
  void aRowWhoseWindowIsOutOfRangeFailsAndIsInNone() {
    OneStep step = counted(hopping(10, 5), 0);
    TimedRows.Row far = row(1, Long.MAX_VALUE - 1, NOTHING);
    PipelineException e =
        assertThrows(
            PipelineException.class, () -> OneStep.take(made(step), batch(row(1), far), left));
    assertEquals(ProblemCode.D206, e.problem().code());

    Operator operator = made(step.skipping());
    TimedRows.Row early = row(1, Long.MIN_VALUE + 8, NOTHING);
    OneStep.take(operator, batch(far, row(1), early), left);
    OneStep.watermark(operator, Long.MAX_VALUE, left);
    assertEquals(List.of("1 -5 5 1 1", "1 0 10 1 1"), left.results);
  }

  @Test
  void windowsGoOnAfterARestoreAsIfNothingHadHappened() throws IOException {
    for (Window window : List.of(TEN, hopping(10, 4), hopping(7, 3))) {
      for (int seed = 0; seed < 10; seed++) {
        TimedRows.Left wanted = new TimedRows.Left();
        run(counted(window, 3), seed, 0, PLENTY, wanted);
        TimedRows.Left got = new TimedRows.Left();
        run(counted(window, 3), seed, 3, seed % 2 == 0 ? PLENTY : 40_000, got);

        assertEquals(wanted.results, got.results, window + " " + seed);
        assertEquals(wanted.late, got.late, window + " " + seed);
        assertEquals(wanted.times, got.times, window + " " + seed);
      }
    }
  }

  /** Each window holds little; all together hold more than there is. */
  @Test
  void manySmallWindowsSpillAndNothingChanges() throws IOException {
    Window growing = new Window.Cumulative(span(6000), span(100), Span.ZERO, Optional.empty());
    TimedRows.Left wanted = new TimedRows.Left();
    manyWindows(growing, new MemoryDisk(), PLENTY, wanted);
    FullDisk disk = new FullDisk(new MemoryDisk(), Long.MAX_VALUE);
    TimedRows.Left got = new TimedRows.Left();
    manyWindows(growing, disk, 4 << 20, got);

    assertEquals(wanted.results, got.results);
    assertTrue(disk.created() > 10, disk.created() + " files");
  }

  static void manyWindows(Window window, Disk disk, long memory, TimedRows.Left out) {
    Random random = new Random(1);
    Operator operator = counted(window, 0).make(disk, memory).operator();
    for (int i = 0; i < 30; i++) {
      List<TimedRows.Row> rows = new ArrayList<>();
      for (int n = 0; n < 200; n++) {
        rows.add(new TimedRows.Row(random.nextInt(3000), n, random.nextInt(3000), NOTHING));
      }
      OneStep.take(operator, batch(rows), out);
    }
    OneStep.watermark(operator, Long.MAX_VALUE, out);
  }

  /** Rows and watermarks; the operator is lost and restored after every so many batches. */
  static void run(OneStep step, int seed, int every, long memory, TimedRows.Left out)
      throws IOException {
    Random random = new Random(seed);
    MemoryDisk disk = new MemoryDisk();
    SegmentFolder folder = new SegmentFolder(disk, Path.of("/state"));
    Operator operator = step.make(disk, memory).operator();
    long most = 0;
    for (int i = 1; i <= 60; i++) {
      List<TimedRows.Row> rows = new ArrayList<>();
      for (int n = random.nextInt(30); n >= 0; n--) {
        long time = i * 2 + random.nextInt(20);
        rows.add(new TimedRows.Row(random.nextInt(3), random.nextInt(9), time, most - 8));
        most = Math.max(most, time);
      }
      OneStep.take(operator, batch(rows), out);
      OneStep.watermark(operator, most - 8, out);
      if (every > 0 && i % every == 0) {
        SegmentWriter writer = folder.writer(i, "0");
        operator.snapshot(writer);
        operator.close();
        operator = step.make(disk, memory).operator();
        operator.restore(folder.reader(writer.segments()));
        OneStep.watermark(operator, most - 8, out);
      }
    }
    OneStep.watermark(operator, Long.MAX_VALUE, out);
  }
}
