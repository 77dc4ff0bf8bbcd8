package io.penstock.dsl.launcher;

import io.penstock.api.system.Clock;
import io.penstock.core.delivery.Paths;
import io.penstock.core.delivery.StateUse;
import io.penstock.core.logical.LogicalNode;
import io.penstock.core.logical.LogicalPlan;
import io.penstock.core.logical.Operation;
import io.penstock.core.logical.OutsideLookups;
import io.penstock.core.logical.Schedule;
import io.penstock.core.logical.TableLookups;
import io.penstock.core.schedule.Slots;
import io.penstock.dsl.launcher.display.Promise;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * What to say of a pipeline that is right: for each sink its sources, the guarantee, the fields;
 * which steps may find something else another time; the next times of its schedule.
 */
final class PathNotes {
  private static final int NEXT = 3;
  private static final DateTimeFormatter TIME =
      DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ss.SSSXXX");

  private PathNotes() {}

  static List<String> of(LogicalPlan plan, Clock clock) {
    boolean keepsState = StateUse.keepsState(plan, StateUse.Wish.NONE);
    List<Promise> promises = Promise.of(Paths.of(plan, keepsState));
    List<String> notes = new ArrayList<>();
    for (LogicalNode node : plan.nodes()) {
      if (node.operation() instanceof Operation.Write) {
        promises.stream()
            .filter(promise -> promise.sink().equals(node.step()))
            .forEach(promise -> notes.add(promise.toString()));
        notes.add("  " + node.schema());
      }
    }
    for (LogicalNode node : plan.nodes()) {
      if (!OutsideLookups.in(node.operation()).isEmpty()) {
        notes.add(
            "`" + node.step() + "` asks outside: rows that are read again may get other answers");
      }
      TableLookups.refreshed(node.operation(), plan.tables())
          .ifPresent(table -> notes.add(refreshed(node, table, keepsState)));
    }
    plan.settings().schedule().ifPresent(schedule -> times(schedule, clock, notes));
    return notes;
  }

  /** Where no state is kept everything is one epoch, and tables change between epochs only. */
  private static String refreshed(LogicalNode node, String table, boolean keepsState) {
    return "`"
        + node.step()
        + "` looks into the table `"
        + table
        + (keepsState
            ? "`, which is refreshed: rows that are read again may find newer ones"
            : "`, which is read once in spite of `refresh`: the run is one epoch");
  }

  /** The guarantee of each sink, in words. */
  static Map<String, String> guarantees(LogicalPlan plan) {
    boolean keepsState = StateUse.keepsState(plan, StateUse.Wish.NONE);
    Map<String, String> guarantees = new TreeMap<>();
    for (Promise promise : Promise.of(Paths.of(plan, keepsState))) {
      guarantees.merge(promise.sink(), promise.toString(), (first, more) -> first + "; " + more);
    }
    return guarantees;
  }

  private static void times(Schedule schedule, Clock clock, List<String> notes) {
    Instant now = Instant.EPOCH.plus(clock.micros(), ChronoUnit.MICROS);
    ZoneId zone = schedule instanceof Schedule.Cron cron ? cron.zone() : ZoneOffset.UTC;
    List<String> next =
        Slots.of(schedule).next(now, NEXT).stream()
            .map(slot -> TIME.format(slot.atZone(zone)).replace(".000", ""))
            .toList();
    if (!next.isEmpty()) {
      notes.add("next times: " + String.join(", ", next));
    }
  }
}
