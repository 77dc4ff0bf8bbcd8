package io.penstock.core.operator;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.penstock.api.data.Batch;
import io.penstock.api.data.Column;
import io.penstock.api.data.DataType;
import io.penstock.api.data.Schema;
import io.penstock.api.problem.PipelineException;
import io.penstock.api.problem.ProblemCode;
import io.penstock.core.expression.Values;
import io.penstock.core.logical.FailedRows;
import io.penstock.core.logical.Join;
import io.penstock.core.state.Segment;
import io.penstock.core.state.SegmentFolder;
import io.penstock.core.state.SegmentWriter;
import io.penstock.testkit.MemoryDisk;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Joins against two nested loops, in whatever order the rows come. */
class JoinOperatorTest {
  private static final long PLENTY = 1L << 40;
  private static final int ROWS = 60;
  private static final int[] MOST = {1, 7, ROWS};

  static List<JoinShape> shapes() {
    return JoinShape.all();
  }

  /** Results as texts; checks the promise that none is older than what was handed on. */
  private static class Results implements Operator.Out {
    final List<String> rows = new ArrayList<>();
    private long handedOn = TimeTracker.NOTHING;

    @Override
    public void rows(int output, Batch batch) {
      assertTrue(batch.size() > 0 && batch.size() <= Batch.MAX_ROWS);
      for (int row = 0; row < batch.size(); row++) {
        rows.add(output == LateMaker.LATE ? late(batch, row) : main(batch, row));
      }
    }

    private String main(Batch batch, int row) {
      List<Object> parts = new ArrayList<>();
      parts.add(value(batch, "k", row));
      parts.add(value(batch, "a", row));
      parts.add(batch.schema().indexOf("b") < 0 ? "null" : value(batch, "b", row));
      batch.times().ifPresent(times -> parts.add(times.values()[row]));
      batch.marks().windows().ifPresent(windows -> parts.add(windows.starts().values()[row]));
      if (batch.times().isPresent()) {
        long time = batch.times().get().values()[row];
        assertTrue(time > handedOn, "older than the watermark");
        assertTrue(time > Windower.stamps(batch)[row], "late at once");
      }
      return NaiveJoin.text(parts.toArray());
    }

    private static String late(Batch batch, int row) {
      List<Object> parts = new ArrayList<>(List.of("late"));
      boolean left = value(batch, "b", row).equals("null");
      parts.add(left ? 0 : 1);
      parts.add(value(batch, left ? "a" : "b", row));
      parts.add(longs(batch, "late_by")[row]);
      if (batch.schema().indexOf("window_start") >= 0) {
        parts.add(longs(batch, "window_start")[row]);
      }
      return NaiveJoin.text(parts.toArray());
    }

    private static long[] longs(Batch batch, String name) {
      return ((Column.Longs) batch.column(batch.schema().indexOf(name))).values();
    }

    private static String value(Batch batch, String name, int row) {
      int at = batch.schema().indexOf(name);
      DataType type = batch.schema().column(at).type();
      return String.valueOf(Values.get(batch.column(at), type, row));
    }

    List<String> sorted() {
      List<String> sorted = new ArrayList<>(rows);
      sorted.sort(Comparator.naturalOrder());
      return sorted;
    }

    @Override
    public void deadLetters(Batch letters) {
      throw new AssertionError("a dead letter");
    }
  }

  private static void take(Operator operator, JoinInput.Event event, long before, Results out) {
    operator.rows(event.side(), event.rows());
    OneStep.drain(operator, out);
    if (event.watermark() > before) {
      operator.watermark(event.watermark());
      OneStep.drain(operator, out);
      out.handedOn = operator.handedOn(event.watermark());
    }
  }

  private static Optional<Long> windows(JoinShape shape) {
    return shape.bound() == JoinShape.Bound.SAME
        ? Optional.of(shape.bound().size)
        : Optional.empty();
  }

  @ParameterizedTest
  @MethodSource("shapes")
  void givesWhatTwoLoopsGiveInWhateverOrderRowsCome(JoinShape shape) {
    for (int seed = 0; seed < 12; seed++) {
      JoinInput input = JoinInput.of(new Random(seed % 4), ROWS);
      Random random = new Random(seed);
      Results results = new Results();
      OneStep.Made made = shape.make(new MemoryDisk(), PLENTY);
      long watermark = TimeTracker.NOTHING;
      for (JoinInput.Event event : input.events(random, MOST[seed % 3], windows(shape))) {
        take(made.operator(), event, watermark, results);
        watermark = event.watermark();
      }
      OneStep.end(made.operator(), results);

      assertEquals(NaiveJoin.of(shape, input), results.sorted(), shape + ", seed " + seed);
    }
  }

  @ParameterizedTest
  @MethodSource("shapes")
  void goesOnFromASnapshotAsIfNothingHadHappened(JoinShape shape) throws IOException {
    for (int seed = 0; seed < 6; seed++) {
      JoinInput input = JoinInput.of(new Random(seed), ROWS);
      Random random = new Random(seed);
      Results results = new Results();

      kept(shape, input.events(random, MOST[seed % 3], windows(shape)), random, results);

      assertEquals(NaiveJoin.of(shape, input), results.sorted(), shape + ", seed " + seed);
    }
  }

