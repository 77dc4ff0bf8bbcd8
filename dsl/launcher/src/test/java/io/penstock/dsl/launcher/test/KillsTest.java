package io.penstock.dsl.launcher.test;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.penstock.core.runner.CrashPoint;
import io.penstock.core.system.SystemClock;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

final class KillsTest {
  private final Reading reading = new Reading(new TestClock(new SystemClock()));

  private final List<Integer> read = new ArrayList<>();

  private static List<Entry> rows(int count) {
    List<Entry> rows = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      rows.add(new Entry.Raw(new byte[] {'x'}));
    }
    return rows;
  }

  /** Reads a row every few steps, from the start in each life; how often it was killed. */
  private int lives(Kills kills, List<Entry> entries) {
    Reading.Of source = reading.source(entries);
    for (int killed = 0; ; killed++) {
      try {
        int next = 0;
        while (next < entries.size() || reading.isHeld()) {
          int unused = kills.choice();
          boolean row = next < entries.size() && Reading.isRow(entries.get(next));
          if (next < entries.size() && (!row || source.room(next) > 0)) {
            source.upTo(++next);
          }
          kills.reached(CrashPoint.values()[next % CrashPoint.values().length]);
        }
        return killed;
      } catch (Kills.Killed again) {
        read.add(reading.rows());
        kills.again();
      }
    }
  }

  @Test
  void neverKillsWhereNothingSaysSo() {
    assertEquals(0, lives(new Kills(new Kills.When.Never(), reading), rows(10)));
  }

  @Test
  void killsOnceAfterTheRow() {
    assertEquals(1, lives(new Kills(new Kills.When.Row(7), reading), rows(10)));
    assertEquals(List.of(7), read);
  }

  @Test
  void killsAtEachRestartOfTheTest() {
    List<Entry> entries = rows(4);
    entries.add(2, new Entry.Restart());
    entries.add(new Entry.Restart());

    assertEquals(2, lives(new Kills(new Kills.When.Never(), reading), entries));
    assertEquals(List.of(2, 4), read);
  }

  @Test
  void killsBehindEachRowBeforeTheNextIsRead() {
    assertEquals(20, lives(new Kills(new Kills.When.EachRow(), reading), rows(20)));
    assertEquals(IntStream.rangeClosed(1, 20).boxed().toList(), read);
  }
}
