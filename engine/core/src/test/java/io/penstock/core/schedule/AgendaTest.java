package io.penstock.core.schedule;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.penstock.core.logical.Schedule;
import io.penstock.core.logical.Schedule.Misfire;
import io.penstock.core.logical.Schedule.Overlap;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** Which slots are run, whatever the clock does. */
final class AgendaTest {
  private static final Optional<Instant> FIRST_RUN = Optional.empty();

  @Test
  void aFirstRunOfEveryBeginsAtOnceWithTheBoundaryThatHasPassed() {
    Agenda agenda = Agenda.of(every("30s"), FIRST_RUN, at("10:00:10"));

    assertEquals(Optional.of(at("10:00:00")), agenda.next());
    assertEquals(List.of(at("10:00:00")), dueAt(agenda, "10:00:10"));
    assertEquals(Optional.of(at("10:00:30")), agenda.next());
  }

  @Test
  void aBatchThatFitsWaitsForTheNextBoundary() {
    Agenda agenda = Agenda.of(every("30s"), Optional.of(at("10:00:00")), at("10:00:10"));

    agenda.ended(at("10:00:20"));

    assertEquals(List.of(), dueAt(agenda, "10:00:29"));
    assertEquals(List.of(at("10:00:30")), dueAt(agenda, "10:00:30"));
  }

  @Test
  void aBatchThatOverranStartsTheNextAtOnceAndOnce() {
    Agenda agenda = Agenda.of(every("30s"), Optional.of(at("10:00:00")), at("10:00:01"));

    agenda.ended(at("10:02:10"));

    assertEquals(List.of(at("10:02:00")), dueAt(agenda, "10:02:10"));
    assertEquals(Optional.of(at("10:02:30")), agenda.next());
  }

  @Test
  void aSlotThatWasRecordedIsNotRunAgain() {
    Agenda agenda = Agenda.of(every("30s"), Optional.of(at("10:00:00")), at("10:00:29"));

    assertEquals(List.of(), dueAt(agenda, "10:00:29"));
  }

  @Test
  void aClockThatGoesBackRepeatsNothing() {
    Agenda agenda = Agenda.of(every("30s"), Optional.of(at("10:00:00")), at("09:00:00"));

    assertEquals(List.of(), dueAt(agenda, "09:30:00"));
    assertEquals(List.of(), dueAt(agenda, "10:00:29"));
    assertEquals(List.of(at("10:00:30")), dueAt(agenda, "10:00:30"));
    assertEquals(List.of(), dueAt(agenda, "09:00:30"));
    agenda.ended(at("09:01:00"));
    assertEquals(Optional.of(at("10:01:00")), agenda.next());
  }

  @Test
  void aFirstRunOfCronWaitsForItsTime() {
    Agenda agenda = Agenda.of(hourly(Misfire.RUN_ALL, Overlap.QUEUE), FIRST_RUN, at("10:30:00"));

    assertEquals(List.of(), dueAt(agenda, "10:59:59"));
    assertEquals(List.of(at("11:00:00")), dueAt(agenda, "11:00:00.005"));
  }

  @Test
  void misfireSaysWhatBecomesOfTimesThatPassedWhileNothingRan() {
    assertEquals(List.of(at("13:00:00")), missed(Misfire.RUN_ONCE));
    assertEquals(List.of(), missed(Misfire.SKIP));
    assertEquals(List.of(at("11:00:00"), at("12:00:00"), at("13:00:00")), missed(Misfire.RUN_ALL));
  }

  @Test
  void theSlotThatHasJustComeIsNoMisfire() {
    Agenda agenda =
        Agenda.of(
            hourly(Misfire.SKIP, Overlap.FORBID), Optional.of(at("10:00:00")), at("10:30:00"));

    assertEquals(List.of(at("11:00:00")), dueAt(agenda, "11:00:02"));
  }

  @Test
  void aClockThatJumpsAheadIsAMisfire() {
    Agenda once = Agenda.of(hourly(Misfire.RUN_ONCE, Overlap.FORBID), FIRST_RUN, at("10:30:00"));
    Agenda all = Agenda.of(hourly(Misfire.RUN_ALL, Overlap.FORBID), FIRST_RUN, at("10:30:00"));

    assertEquals(List.of(at("13:00:00")), dueAt(once, "13:20:00"));
    assertEquals(List.of(at("11:00:00"), at("12:00:00"), at("13:00:00")), dueAt(all, "13:20:00"));
  }

  @Test
  void overlapSaysWhatBecomesOfTimesThatPassedWhileABatchRan() {
    assertEquals(List.of(), overran(Overlap.FORBID, Misfire.RUN_ALL));
    assertEquals(List.of(at("11:00:00"), at("12:00:00")), overran(Overlap.QUEUE, Misfire.RUN_ONCE));
  }