  /** Snapshots at many places; after some the operator is lost, with rows taken since. */
  private static void kept(
      JoinShape shape, List<JoinInput.Event> events, Random random, Results out)
      throws IOException {
    MemoryDisk disk = new MemoryDisk();
    SegmentFolder folder = new SegmentFolder(disk, Path.of("/state"));
    OneStep.Made made = shape.make(disk, PLENTY);
    List<Segment> segments = List.of();
    int settled = 0;
    int rows = 0;
    long handedOn = TimeTracker.NOTHING;
    for (int i = 0; i < events.size(); i++) {
      take(made.operator(), events.get(i), watermark(events, i - 1), out);
      int chance = random.nextInt(10);
      if (chance < 3) {
        SegmentWriter writer = folder.writer(i, "0");
        made.operator().snapshot(writer);
        segments = writer.segments();
        settled = i + 1;
        rows = out.rows.size();
        handedOn = out.handedOn;
      } else if (chance == 3) {
        made = shape.make(disk, PLENTY);
        made.operator().restore(folder.reader(segments));
        out.rows.subList(rows, out.rows.size()).clear();
        out.handedOn = handedOn;
        i = settled - 1;
      }
    }
    OneStep.end(made.operator(), out);
  }

  private static long watermark(List<JoinInput.Event> events, int index) {
    return index < 0 ? TimeTracker.NOTHING : events.get(index).watermark();
  }

  private static JoinShape within(Join.Type type, boolean asOf) {
    return new JoinShape(type, JoinShape.Bound.UNEVEN, asOf, false);
  }

  @Test
  void holdsNoMoreThanRowsThatMayStillMeet() {
    for (Join.Type type : Join.Type.values()) {
      for (int as = 0; as < 2; as++) {
        OneStep.Made made = within(type, as == 1).make(new MemoryDisk(), PLENTY);
        Results results = new Results();
        long most = 0;
        long watermark = TimeTracker.NOTHING;
        List<JoinInput.Event> events =
            JoinInput.of(new Random(1), 4_000).events(new Random(2), 30, Optional.empty());
        for (JoinInput.Event event : events) {
          take(made.operator(), event, watermark, results);
          watermark = event.watermark();
          most = Math.max(most, made.operator().held());
        }
        assertTrue(most < 600_000, type + " holds " + most);
      }
    }
  }

  @Test
  void aSnapshotWithoutRowsWritesNothing() throws IOException {
    MemoryDisk disk = new MemoryDisk();
    SegmentFolder folder = new SegmentFolder(disk, Path.of("/state"));
    OneStep.Made made = within(Join.Type.FULL, false).make(disk, PLENTY);
    Results results = new Results();
    long watermark = TimeTracker.NOTHING;
    int epoch = 0;
    int most = 0;
    List<Segment> before = List.of();
    List<JoinInput.Event> events =
        JoinInput.of(new Random(1), 200).events(new Random(2), 1, Optional.empty());
    for (JoinInput.Event event : events) {
      take(made.operator(), event, watermark, results);
      watermark = event.watermark();
      SegmentWriter writer = folder.writer(++epoch, "0");
      made.operator().snapshot(writer);
      before = writer.segments();
      most = Math.max(most, before.size());
    }

    SegmentWriter same = folder.writer(++epoch, "0");
    made.operator().snapshot(same);
    assertEquals(before, same.segments());
    assertTrue(most <= 34, most + " segments");
  }

  @Test
  void pairsForWhichTheConditionFailsLeaveByTheirOutput() {
    JoinShape shape = new JoinShape(Join.Type.INNER, JoinShape.Bound.NONE, false, false);
    JoinInput input = JoinInput.of(new Random(1), ROWS);
    OneStep.Made made =
        shape.make(Optional.of("div(60, left.v - right.v) > 0"), new MemoryDisk(), PLENTY);
    List<Batch> failed = new ArrayList<>();
    Results results =
        new Results() {
          @Override
          public void rows(int output, Batch batch) {
            if (output == FAILED) {
              failed.add(batch);
            }
          }
        };
    for (JoinInput.Event event : input.events(new Random(2), 7, Optional.empty())) {
      take(made.operator(), event, Long.MAX_VALUE, results);
    }

    Schema wanted = FailedRows.of(List.of(JoinShape.LEFT, JoinShape.RIGHT));
    failed.forEach(batch -> assertEquals(wanted, batch.schema()));
    assertEquals(equalValues(input), failed.stream().mapToInt(Batch::size).sum());
  }

  private static long equalValues(JoinInput input) {
    List<JoinInput.Row> all = input.partitions().stream().flatMap(List::stream).toList();
    long count = 0;
    for (JoinInput.Row left : all) {
      for (JoinInput.Row right : all) {
        boolean pair = left.side() == 0 && right.side() == 1;
        String key = left.key();
        Long value = left.v();
        if (pair && key != null && key.equals(right.key()) && value != null) {
          count += value.equals(right.v()) ? 1 : 0;
        }
      }
    }
    return count;
  }

  @Test
  void moreThanThereIsEndsTheRunNamingTheStep() {
    JoinShape shape = new JoinShape(Join.Type.INNER, JoinShape.Bound.NONE, false, false);
    OneStep.Made made = shape.make(new MemoryDisk(), 200_000);
    List<JoinInput.Event> events =
        JoinInput.of(new Random(1), 3_000).events(new Random(2), 30, Optional.empty());

    PipelineException e =
        assertThrows(
            PipelineException.class,
            () -> {
              for (JoinInput.Event event : events) {
                take(made.operator(), event, Long.MAX_VALUE, new Results());
              }
            });
    assertEquals(ProblemCode.R401, e.problem().code());
    assertTrue(e.problem().message().contains("`step`"), e.problem().message());
  }
}
