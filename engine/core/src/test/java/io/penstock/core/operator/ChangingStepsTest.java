package io.penstock.core.operator;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.penstock.api.data.Batch;
import io.penstock.api.data.Change;
import io.penstock.api.data.Column;
import io.penstock.api.option.Span;
import io.penstock.core.logical.Deduplicate;
import io.penstock.core.logical.Emit;
import io.penstock.core.logical.Operation;
import io.penstock.core.logical.Window;
import io.penstock.testkit.MemoryDisk;
import java.io.IOException;
import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;

/** Changes, applied one after the other, give the table that the rows give at the end. */
class ChangingStepsTest {
  private static final long PLENTY = 1L << 40;

  /** Less than a handful of groups take. */
  private static final long LITTLE = 3000;

  private static final Emit FINAL = new Emit.Final();
  private static final Emit CHANGES = new Emit.Changes();
  private static final Emit EVERY = new Emit.Every(micros(15));
  private static final Window TEN =
      new Window.Tumbling(new Span(10, Span.Unit.MICROS), Span.ZERO, Optional.empty());
  private static final Window HOPPING =
      new Window.Hopping(
          new Span(10, Span.Unit.MICROS),
          new Span(4, Span.Unit.MICROS),
          Span.ZERO,
          Optional.empty());

  private final AppliedChanges out = new AppliedChanges();

  private static Duration micros(long micros) {
    return Duration.of(micros, ChronoUnit.MICROS);
  }

  private static OneStep step() {
    return new OneStep(TimedRows.SCHEMA);
  }

  private static OneStep aggregate() {
    return step()
        .aggregate(
            List.of("k"),
            "count()",
            "sum(n)",
            "avg(n)",
            "min(n)",
            "max(n)",
            "count_distinct(n)",
            "count() where n > 4",
            "sum(n) where n > 4");
  }

  private static Batch changes(List<TimedRows.Row> rows, Change... changes) {
    long[] operations = new long[changes.length];
    for (int i = 0; i < operations.length; i++) {
      operations[i] = changes[i].ordinal();
    }
    Batch batch = TimedRows.batch(rows);
    return batch.with(
        batch
            .marks()
            .withOperations(Optional.of(new Column.Longs(operations.length, operations, null))));
  }

  private static TimedRows.Row row(long key, long number) {
    return new TimedRows.Row(key, number, 0, TimeTracker.NOTHING);
  }

  @Test
  void eachBatchGivesWhatHasChangedByIt() {
    Operator operator =
        step()
            .aggregate(List.of("k"), "count()")
            .emit(CHANGES, false)
            .make(new MemoryDisk(), PLENTY)
            .operator();
    OneStep.take(operator, TimedRows.batch(row(1, 1), row(2, 1), row(1, 1)), out);
    OneStep.take(operator, TimedRows.batch(row(1, 1)), out);
    OneStep.end(operator, out);

    assertEquals(List.of("+ 1 2", "+ 2 1", "< 1 2", "> 1 3"), out.changes);
  }

  @Test
  void aGroupWithoutRowsGoesAndAResultThatStaysIsNoChange() {
    Operator operator =
        step()
            .aggregate(List.of("k"), "max(n)")
            .emit(CHANGES, true)
            .make(new MemoryDisk(), PLENTY)
            .operator();
    OneStep.take(operator, TimedRows.batch(row(1, 5), row(1, 7), row(2, 3)), out);
    OneStep.take(operator, changes(List.of(row(1, 5)), Change.DELETE), out);
    OneStep.take(
        operator,
        changes(List.of(row(1, 7), row(1, 2)), Change.UPDATE_BEFORE, Change.UPDATE_AFTER),
        out);
    OneStep.take(operator, changes(List.of(row(2, 3)), Change.DELETE), out);

    assertEquals(List.of("+ 1 7", "+ 2 3", "< 1 7", "> 1 2", "- 2 3"), out.changes);
  }

  @Test
  void oneGroupOfAllRowsIsThereWithoutAny() {
    Operator operator =
        step()
            .aggregate(List.of(), "count()")
            .emit(CHANGES, true)
            .make(new MemoryDisk(), PLENTY)
            .operator();
    OneStep.end(operator, out);
    assertEquals(List.of("+ 0"), out.changes);
  }

  @Test
  void aWindowGivesItsResultAtItsEndAndAgainForLateRows() {
    Operator operator =
        step()
            .aggregate(List.of("k"), "count()")
            .window(TEN, micros(20))
            .emit(CHANGES, false)
            .make(new MemoryDisk(), PLENTY)
            .operator();
    OneStep.take(operator, TimedRows.batch(TimedRows.row(0)), out);
    OneStep.watermark(operator, 8, out);
    assertEquals(List.of(), out.changes);
    OneStep.watermark(operator, 9, out);
    OneStep.take(operator, TimedRows.batch(TimedRows.row(5)), out);
    OneStep.watermark(operator, 29, out);
    OneStep.take(operator, TimedRows.batch(TimedRows.row(1, 5, 29)), out);

    assertEquals(List.of("+ 1 0 10 1", "< 1 0 10 1", "> 1 0 10 2"), out.changes);
    assertEquals(List.of(" 1 1 24 0 10"), out.late);
  }