  @Test
  void whatOverlapForbidsIsGoneWhileABacklogIsStillRun() {
    Agenda agenda =
        Agenda.of(
            hourly(Misfire.RUN_ALL, Overlap.FORBID), Optional.of(at("10:00:00")), at("12:30:00"));

    assertEquals(Optional.of(at("11:00:00")), agenda.due(at("12:30:00")));
    agenda.ended(at("14:30:00"));
    assertEquals(Optional.of(at("12:00:00")), agenda.due(at("14:30:00")));
    agenda.ended(at("14:40:00"));
    assertEquals(Optional.empty(), agenda.due(at("14:40:00")));
    assertEquals(Optional.of(at("15:00:00")), agenda.next());
  }

  @Test
  void aBacklogOfAYearOfMinutesIsHeldInNoMemoryToSpeakOf() {
    Schedule minutes =
        new Schedule.Cron("* * * * *", ZoneId.of("UTC"), Misfire.RUN_ALL, Overlap.QUEUE);
    Agenda agenda =
        Agenda.of(minutes, Optional.of(at("10:00:00").minus(Duration.ofDays(365))), at("10:00:00"));

    assertEquals(
        Optional.of(at("10:01:00").minus(Duration.ofDays(365))), agenda.due(at("10:00:00")));
  }

  @Test
  void whateverIsAvailableNowHasNoSlots() {
    Agenda agenda = Agenda.of(new Schedule.AvailableNow(), FIRST_RUN, at("10:00:00"));

    assertEquals(Optional.empty(), agenda.due(at("11:00:00")));
    assertEquals(Optional.empty(), agenda.next());
  }

  /** Clocks that jump to and fro, restarts with what was recorded: slots only ever ascend. */
  @Test
  void slotsAscendWhateverTheClockDoes() {
    for (int seed = 0; seed < 300; seed++) {
      Random random = new Random(seed);
      Schedule schedule =
          random.nextBoolean()
              ? every("7m")
              : new Schedule.Cron(
                  "*/20 * * * *",
                  ZoneId.of("Europe/Berlin"),
                  Misfire.values()[random.nextInt(3)],
                  Overlap.values()[random.nextInt(2)]);
      Instant now = Instant.parse("2026-10-25T00:00:00Z");
      Optional<Instant> recorded = FIRST_RUN;
      Agenda agenda = Agenda.of(schedule, recorded, now);
      for (int i = 0; i < 60; i++) {
        now = now.plusSeconds(random.nextInt(4000) - 1200);
        if (random.nextInt(8) == 0) {
          agenda = Agenda.of(schedule, recorded, now);
        }
        Optional<Instant> slot = agenda.due(now);
        if (slot.isPresent()) {
          Instant before = recorded.orElse(Instant.MIN);
          assertTrue(slot.get().isAfter(before), "seed " + seed + ": " + slot + " twice");
          recorded = slot;
          now = now.plusSeconds(random.nextInt(3000) - 500);
          agenda.ended(now);
        }
      }
      assertTrue(recorded.isPresent(), "seed " + seed);
    }
  }

  @Test
  void periodsAreMultiplesSince1970BeforeItToo() {
    Slots slots = Slots.of(every("30s"));

    assertEquals(
        Optional.of(Instant.parse("1969-12-31T23:59:30Z")),
        slots.upTo(Instant.parse("1969-12-31T23:59:59.999Z")));
    assertEquals(Optional.of(Instant.EPOCH), slots.after(Instant.parse("1969-12-31T23:59:31Z")));
    assertEquals(
        List.of(at("10:00:30"), at("10:01:00"), at("10:01:30")), slots.next(at("10:00:00"), 3));
    assertThrows(IllegalArgumentException.class, () -> Slots.of(every("0s")));
  }

  private static List<Instant> missed(Misfire misfire) {
    Agenda agenda =
        Agenda.of(hourly(misfire, Overlap.FORBID), Optional.of(at("10:00:00")), at("13:20:00"));
    return dueAt(agenda, "13:20:00");
  }

  private static List<Instant> overran(Overlap overlap, Misfire misfire) {
    Agenda agenda = Agenda.of(hourly(misfire, overlap), FIRST_RUN, at("09:30:00"));
    assertEquals(Optional.of(at("10:00:00")), agenda.due(at("10:00:00")));
    agenda.ended(at("12:10:00"));
    return dueAt(agenda, "12:10:01");
  }

  /** All that is due when the batches take no time. */
  private static List<Instant> dueAt(Agenda agenda, String time) {
    List<Instant> all = new ArrayList<>();
    Optional<Instant> slot = agenda.due(at(time));
    while (slot.isPresent()) {
      all.add(slot.get());
      agenda.ended(at(time));
      slot = agenda.due(at(time));
    }
    return all;
  }

  private static Schedule every(String period) {
    return new Schedule.Every(Duration.parse("PT" + period));
  }

  private static Schedule hourly(Misfire misfire, Overlap overlap) {
    return new Schedule.Cron("0 * * * *", ZoneId.of("UTC"), misfire, overlap);
  }

  private static Instant at(String time) {
    return Instant.parse("2026-06-01T" + time + "Z");
  }
}
