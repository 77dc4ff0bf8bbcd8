package io.penstock.core.operator;

import static io.penstock.core.operator.TimedRows.batch;
import static io.penstock.core.operator.TimedRows.row;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.penstock.api.data.Batch;
import io.penstock.api.option.Span;
import io.penstock.core.logical.Operation;
import io.penstock.core.logical.Window;
import io.penstock.testkit.MemoryDisk;
import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;

class PartialWindowsTest {
  private static final long PLENTY = 1L << 40;
  private static final long NOTHING = TimeTracker.NOTHING;
  private static final long DELAY = 8;

  private static final List<Window> WINDOWS =
      List.of(
          new Window.Tumbling(span(10), Span.ZERO, Optional.empty()),
          new Window.Hopping(span(10), span(4), Span.ZERO, Optional.empty()),
          new Window.Hopping(span(4), span(10), Span.ZERO, Optional.empty()),
          new Window.Cumulative(span(12), span(4), Span.ZERO, Optional.empty()));

  private static Span span(long micros) {
    return new Span(micros, Span.Unit.MICROS);
  }

  private static OneStep step(Window window, long lateness) {
    return new OneStep(TimedRows.SCHEMA)
        .aggregate(List.of("k"), "count()", "max(12 / n)")
        .window(window, Duration.of(lateness, ChronoUnit.MICROS))
        .skipping();
  }

  private static PartialWindows partial(OneStep step) {
    StepContext context = step.make(new MemoryDisk(), PLENTY).context();
    return new PartialWindows((Operation.Aggregate) context.node().operation(), context);
  }

  private static WindowGroups block(PartialWindows partial, Batch... rows) {
    List.of(rows).forEach(partial::rows);
    return partial.take().orElseThrow();
  }

  @Test
  void rowsOfABlockAreGroupedByWindow() {
    WindowGroups block =
        block(partial(step(WINDOWS.get(0), 0)), batch(row(1), row(3)), batch(row(12), row(2)));

    assertTrue(block.isGrouped());
    assertFalse(block.hasOthers());
    assertEquals(
        List.of(new StoreShelf.Key(10, 0), new StoreShelf.Key(20, 10)),
        List.copyOf(block.groups().keySet()));
  }

  @Test
  void aBlockWithARowThatFailsIsHandedOnAsItCame() {
    TimedRows.Row fails = new TimedRows.Row(1, 0, 4, NOTHING);
    PartialWindows partial = partial(step(WINDOWS.get(0), 0));
    WindowGroups block = block(partial, batch(row(1), row(2), row(3), fails));

    assertFalse(block.isGrouped());
    assertEquals(4, block.size());
    assertTrue(block(partial, batch(row(1), row(2), row(3), row(4))).isGrouped());
  }

  @Test
  void aBlockOfFewRowsIsHandedOnAsItCame() {
    assertFalse(block(partial(step(WINDOWS.get(0), 0)), batch(row(1), row(2))).isGrouped());
  }

  @Test
  void blocksOfManyGroupsAreNotWorthIt() {
    PartialWindows partial = partial(step(WINDOWS.get(0), 0));
    Batch many = batch(row(1, 1, NOTHING), row(2, 1, NOTHING), row(3, 1, NOTHING), row(1));

    assertTrue(block(partial, many).isGrouped());
    for (int i = 0; i < 63; i++) {
      assertFalse(block(partial, many).isGrouped());
    }
    assertTrue(block(partial, many).isGrouped());
  }

  @Test
  void rowsGroupedByBlockGiveWhatTheRowsGive() {
    for (Window window : WINDOWS) {
      for (int seed = 0; seed < 20; seed++) {
        OneStep step = step(window, seed % 3 * 2L);
        OneStep.Made rows = step.make(new MemoryDisk(), PLENTY);
        OneStep.Made blocks = step.make(new MemoryDisk(), PLENTY);
        TimedRows.Left wanted = new TimedRows.Left();
        TimedRows.Left got = new TimedRows.Left();
        Blocks source = new Blocks(seed);
        // Few keys, or so many that blocks are passed over.
        int keys = seed % 2 == 0 ? 2 : 40;
        PartialWindows partial = partial(step);
        for (int i = 0; i < 40; i++) {
          long known = source.known();
          List<Batch> block = source.next(keys);
          block.forEach(b -> OneStep.take(rows.operator(), TimeTracker.raised(b, known), wanted));
          give(blocks.operator(), block(partial, block.toArray(Batch[]::new)), known, got);
          OneStep.watermark(rows.operator(), source.known(), wanted);
          OneStep.watermark(blocks.operator(), source.known(), got);
        }
        OneStep.watermark(rows.operator(), Long.MAX_VALUE, wanted);
        OneStep.watermark(blocks.operator(), Long.MAX_VALUE, got);

        String name = window + " " + seed;
        assertEquals(wanted.results, got.results, name);
        assertEquals(wanted.late, got.late, name);
        assertEquals(counted(rows.counters()), counted(blocks.counters()), name);
      }
    }
  }

  private static void give(Operator operator, WindowGroups block, long known, Operator.Out out) {
    if (block.isGrouped()) {
      ((WindowTaker) operator).groups(block, known);
      OneStep.drain(operator, out);
      return;
    }
    block.rows().forEach(b -> OneStep.take(operator, TimeTracker.raised(b, known), out));
  }

  private static List<Long> counted(StepCounters counters) {
    return List.of(
        counters.in(),
        counters.output(0),
        counters.output(LateMaker.LATE),
        counters.filtered(),
        counters.failed());
  }

  /** Blocks of rows of one partition, each stamped as if nothing were before it. */
  private static final class Blocks {
    private final Random random;
    private long most = NOTHING;
    private int count;

    Blocks(int seed) {
      random = new Random(seed);
    }

    /** The watermark after the blocks so far. */
    long known() {
      return most == NOTHING ? NOTHING : most - DELAY - 1;
    }

    List<Batch> next(int keys) {
      List<Batch> block = new ArrayList<>();
      boolean fails = random.nextInt(8) == 0;
      long own = NOTHING;
      count++;
      for (int b = random.nextInt(3); b >= 0; b--) {
        List<TimedRows.Row> rows = new ArrayList<>();
        for (int n = random.nextInt(25); n >= 0; n--) {
          long time = count * 4L + random.nextInt(22);
          int number = random.nextInt(fails ? 12 : 11) + 1;
          long stamp = own == NOTHING ? NOTHING : own - DELAY - 1;
          rows.add(new TimedRows.Row(random.nextInt(keys), number % 12, time, stamp));
          own = Math.max(own, time);
        }
        block.add(batch(rows));
      }
      most = Math.max(most, own);
      return block;
    }
  }
}
