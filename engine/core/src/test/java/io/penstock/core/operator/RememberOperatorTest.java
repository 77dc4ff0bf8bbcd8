package io.penstock.core.operator;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.penstock.api.data.Batch;
import io.penstock.api.data.Change;
import io.penstock.api.data.Column;
import io.penstock.testkit.MemoryDisk;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/** Rows that go have their key alone, and leave whole. */
class RememberOperatorTest {
  private static final long PLENTY = 1L << 40;
  private static final long LITTLE = 2000;

  /** What a row that goes has in place of its number. */
  private static final long UNKNOWN = -1;

  private final AppliedChanges out = new AppliedChanges();
  private final OneStep.Made made = step().make(new MemoryDisk(), PLENTY);

  private static OneStep step() {
    return new OneStep(TimedRows.SCHEMA).remember("k");
  }

  private static TimedRows.Row row(long key, long number) {
    return new TimedRows.Row(key, number, 0, TimeTracker.NOTHING);
  }

  private static Batch batch(List<TimedRows.Row> rows, List<Change> changes) {
    long[] operations = changes.stream().mapToLong(Change::ordinal).toArray();
    Batch batch = TimedRows.batch(rows);
    return batch.with(
        batch
            .marks()
            .withOperations(Optional.of(new Column.Longs(operations.length, operations, null))));
  }

  private void take(Change change, long key, long number) {
    OneStep.take(made.operator(), batch(List.of(row(key, number)), List.of(change)), out);
  }

  @Test
  void theRowThatGoesIsTheLastOfItsKey() {
    take(Change.INSERT, 1, 10);
    take(Change.INSERT, 2, 20);
    take(Change.INSERT, 1, 11);
    take(Change.DELETE, 1, UNKNOWN);
    take(Change.INSERT, 1, 12);

    assertEquals(List.of("+ 1 10", "+ 2 20", "< 1 10", "> 1 11", "- 1 11", "+ 1 12"), out.changes);
  }

  @Test
  void anUpdateMayHaveTheKeyOfTheRowThatGoes() {
    take(Change.INSERT, 1, 10);
    List<Change> update = List.of(Change.UPDATE_BEFORE, Change.UPDATE_AFTER);
    OneStep.take(made.operator(), batch(List.of(row(1, UNKNOWN), row(1, 11)), update), out);
    OneStep.take(made.operator(), batch(List.of(row(1, UNKNOWN), row(2, 11)), update), out);

    assertEquals(List.of("+ 1 10", "< 1 10", "> 1 11", "- 1 11", "+ 2 11"), out.changes);
  }

  @Test
  void whatIsSaidAgainChangesNothingAndIsCounted() {
    take(Change.INSERT, 1, 10);
    take(Change.INSERT, 1, 10);
    take(Change.DELETE, 1, UNKNOWN);
    take(Change.DELETE, 1, UNKNOWN);
    take(Change.DELETE, 7, UNKNOWN);

    assertEquals(List.of("+ 1 10", "- 1 10"), out.changes);
    assertEquals(2, made.counters().filtered());
  }

  @Test
  void whatIsRememberedGoesToTheDiskWhereMemoryDoesNotDo() {
    OneStep.Made small = step().make(new MemoryDisk(), 128 << 10);
    for (int turn = 0; turn < 2; turn++) {
      for (int from = 0; from < 20_000; from += 1000) {
        List<TimedRows.Row> rows = new ArrayList<>();
        for (int key = from; key < from + 1000; key++) {
          rows.add(row(key, turn));
        }
        OneStep.take(small.operator(), batch(rows, Collections.nCopies(1000, Change.INSERT)), out);
      }
    }

    assertEquals(60_000, out.changes.size());
    assertEquals(20_000, out.table().size());
    assertTrue(small.spill().written() > 128 << 10);
    assertTrue(small.operator().held() <= 128 << 10);
  }

  @Test
  void givesTheTableAlsoWhenProcessesAreLost() throws IOException {
    for (int seed = 0; seed < 40; seed++) {
      Map<Long, Long> table = new TreeMap<>();
      List<KilledStep.Fed> fed = fed(seed, table);
      List<String> wanted = new ArrayList<>();
      table.forEach((key, number) -> wanted.add(key + " " + number));
      for (long memory : List.of(PLENTY, LITTLE)) {
        AppliedChanges killed = new AppliedChanges();
        KilledStep step = new KilledStep(step(), seed, memory);
        step.run(fed, killed, List.of(killed.changes));

        assertEquals(wanted.stream().sorted().toList(), killed.table(), "seed " + seed);
        assertEquals(memory == LITTLE, step.spilled() > 0);
      }
    }
  }

  private static List<KilledStep.Fed> fed(int seed, Map<Long, Long> table) {
    Random random = new Random(seed);
    List<KilledStep.Fed> fed = new ArrayList<>();
    for (int i = 0; i < 40; i++) {
      List<TimedRows.Row> rows = new ArrayList<>();
      List<Change> changes = new ArrayList<>();
      for (int n = random.nextInt(9); n >= 0; n--) {
        long key = random.nextInt(6);
        long number = random.nextInt(50);
        int what = random.nextInt(4);
        if (what == 0) {
          rows.add(row(key, UNKNOWN));
          changes.add(Change.DELETE);
          table.remove(key);
          continue;
        }
        if (what == 1) {
          long before = random.nextInt(6);
          rows.add(row(before, UNKNOWN));
          changes.add(Change.UPDATE_BEFORE);
          table.remove(before);
        }
        rows.add(row(key, number));
        changes.add(what == 1 ? Change.UPDATE_AFTER : Change.INSERT);
        table.put(key, number);
      }
      fed.add(new KilledStep.Fed(batch(rows, changes), 0));
    }
    return fed;
  }
}
