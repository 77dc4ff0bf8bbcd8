package io.penstock.core.operator;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.penstock.api.data.Batch;
import io.penstock.api.data.Column;
import io.penstock.api.data.DataType;
import io.penstock.api.data.Field;
import io.penstock.api.data.Provenance;
import io.penstock.api.data.RowMarks;
import io.penstock.api.data.Schema;
import io.penstock.core.logical.Deduplicate.Keep;
import io.penstock.core.state.SegmentFolder;
import io.penstock.core.state.SegmentWriter;
import io.penstock.testkit.MemoryDisk;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.function.Function;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Steps that go by the times of rows, over two partitions that take turns at random, against the
 * same done with lists.
 */
class TimedStepsTest {
  private static final long PLENTY = 1L << 40;
  private static final long NOTHING = 1;
  private static final long WITHIN = 2_000;
  private static final Schema ROW =
      Schema.of(Field.of("k", DataType.INT), Field.of("n", DataType.INT));

  /** The n-th row of a partition, with the watermark of its partition before it. */
  private record Row(int partition, long k, long n, long time, long stamp) {
    boolean isLate() {
      return time <= stamp;
    }

    String text() {
      return k + " " + n + " @" + time;
    }
  }

  /**
   * A step.
   *
   * @param wanted what comes of the rows that are on time, in the order in which they come
   * @param inOrder whether the rows that come out are in that order
   */
  private record Case(
      String name, OneStep step, Function<List<Row>, List<Row>> wanted, boolean inOrder) {
    @Override
    public String toString() {
      return name;
    }
  }

  static Stream<Case> cases() {
    Duration within = Duration.ofNanos(WITHIN * 1000);
    return Stream.of(
        new Case("sort", step().byTime(), TimedStepsTest::sorted, true),
        new Case("first", step().deduplicate(Keep.FIRST, within, "k"), rows -> distant(rows), true),
        new Case(
            "earliest",
            step().deduplicate(Keep.EARLIEST, within, "k"),
            rows -> distant(sorted(rows)),
            true),
        new Case(
            "filled",
            step().fillGaps("n", 300, WITHIN, Map.of()),
            rows -> filled(sorted(rows)),
            true),
        new Case(
            "latest",
            step().deduplicate(Keep.LATEST, within, "k"),
            rows -> latest(sorted(rows)),
            false));
  }

  private static OneStep step() {
    return new OneStep(ROW);
  }

  private static List<Row> sorted(List<Row> rows) {
    return rows.stream()
        .sorted(
            Comparator.comparingLong(Row::time)
                .thenComparingInt(Row::partition)
                .thenComparingLong(Row::n))
        .toList();
  }

  /** Rows of which none of their key is near that was taken before. */
  private static List<Row> distant(List<Row> rows) {
    Map<Long, List<Row>> taken = new HashMap<>();
    List<Row> all = new ArrayList<>();
    for (Row row : rows) {
      List<Row> own = taken.computeIfAbsent(row.k(), k -> new ArrayList<>());
      if (own.stream().noneMatch(other -> Math.abs(other.time() - row.time()) <= WITHIN)) {
        own.add(row);
        all.add(row);
      }
    }
    return all;
  }

  private static List<Row> latest(List<Row> rows) {
    Map<Long, Row> first = new LinkedHashMap<>();
    Map<Long, Row> last = new LinkedHashMap<>();
    List<Row> all = new ArrayList<>();
    for (Row row : rows) {
      Row begin = first.get(row.k());
      if (begin == null || row.time() - begin.time() > WITHIN) {
        if (begin != null) {
          all.add(last.get(row.k()));
        }
        first.put(row.k(), row);
      }
      last.put(row.k(), row);
    }
    all.addAll(last.values());
    return all;
  }

  /** Before each row those that are missing since the one of its key before, up to a gap. */
  private static List<Row> filled(List<Row> rows) {
    Map<Long, Row> last = new HashMap<>();
    List<Row> all = new ArrayList<>();
    for (Row row : rows) {
      Row before = last.put(row.k(), row);
      if (before != null && row.time() - before.time() <= WITHIN) {
        for (long time = before.time() + 300; time < row.time(); time += 300) {
          all.add(new Row(row.partition(), row.k(), time, time, Long.MIN_VALUE));
        }
      }
      all.add(row);
    }
    return all;
  }

