package io.penstock.dsl.launcher.test;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.penstock.core.system.SystemClock;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

final class KillsTest {
  private static final int STEPS_OF_A_ROW = 5;

  private final Reading reading = new Reading(new TestClock(new SystemClock()));

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
        for (int step = 0; step <= (entries.size() + 20) * STEPS_OF_A_ROW; step++) {
          source.upTo(Math.min(entries.size(), step / STEPS_OF_A_ROW));
          int unused = kills.choice();
        }
        return killed;
      } catch (Kills.Killed again) {
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
    assertEquals(10, reading.rows());
  }

  @Test
  void killsAtEachRestartOfTheTest() {
    List<Entry> entries = rows(4);
    entries.add(2, new Entry.Restart());
    entries.add(new Entry.Restart());

    assertEquals(2, lives(new Kills(new Kills.When.Never(), reading), entries));
    assertEquals(2, reading.restarts());
  }

  @Test
  void countsWhatIsReadAgainOnce() {
    int killed = lives(new Kills(new Kills.When.EachRow(), reading), rows(3));

    assertEquals(3, reading.rows());
    assertEquals(true, killed >= 1 && killed <= 3);
  }
}
