package io.penstock.testkit.simulation;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

final class ScheduleTest {
  private static final List<Fault.Kind> ALL = List.of(Fault.Kind.values());

  @Test
  void aLineGivesTheSameScheduleAgain() {
    for (int seed = 0; seed < 200; seed++) {
      Schedule schedule = Schedule.of(seed, ALL).calmer(3, 7).calmer(9, 10);
      assertEquals(schedule, Schedule.parse(schedule.toString()));
    }
    assertEquals("7  -", new Schedule(7, List.of(), new java.util.BitSet()).toString());
  }

  @Test
  void everyPairOfFaultsMeetsInSomeSchedule() {
    Set<Set<Fault.Kind>> pairs = new HashSet<>();
    for (int seed = 0; seed < 300; seed++) {
      List<Fault> faults = Schedule.of(seed, ALL).faults();
      for (Fault one : faults) {
        for (Fault other : faults) {
          if (one.kind() != other.kind()) {
            pairs.add(Set.of(one.kind(), other.kind()));
          }
        }
      }
    }
    assertEquals(ALL.size() * (ALL.size() - 1) / 2, pairs.size());
  }

  @Test
  void someSchedulesHaveNoFaultsAndSomeHaveCrashesInFiveLives() {
    int quiet = 0;
    int most = 0;
    for (int seed = 0; seed < 1000; seed++) {
      Schedule schedule = Schedule.of(seed, ALL);
      quiet += schedule.faults().isEmpty() ? 1 : 0;
      long crashes =
          schedule.faults().stream().filter(f -> f.kind() == Fault.Kind.POWER_LOSS).count();
      most = (int) Math.max(most, crashes);
    }
    assertTrue(quiet > 0);
    assertEquals(5, most);
  }
}
