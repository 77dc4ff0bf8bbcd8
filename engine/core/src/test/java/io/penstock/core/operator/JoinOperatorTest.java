package io.penstock.core.operator;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.penstock.api.data.Batch;
import io.penstock.api.data.Schema;
import io.penstock.core.logical.FailedRows;
import io.penstock.core.logical.Join;
import io.penstock.core.state.Segment;
import io.penstock.core.state.SegmentFolder;
import io.penstock.core.state.SegmentWriter;
import io.penstock.testkit.MemoryDisk;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
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

  @ParameterizedTest
  @MethodSource("shapes")
  void givesWhatTwoLoopsGiveInWhateverOrderRowsCome(JoinShape shape) {
    for (int seed = 0; seed < 12; seed++) {
      JoinInput input = JoinInput.of(new Random(seed % 4), ROWS);
      Random random = new Random(seed);
      JoinResults results = new JoinResults();
      OneStep.Made made = shape.make(new MemoryDisk(), PLENTY);
      long watermark = TimeTracker.NOTHING;
      for (JoinInput.Event event : input.events(random, MOST[seed % 3], shape.windows())) {
        JoinResults.take(made.operator(), event, watermark, results);
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
      JoinResults results = new JoinResults();

      JoinResults.kept(
          shape, PLENTY, input.events(random, MOST[seed % 3], shape.windows()), random, results);

      assertEquals(NaiveJoin.of(shape, input), results.sorted(), shape + ", seed " + seed);
    }
  }

  private static JoinShape within(Join.Type type, boolean asOf) {
    return new JoinShape(type, JoinShape.Bound.UNEVEN, asOf, false);
  }

  @Test
  void holdsNoMoreThanRowsThatMayStillMeet() {
    for (Join.Type type : Join.Type.values()) {
      for (int as = 0; as < 2; as++) {
        OneStep.Made made = within(type, as == 1).make(new MemoryDisk(), PLENTY);
        JoinResults results = new JoinResults();
        long most = 0;
        long watermark = TimeTracker.NOTHING;
        List<JoinInput.Event> events =
            JoinInput.of(new Random(1), 4_000).events(new Random(2), 30, Optional.empty());
        for (JoinInput.Event event : events) {
          JoinResults.take(made.operator(), event, watermark, results);
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
    JoinResults results = new JoinResults();
    long watermark = TimeTracker.NOTHING;
    int epoch = 0;
    int most = 0;
    List<Segment> before = List.of();
    List<JoinInput.Event> events =
        JoinInput.of(new Random(1), 200).events(new Random(2), 1, Optional.empty());
    for (JoinInput.Event event : events) {
      JoinResults.take(made.operator(), event, watermark, results);
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
    JoinResults results =
        new JoinResults() {
          @Override
          public void rows(int output, Batch batch) {
            if (output == FAILED) {
              failed.add(batch);
            }
          }
        };
    for (JoinInput.Event event : input.events(new Random(2), 7, Optional.empty())) {
      JoinResults.take(made.operator(), event, Long.MAX_VALUE, results);
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
}
