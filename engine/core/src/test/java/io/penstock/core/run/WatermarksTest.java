package io.penstock.core.run;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.penstock.api.data.Batch;
import io.penstock.api.data.Column;
import io.penstock.api.data.Provenance;
import io.penstock.api.data.Schema;
import io.penstock.core.operator.TimeTracker;
import org.junit.jupiter.api.Test;

class WatermarksTest {
  private static final long NOTHING = TimeTracker.NOTHING;
  private static final Watermarks.Key A = new Watermarks.Key("s", "a");
  private static final Watermarks.Key B = new Watermarks.Key("s", "b");

  private final Watermarks one = new Watermarks(1);

  WatermarksTest() {
    one.expect(0, 0, "s");
  }

  private static Item.Mark mark(Watermarks.Key key, long watermark) {
    return new Item.Mark(0, "s", key, watermark, false);
  }

  private static Item.Mark idle(Watermarks.Key key) {
    return new Item.Mark(0, "s", key, NOTHING, true);
  }

  @Test
  void theLeastPartitionCounts() {
    assertEquals(NOTHING, one.least(0));
    one.take(0, mark(A, NOTHING), NOTHING);
    one.take(0, mark(B, NOTHING), NOTHING);
    one.take(0, mark(A, 50), NOTHING);
    assertEquals(NOTHING, one.least(0));
    one.take(0, mark(B, 20), NOTHING);
    assertEquals(20, one.least(0));
    one.take(0, mark(B, 10), NOTHING);
    assertEquals(20, one.least(0), "it never goes back");
  }

  @Test
  void anIdlePartitionHoldsNothingBackAndAllIdleHold() {
    one.take(0, mark(A, 50), NOTHING);
    one.take(0, mark(B, 20), NOTHING);
    one.take(0, idle(B), 20);
    assertEquals(50, one.least(0));
    one.take(0, idle(A), 50);
    assertEquals(Watermarks.IDLE, one.least(0));
  }

  /** Its last rows may still be on their way. */
  @Test
  void aPartitionAtTheEndOfTimeIsNotIdle() {
    one.take(0, mark(A, Long.MAX_VALUE), NOTHING);
    assertEquals(Long.MAX_VALUE, one.least(0));
    one.take(0, idle(B), NOTHING);
    assertEquals(Watermarks.IDLE, one.least(0));
  }

  @Test
  void whoComesBackIsJudgedByTheStep() {
    one.take(0, mark(A, 50), NOTHING);
    one.take(0, mark(B, 20), NOTHING);
    one.take(0, idle(B), 50);
    assertArrayEquals(new long[] {50, 50, 60}, stamps(B, 50, NOTHING, 30, 60));
    assertEquals(50, one.least(0));
  }

  @Test
  void timePassesWithoutRowsForWhatHasATime() {
    one.take(0, mark(A, 50), NOTHING);
    one.take(0, mark(B, NOTHING), NOTHING);
    one.passed(0, new Item.Passed(0, "s", B, 30));
    assertEquals(NOTHING, one.least(0));
    one.take(0, mark(B, 20), NOTHING);
    one.passed(0, new Item.Passed(0, "s", B, 10));
    assertEquals(30, one.least(0));
    assertArrayEquals(new long[] {30, 40}, stamps(B, NOTHING, 25, 40));
    one.passed(0, new Item.Passed(0, "s", B, Long.MAX_VALUE));
    assertEquals(50, one.least(0));
    one.passed(0, new Item.Passed(0, "s", A, Long.MAX_VALUE));
    assertEquals(Watermarks.IDLE - 1, one.least(0));
  }

  @Test
  void aPartitionThatIsNewIsJudgedByTheStep() {
    one.take(0, mark(A, 50), NOTHING);
    one.take(0, mark(B, NOTHING), 50);
    assertEquals(50, one.least(0));
    assertArrayEquals(new long[] {50}, stamps(B, 50, NOTHING));
  }

  @Test
  void rowsKnowTheUnitsBeforeOfTheirOwnPartitionOnly() {
    one.take(0, mark(A, 50), NOTHING);
    one.take(0, mark(B, 20), NOTHING);
    assertArrayEquals(new long[] {20, 30}, stamps(B, NOTHING, NOTHING, 30));
    assertArrayEquals(new long[] {50, 50}, stamps(A, NOTHING, NOTHING, 30));
  }

  @Test
  void whatIsKeptGoesOn() {
    one.take(0, mark(A, 50), NOTHING);
    one.take(0, idle(B), NOTHING);
    Watermarks again = new Watermarks(1);
    again.expect(0, 0, "s");
    again.restore(one.state());
    assertEquals(50, again.least(0));
    assertEquals(one.state(), again.state());
    Watermarks other = new Watermarks(1);
    other.expect(0, 0, "another");
    other.restore(one.state());
    assertEquals(NOTHING, other.least(0));
  }

  @Test
  void howFarTimeHasComeIsKeptWhereAllAreIdle() {
    one.take(0, mark(A, 50), NOTHING);
    assertEquals(50, one.least(0));
    one.take(0, idle(A), 50);
    assertEquals(Watermarks.IDLE, one.least(0));
    Watermarks again = new Watermarks(1);
    again.expect(0, 0, "s");
    again.restore(one.state());
    assertEquals(Watermarks.IDLE, again.least(0));
    assertEquals(50, again.reached(0), "by which a partition that is new is judged");
    assertEquals(one.state(), again.state());
  }

  @Test
  void ofManyFilesThatAreIdleOneIsRemembered() {
    one.take(0, mark(A, 50), NOTHING);
    for (int file = 0; file < 1500; file++) {
      Watermarks.Key key = new Watermarks.Key("s", "file " + file);
      one.take(0, mark(key, 60), 50);
      one.take(0, idle(key), 50);
    }
    assertEquals(50, one.least(0));
    assertTrue(one.state().size() < 1002, one.state().size() + " partitions");
    one.take(0, idle(A), 50);
    assertEquals(Watermarks.IDLE, one.least(0));
  }

  @Test
  void oneOfSeveralStagesThatHasNotSpokenHoldsTheEntryBack() {
    Watermarks two = new Watermarks(1);
    two.expect(0, 0, "s");
    two.expect(0, 1, "t");
    two.take(0, mark(A, 50), NOTHING);
    assertEquals(NOTHING, two.least(0));
    two.ended(1, 0);
    assertEquals(50, two.least(0));
    two.ended(0, 0);
    assertEquals(Long.MAX_VALUE, two.least(0));
  }

  private long[] stamps(Watermarks.Key key, long floor, long... local) {
    Provenance from = Provenance.none("s");
    Batch rows = Batch.of(Schema.of(), local.length, new Column[0], from);
    Column.Longs stamps = new Column.Longs(local.length, local, null);
    Batch stamped = one.stamped(0, 0, key, rows.with(rows.marks().withStamps(stamps)), floor);
    return stamped.marks().stamps().orElseThrow().values();
  }
}
