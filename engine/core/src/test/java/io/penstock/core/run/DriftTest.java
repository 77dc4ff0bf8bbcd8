package io.penstock.core.run;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.penstock.core.operator.TimeTracker;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

class DriftTest {
  private final Drift drift =
      new Drift(List.of(new Drift.Group(Set.of("a", "b", "unbounded"), Set.of("a", "b"), 10)));

  private void reached(String source, String partition, long time) {
    drift.told(new Watermarks.Key(source, partition), "timer", time, false);
  }

  private void idle(String source, String partition) {
    drift.told(new Watermarks.Key(source, partition), "timer", TimeTracker.NOTHING, true);
  }

  @Test
  void holdsWhoIsFurtherAheadThanItMay() {
    reached("a", "", 100);
    reached("b", "", 110);
    assertFalse(drift.holds("b"));
    reached("b", "", 111);
    assertTrue(drift.holds("b"));
    assertFalse(drift.holds("a"), "the slowest is never held");
    reached("a", "", 101);
    assertFalse(drift.holds("b"));
  }

  @Test
  void waitsForOneThatHasOnlyShownItself() {
    reached("a", "", TimeTracker.NOTHING);
    reached("b", "", 5);
    assertTrue(drift.holds("b"));
    assertFalse(drift.holds("a"));
  }

  @Test
  void waitsNeitherForIdleOnesNorForThoseThatHaveNothingMore() {
    reached("a", "", 0);
    reached("b", "", 50);
    assertTrue(drift.holds("b"));
    idle("a", "");
    assertFalse(drift.holds("b"));
    reached("a", "", 1);
    assertTrue(drift.holds("b"));
    drift.exhausted("a");
    assertFalse(drift.holds("b"));
  }

  @Test
  void pausesSinglePartitions() {
    reached("a", "p", 0);
    reached("a", "q", 50);
    assertFalse(drift.holds("a"));
    assertEquals(Set.of("q"), drift.ahead("a"));
  }

  @Test
  void nobodyWaitsForPartitionsThatAreSpent() {
    Intake intake = drift.intake("a", () -> Intake.Say.READ);
    reached("a", "p", 0);
    reached("a", "q", 50);
    reached("b", "", 70);
    intake.spent(intake.ahead());
    assertEquals(Set.of(), intake.ahead());
    assertTrue(drift.holds("b"));
    reached("a", "q", 60);
    assertFalse(drift.holds("b"));
    reached("a", "q", 81);
    assertEquals(Intake.Say.HOLD, intake.now());
  }

  @Test
  void leavesThoseAloneThatMeetNobodyOrSayNothing() {
    reached("a", "", 0);
    reached("other", "", 1000);
    reached("unbounded", "", 1000);
    assertFalse(drift.holds("other"));
    assertFalse(drift.holds("unbounded"));
    assertEquals(Set.of("other"), drift.together("other"));
    assertEquals(Set.of("a", "b", "unbounded"), drift.together("unbounded"));
  }
}
