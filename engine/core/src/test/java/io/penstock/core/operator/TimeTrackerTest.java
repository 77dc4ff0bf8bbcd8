package io.penstock.core.operator;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.penstock.api.data.Column;
import io.penstock.api.data.DataType;
import io.penstock.api.data.Field;
import io.penstock.api.data.Schema;
import io.penstock.api.option.ExpressionText;
import io.penstock.api.problem.Origin;
import io.penstock.api.problem.Problems;
import io.penstock.core.expression.ExpressionChecker;
import io.penstock.core.expression.Scope;
import io.penstock.core.logical.EventTime;
import java.time.Duration;
import java.util.Optional;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;

class TimeTrackerTest {
  private static final long NONE = TimeTracker.NOTHING;

  private static TimeTracker tracker(Optional<Duration> outOfOrder) {
    Scope scope = Scope.of(Schema.of(Field.of("at", DataType.TIMESTAMP)));
    ExpressionText text = ExpressionText.at("at", Origin.at("test.yaml", 1, 1));
    return new TimeTracker(
        new EventTime(
            new ExpressionChecker(new Problems()).check(text, scope).orElseThrow(),
            outOfOrder,
            Optional.of(Duration.ofSeconds(30)),
            Optional.empty(),
            Optional.empty()));
  }

  private static long[] stamps(TimeTracker tracker, long... times) {
    return tracker.stamps(new Column.Longs(times.length, times, null)).values();
  }

  @Test
  void aStampIsWhatWasKnownBeforeTheRow() {
    TimeTracker tracker = tracker(Optional.of(Duration.ofNanos(10_000)));
    assertArrayEquals(new long[] {NONE, 89, 89, 109}, stamps(tracker, 100, 90, 120, 7));
    assertArrayEquals(new long[] {109}, stamps(tracker, 8));
    assertEquals(OptionalLong.of(109), tracker.take());
    assertEquals(OptionalLong.empty(), tracker.take());
    assertArrayEquals(new long[] {NONE, -9}, stamps(tracker, 2, 3));
  }

  @Test
  void theEndsOfTimeDoNotTurnRound() {
    TimeTracker tracker = tracker(Optional.of(Duration.ofDays(1)));
    assertArrayEquals(
        new long[] {NONE, NONE, Long.MAX_VALUE - 86_400_000_001L},
        stamps(tracker, Long.MIN_VALUE, Long.MAX_VALUE, 0));
  }

  @Test
  void unboundedDisorderNeverMovesIt() {
    TimeTracker tracker = tracker(Optional.empty());
    assertArrayEquals(new long[] {NONE, NONE}, stamps(tracker, 5, 6));
    assertEquals(OptionalLong.empty(), tracker.take());
  }

  @Test
  void silenceMattersOnceItIsLongEnough() {
    TimeTracker tracker = tracker(Optional.of(Duration.ZERO));
    assertTrue(tracker.isConcerned(0));
    assertFalse(tracker.isConcerned(29_999_999));
    assertTrue(tracker.isConcerned(30_000_000));
  }
}