  @ParameterizedTest
  @MethodSource("cases")
  void givesTheSameRowsHoweverPartitionsTakeTurns(Case used) throws IOException {
    for (int seed = 0; seed < 12; seed++) {
      List<List<Row>> partitions = List.of(partition(0, seed / 4), partition(1, seed / 4));
      List<List<Row>> turns = turns(partitions, seed);
      List<Row> all = turns.stream().flatMap(List::stream).toList();
      List<String> late = texts(all.stream().filter(Row::isLate).toList());
      List<String> wanted =
          texts(used.wanted().apply(all.stream().filter(r -> !r.isLate()).toList()));
      assertTrue(late.size() > 10 && wanted.size() > 100, used + ": " + wanted.size());

      Seen seen = new Seen();
      new KilledStep(used.step(), seed, seed % 2 == 0 ? PLENTY : NOTHING)
          .run(fed(turns), seen, List.of(seen.rows, seen.late));

      if (!used.inOrder()) {
        wanted.sort(null);
        seen.rows.sort(null);
      }
      assertEquals(wanted, seen.rows, used + ", seed " + seed);
      assertEquals(late, seen.late, used + ", seed " + seed);
    }
  }

  private static List<String> texts(List<Row> rows) {
    return new ArrayList<>(rows.stream().map(Row::text).toList());
  }

  /** Rows a little out of order; one in twenty is late. */
  private static List<Row> partition(int number, int seed) {
    Random random = new Random(seed * 2L + number);
    List<Row> rows = new ArrayList<>();
    long greatest = Long.MIN_VALUE;
    long now = 0;
    for (int n = 0; n < 5_000; n++) {
      now += random.nextInt(100);
      long back = random.nextInt(20) == 0 ? 4_000 : 400;
      long time = now - random.nextInt((int) back);
      long stamp = greatest == Long.MIN_VALUE ? Long.MIN_VALUE : greatest - 500 - 1;
      rows.add(new Row(number, random.nextInt(9), n, time, stamp));
      greatest = Math.max(greatest, time);
    }
    return rows;
  }

  private static List<List<Row>> turns(List<List<Row>> partitions, int seed) {
    Random random = new Random(seed);
    int[] at = new int[partitions.size()];
    List<List<Row>> turns = new ArrayList<>();
    while (at[0] < partitions.get(0).size() || at[1] < partitions.get(1).size()) {
      int which = random.nextInt(2);
      int to = Math.min(partitions.get(which).size(), at[which] + 1 + random.nextInt(30));
      if (to > at[which]) {
        turns.add(partitions.get(which).subList(at[which], to));
        at[which] = to;
      }
    }
    return turns;
  }

  private static List<KilledStep.Fed> fed(List<List<Row>> turns) {
    long[] greatest = {Long.MIN_VALUE, Long.MIN_VALUE};
    List<KilledStep.Fed> fed = new ArrayList<>();
    for (List<Row> rows : turns) {
      int partition = rows.get(0).partition();
      for (Row row : rows) {
        greatest[partition] = Math.max(greatest[partition], row.time());
      }
      long least = Math.min(greatest[0], greatest[1]);
      long watermark = least == Long.MIN_VALUE ? least : least - 500 - 1;
      fed.add(new KilledStep.Fed(batch(partition, rows), watermark));
    }
    return fed;
  }

  private static Batch batch(int partition, List<Row> rows) {
    Column[] columns = {column(rows, Row::k), column(rows, Row::n)};
    Provenance from =
        new Provenance(
            "above",
            "split " + partition,
            rows.stream().mapToLong(Row::n).toArray(),
            new int[0],
            Map.of());
    return Batch.of(ROW, rows.size(), columns, from)
        .with(
            RowMarks.NONE.withTimes(column(rows, Row::time)).withStamps(column(rows, Row::stamp)));
  }

  private static Column.Longs column(List<Row> rows, Function<Row, Long> value) {
    return new Column.Longs(rows.size(), rows.stream().mapToLong(value::apply).toArray(), null);
  }

