package io.penstock.core.operator;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.penstock.api.data.Batch;
import io.penstock.api.option.Rate;
import io.penstock.core.logical.Throttle;
import io.penstock.core.state.SegmentFolder;
import io.penstock.core.state.SegmentWriter;
import io.penstock.testkit.ManualClock;
import io.penstock.testkit.MemoryDisk;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** So many rows in a time, by a clock that moves when told. */
class ThrottleOperatorTest {
  private static final long PLENTY = 1L << 40;
  private static final Rate TWO_A_SECOND = new Rate(2, Duration.ofSeconds(1));

  private final TimedRows.Left out = new TimedRows.Left();

  private static OneStep step(Throttle.Excess excess, String... by) {
    return new OneStep(TimedRows.SCHEMA).throttle(TWO_A_SECOND, excess, by);
  }

  private static TimedRows.Row row(long key, long number) {
    return new TimedRows.Row(key, number, number, TimeTracker.NOTHING);
  }

  private void after(OneStep.Made made, long millis) {
    ((ManualClock) made.context().clock()).advance(Duration.ofMillis(millis));
    if (((Paced) made.operator()).isDue()) {
      OneStep.drain(made.operator(), out);
    }
  }

  @Test
  void rowsWaitBehindThoseThatMayPassAtOnce() {
    OneStep.Made made = step(Throttle.Excess.WAIT).make(new MemoryDisk(), PLENTY);
    OneStep.take(made.operator(), TimedRows.batch(row(1, 1), row(1, 2), row(1, 3)), out);
    OneStep.take(made.operator(), TimedRows.batch(row(1, 4)), out);
    assertEquals(List.of("1 1", "1 2"), out.results);

    after(made, 499);
    assertEquals(2, out.results.size());
    after(made, 1);
    assertEquals(List.of("1 1", "1 2", "1 3"), out.results);
    assertTrue(((Paced) made.operator()).holds());
    after(made, 500);
    assertEquals(List.of("1 1", "1 2", "1 3", "1 4"), out.results);
    assertFalse(((Paced) made.operator()).holds());
  }

  @Test
  void eachKeyHasARateOfItsOwnAndKeepsItsOrder() {
    OneStep.Made made = step(Throttle.Excess.WAIT, "k").make(new MemoryDisk(), PLENTY);
    OneStep.take(
        made.operator(),
        TimedRows.batch(row(1, 1), row(1, 2), row(1, 3), row(1, 4), row(2, 5), row(2, 6)),
        out);
    assertEquals(List.of("1 1", "1 2", "2 5", "2 6"), out.results);

    after(made, 600);
    OneStep.take(made.operator(), TimedRows.batch(row(1, 7), row(2, 8)), out);
    after(made, 2000);
    assertEquals(List.of("1 1", "1 2", "2 5", "2 6", "1 3", "2 8", "1 4", "1 7"), out.results);
  }

  @Test
  void othersAreLeftOutAndCounted() {
    OneStep.Made made = step(Throttle.Excess.DROP, "k").make(new MemoryDisk(), PLENTY);
    Batch rows = TimedRows.batch(row(1, 1), row(1, 2), row(1, 3), row(2, 4));
    OneStep.take(made.operator(), rows, out);
    after(made, 500);
    OneStep.take(made.operator(), rows, out);

    assertEquals(List.of("1 1", "1 2", "2 4", "1 1", "2 4"), out.results);
    assertEquals(8, made.counters().in());
    assertEquals(5, made.counters().out());
    assertEquals(3, made.counters().filtered());
    assertFalse(((Paced) made.operator()).holds());
  }

  @Test
  void aClockThatIsSetBackKeepsRowsAwayNoLongerThanTheTimeOfTheRate() {
    OneStep.Made made = step(Throttle.Excess.DROP).make(new MemoryDisk(), PLENTY);
    ManualClock clock = (ManualClock) made.context().clock();
    clock.advance(Duration.ofHours(5));
    Batch rows = TimedRows.batch(row(1, 1), row(1, 2), row(1, 3));
    OneStep.take(made.operator(), rows, out);
    clock.jump(Duration.ofHours(-4));
    OneStep.take(made.operator(), rows, out);
    clock.advance(Duration.ofSeconds(1));
    OneStep.take(made.operator(), rows, out);

    assertEquals(List.of("1 1", "1 2", "1 1", "1 2"), out.results);
  }

  @Test
  void timeBelowStandsWhereItWasBeforeTheFirstRowThatWaits() {
    OneStep.Made made = step(Throttle.Excess.WAIT).make(new MemoryDisk(), PLENTY);
    Operator operator = made.operator();
    OneStep.watermark(operator, 5, out);
    OneStep.take(operator, TimedRows.batch(row(1, 6), row(1, 7), row(1, 8)), out);
    OneStep.watermark(operator, 20, out);
    OneStep.take(operator, TimedRows.batch(row(1, 21)), out);
    assertEquals(5, operator.handedOn(20));
    after(made, 500);
    assertEquals(20, operator.handedOn(20));
    after(made, 500);
    assertEquals(20, operator.handedOn(20));
  }

  @Test
  void rowsThatWaitAndWhatHasPassedAreKept() throws IOException {
    MemoryDisk disk = new MemoryDisk();
    SegmentFolder folder = new SegmentFolder(disk, Path.of("/state"));
    OneStep.Made made = step(Throttle.Excess.WAIT, "k").make(disk, PLENTY);
    OneStep.watermark(made.operator(), 1, out);
    OneStep.take(made.operator(), TimedRows.batch(row(1, 2), row(1, 3), row(1, 4)), out);
    SegmentWriter writer = folder.writer(1, "0");
    made.operator().snapshot(writer);

    OneStep.Made again = step(Throttle.Excess.WAIT, "k").make(disk, PLENTY);
    ((ManualClock) again.context().clock()).advance(Duration.ofDays(3));
    again.operator().restore(folder.reader(writer.segments()));
    OneStep.take(again.operator(), TimedRows.batch(row(1, 5), row(2, 6)), out);
    assertEquals(List.of("1 2", "1 3", "2 6"), out.results);
    assertEquals(1, again.operator().handedOn(9));
    after(again, 500);
    after(again, 500);
    assertEquals(List.of("1 2", "1 3", "2 6", "1 4", "1 5"), out.results);
    assertEquals(List.of(2L, 3L, 6L, 4L, 5L), out.times);
  }

  @Test
  void keysThatAreQuietAreForgotten() {
    OneStep.Made made = step(Throttle.Excess.DROP, "k").make(new MemoryDisk(), PLENTY);
    long most = 0;
    for (int round = 0; round < 200; round++) {
      List<TimedRows.Row> rows = new ArrayList<>();
      for (int i = 0; i < 500; i++) {
        rows.add(row(round * 500 + i, i));
      }
      OneStep.take(made.operator(), TimedRows.batch(rows), out);
      after(made, 1000);
      most = Math.max(most, made.context().memory().held());
    }

    assertEquals(100_000, out.results.size());
    assertTrue(most < 200_000, most + " bytes");
  }
}