  @Test
  void resultsSoFarComeEverySoOften() {
    Operator operator =
        step()
            .aggregate(List.of("k"), "count()")
            .window(TEN, micros(0))
            .emit(new Emit.Every(micros(4)), false)
            .make(new MemoryDisk(), PLENTY)
            .operator();
    OneStep.watermark(operator, 0, out);
    OneStep.take(operator, TimedRows.batch(TimedRows.row(1)), out);
    OneStep.watermark(operator, 3, out);
    assertEquals(List.of(), out.changes);
    OneStep.watermark(operator, 4, out);
    OneStep.take(operator, TimedRows.batch(TimedRows.row(5)), out);
    OneStep.watermark(operator, 5, out);
    OneStep.watermark(operator, 9, out);

    assertEquals(List.of("+ 1 0 10 1", "< 1 0 10 1", "> 1 0 10 2"), out.changes);
  }

  @Test
  void rowsThatAreAddedGiveInTheEndWhatTheyGiveTogether() throws IOException {
    Supplier<OneStep> tops = () -> step().top(3, false, List.of("k"), "-n");
    sameAsTogether(ChangingStepsTest::aggregate, CHANGES);
    sameAsTogether(tops, CHANGES);
    sameAsTogether(() -> tops.get().ranked("place"), CHANGES);
    sameAsTogether(() -> step().top(2, true, List.of("k"), "n").ranked("place"), CHANGES);
    sameAsTogether(() -> step().top(1, false, List.of(), "n"), CHANGES);
    for (Emit emit : List.of(CHANGES, EVERY)) {
      sameAsTogether(() -> aggregate().window(TEN, micros(7)), emit);
      sameAsTogether(() -> aggregate().window(HOPPING, micros(0)), emit);
      sameAsTogether(() -> tops.get().in(HOPPING, micros(3)), emit);
    }
    sameAsTogether(ChangingStepsTest::aggregate, EVERY);
  }

  private static void sameAsTogether(Supplier<OneStep> step, Emit emit) throws IOException {
    for (int seed = 0; seed < 8; seed++) {
      List<KilledStep.Fed> fed = fed(seed);
      AppliedChanges wanted = new AppliedChanges();
      feed(step.get(), fed, wanted);
      AppliedChanges got = new AppliedChanges();
      feed(step.get().emit(emit, false), fed, got);
      assertEquals(wanted.table(), got.table(), emit + " " + seed);
      assertEquals(wanted.late, got.late);
      sameWithLittleMemory(step.get().emit(emit, false), fed, got);
      for (long memory : List.of(PLENTY, LITTLE)) {
        AppliedChanges killed = new AppliedChanges();
        new KilledStep(step.get().emit(emit, false), seed, memory)
            .run(fed, killed, List.of(killed.changes, killed.late));
        assertEquals(wanted.table(), killed.table(), emit + " killed " + seed + " in " + memory);
        assertEquals(wanted.late, killed.late);
      }
      assertTrue(got.changes.size() >= wanted.changes.size());
    }
  }

  /** With little memory the same changes come; between groups their order may be another. */
  private static void sameWithLittleMemory(
      OneStep step, List<KilledStep.Fed> fed, AppliedChanges wanted) {
    AppliedChanges little = new AppliedChanges();
    OneStep.Made made = step.make(new MemoryDisk(), LITTLE);
    feed(made.operator(), fed, little);
    assertEquals(wanted.table(), little.table());
    assertEquals(
        wanted.changes.stream().sorted().toList(), little.changes.stream().sorted().toList());
    assertEquals(isKeyed(made.context().node().operation()), made.spill().written() > 0);
    made.operator().close();
  }

  private static boolean isKeyed(Operation operation) {
    return operation instanceof Operation.Top top
        ? !top.by().isEmpty()
        : !((Operation.Aggregate) operation).by().isEmpty();
  }

  private static List<KilledStep.Fed> fed(int seed) {
    Random random = new Random(seed);
    List<KilledStep.Fed> fed = new ArrayList<>();
    long most = 0;
    for (int i = 1; i <= 40; i++) {
      List<TimedRows.Row> rows = new ArrayList<>();
      for (int n = random.nextInt(12); n >= 0; n--) {
        long time = i * 2 + random.nextInt(20);
        rows.add(new TimedRows.Row(random.nextInt(4), random.nextInt(9), time, most - 8));
        most = Math.max(most, time);
      }
      fed.add(new KilledStep.Fed(TimedRows.batch(rows), most - 8));
    }
    return fed;
  }

  private static void feed(OneStep step, List<KilledStep.Fed> fed, Operator.Out out) {
    feed(step.make(new MemoryDisk(), PLENTY).operator(), fed, out);
  }

  private static void feed(Operator operator, List<KilledStep.Fed> fed, Operator.Out out) {
    for (KilledStep.Fed each : fed) {
      OneStep.take(operator, each.rows(), out);
      OneStep.watermark(operator, each.watermark(), out);
    }
    OneStep.watermark(operator, Long.MAX_VALUE, out);
    OneStep.end(operator, out);
  }