  /** Rows that a step has made have no place; those of one time come as they were made. */
  @ParameterizedTest
  @ValueSource(longs = {NOTHING, PLENTY})
  void rowsWithoutAPlaceKeepTheirOrder(long memory) {
    Operator sort = step().byTime().make(new MemoryDisk(), memory).operator();
    Seen seen = new Seen();
    OneStep.take(sort, made(new Row(0, 1, 1, 10, 0), new Row(0, 1, 2, 30, 0)), seen);
    OneStep.take(sort, made(new Row(0, 1, 3, 30, 0)), seen);
    OneStep.watermark(sort, Long.MAX_VALUE, seen);

    assertEquals(List.of("1 1 @10", "1 2 @30", "1 3 @30"), seen.rows);
  }

  @ParameterizedTest
  @MethodSource("cases")
  void whatDoesNotFitIntoMemoryIsOnTheDisk(Case used) {
    OneStep.Made made = used.step().make(new MemoryDisk(), NOTHING);
    Seen seen = new Seen();
    for (KilledStep.Fed fed : fed(turns(List.of(partition(0, 1), partition(1, 1)), 1))) {
      OneStep.take(made.operator(), fed.rows(), seen);
      OneStep.watermark(made.operator(), fed.watermark(), seen);
    }

    assertTrue(made.spill().written() > 0, used.name());
    made.operator().close();
    assertEquals(0, made.context().memory().held());
  }

  @Test
  void lastRowsThatDoNotFitIntoMemoryGoToTheDisk() {
    int keys = 20_000;
    List<List<String>> outputs = new ArrayList<>();
    for (long memory : List.of(PLENTY, 400_000L)) {
      OneStep step = step().deduplicate(Keep.LATEST, Duration.ofNanos(400_000), "k");
      OneStep.Made made = step.make(new MemoryDisk(), memory);
      Seen seen = new Seen();
      for (long n = 0; n < 2 * keys; n += 1000) {
        List<Row> rows = new ArrayList<>();
        for (long row = n; row < n + 1000; row++) {
          rows.add(new Row(0, row * (row < keys ? 1 : 7919) % keys, row, row / 100, -1));
        }
        OneStep.take(made.operator(), batch(0, rows), seen);
        OneStep.watermark(made.operator(), rows.get(999).time() - 1, seen);
        assertTrue(made.operator().held() < memory + (64 << 10), "" + made.operator().held());
      }
      OneStep.watermark(made.operator(), Long.MAX_VALUE, seen);
      outputs.add(seen.rows);
      assertEquals(memory < PLENTY, made.spill().written() > 400_000);
    }

    assertTrue(outputs.get(0).size() >= keys);
    assertEquals(outputs.get(0), outputs.get(1));
  }

  @ParameterizedTest
  @MethodSource("cases")
  void epochsWithoutRowsDoNotHeapUpSegments(Case used) throws IOException {
    MemoryDisk disk = new MemoryDisk();
    SegmentFolder folder = new SegmentFolder(disk, Path.of("/state"));
    Operator operator = used.step().make(disk, PLENTY).operator();
    int most = 0;
    for (int epoch = 0; epoch < 400; epoch++) {
      SegmentWriter writer = folder.writer(epoch, "0");
      operator.snapshot(writer);
      most = Math.max(most, writer.segments().size());
    }

    assertTrue(most < 200, "" + most);
  }

  private static Batch made(Row... rows) {
    Batch read = batch(0, List.of(rows));
    return new Batch(
        read.schema(), read.size(), read.columns(), Provenance.none("above"), read.marks());
  }

  /** Gathers rows as texts, and those that were late. */
  private static final class Seen implements Operator.Out {
    private final List<String> rows = new ArrayList<>();
    private final List<String> late = new ArrayList<>();

    @Override
    public void rows(int output, Batch batch) {
      long[] k = ((Column.Longs) batch.column(0)).values();
      long[] n = ((Column.Longs) batch.column(1)).values();
      long[] times = batch.times().orElseThrow().values();
      for (int row = 0; row < batch.size(); row++) {
        (output == LateMaker.LATE ? late : rows).add(k[row] + " " + n[row] + " @" + times[row]);
      }
    }

    @Override
    public void deadLetters(Batch letters) {
      throw new AssertionError("a dead letter");
    }
  }
}