  @Test
  void changesGiveInTheEndWhatTheRowsGiveThatAreLeft() throws IOException {
    sameAsRest(ChangingStepsTest::aggregate);
    sameAsRest(() -> step().aggregate(List.of(), "count()", "min(n)"));
    sameAsRest(() -> step().top(3, false, List.of("k"), "-n"));
    sameAsRest(() -> step().top(3, true, List.of("k"), "n").ranked("place"));
    sameAsRest(() -> step().top(1, false, List.of("k"), "n"));
  }

  private static void sameAsRest(Supplier<OneStep> step) throws IOException {
    for (int seed = 0; seed < 8; seed++) {
      List<TimedRows.Row> left = new ArrayList<>();
      List<KilledStep.Fed> fed = changing(seed, left);
      AppliedChanges wanted = new AppliedChanges();
      feed(step.get(), List.of(new KilledStep.Fed(TimedRows.batch(left), 0)), wanted);
      for (Emit emit : List.of(CHANGES, FINAL)) {
        AppliedChanges got = new AppliedChanges();
        feed(step.get().emit(emit, true), fed, got);
        assertEquals(wanted.table(), got.table(), emit + " " + seed);
        sameWithLittleMemory(step.get().emit(emit, true), fed, got);
        for (long memory : List.of(PLENTY, LITTLE)) {
          AppliedChanges killed = new AppliedChanges();
          new KilledStep(step.get().emit(emit, true), seed, memory)
              .run(fed, killed, List.of(killed.changes));
          assertEquals(wanted.table(), killed.table(), emit + " killed " + seed + " in " + memory);
        }
      }
    }
  }

  /** Changes to a table of rows, which are there at the end. */
  private static List<KilledStep.Fed> changing(int seed, List<TimedRows.Row> table) {
    Random random = new Random(seed);
    List<KilledStep.Fed> fed = new ArrayList<>();
    for (int i = 0; i < 40; i++) {
      List<TimedRows.Row> rows = new ArrayList<>();
      List<Change> changes = new ArrayList<>();
      for (int n = random.nextInt(9); n >= 0; n--) {
        TimedRows.Row fresh = row(random.nextInt(4), random.nextInt(9));
        int what = random.nextInt(10);
        if (what < 4 || table.isEmpty()) {
          rows.add(fresh);
          changes.add(Change.INSERT);
        } else {
          boolean goes = what < 7;
          rows.add(table.remove(random.nextInt(table.size())));
          changes.add(goes ? Change.DELETE : Change.UPDATE_BEFORE);
          if (goes) {
            continue;
          }
          rows.add(fresh);
          changes.add(Change.UPDATE_AFTER);
        }
        table.add(fresh);
      }
      fed.add(new KilledStep.Fed(changes(rows, changes.toArray(new Change[0])), 0));
    }
    return fed;
  }

  @Test
  void theLatestRowOfAKeyReplacesTheOneBefore() {
    Operator operator =
        step()
            .deduplicate(Deduplicate.Keep.LATEST, micros(1), "k")
            .emit(CHANGES, false)
            .make(new MemoryDisk(), PLENTY)
            .operator();
    long none = TimeTracker.NOTHING;
    OneStep.take(operator, TimedRows.batch(new TimedRows.Row(1, 1, 5, none)), out);
    OneStep.take(operator, TimedRows.batch(new TimedRows.Row(1, 2, 3, none)), out);
    OneStep.take(operator, TimedRows.batch(new TimedRows.Row(1, 3, 7, none)), out);

    assertEquals(List.of("+ 1 1", "< 1 1", "> 1 3"), out.changes);
  }

  @Test
  void manyGroupsThatLieOnTheDiskComeBackToBeShown() throws IOException {
    int keys = 6000;
    List<KilledStep.Fed> fed = new ArrayList<>();
    for (int turn = 1; turn <= 3; turn++) {
      for (int from = 0; from < keys; from += 1000) {
        List<TimedRows.Row> rows = new ArrayList<>();
        for (int key = from; key < from + 1000; key += turn) {
          rows.add(new TimedRows.Row(key, turn, turn * 20L, TimeTracker.NOTHING));
        }
        fed.add(new KilledStep.Fed(TimedRows.batch(rows), turn * 20L - 19));
      }
    }
    Supplier<OneStep> counts = () -> step().aggregate(List.of("k"), "count()", "max(n)");
    for (Supplier<OneStep> each : List.of(counts, () -> step().top(1, false, List.of("k"), "-n"))) {
      AppliedChanges wanted = new AppliedChanges();
      feed(each.get(), fed, wanted);
      AppliedChanges got = new AppliedChanges();
      OneStep.Made made = each.get().emit(EVERY, false).make(new MemoryDisk(), 100_000);
      feed(made.operator(), fed, got);
      assertEquals(wanted.table(), got.table());
      assertTrue(made.spill().written() > 400_000);
      assertTrue(got.changes.size() > wanted.changes.size());
    }
  }
}
