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
import io.penstock.api.option.Span;
import io.penstock.core.logical.Window;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Steps in windows against the same done with lists, with little memory and with lost processes.
 */
class WindowStepsTest {
  private static final long SECOND = 1_000_000;
  private static final long PLENTY = 1L << 40;
  private static final long LITTLE = 20 << 10;
  private static final Schema ROW =
      Schema.of(Field.of("k", DataType.INT), Field.of("v", DataType.INT));
  private static final Window TUMBLING =
      new Window.Tumbling(seconds(10), Span.ZERO, Optional.empty());
  private static final Window HOPPING =
      new Window.Hopping(seconds(10), seconds(3), Span.ZERO, Optional.empty());

  private static Span seconds(long count) {
    return new Span(count * SECOND, Span.Unit.MICROS);
  }

  /** A row with its time and the watermark of its partition before it. */
  private record Row(long k, long v, long time, long stamp) {
    @Override
    public String toString() {
      return k + " " + v + " ";
    }
  }

  private record In(long end, long start) {}

  /**
   * A step.
   *
   * @param every seconds from the beginning of a window to that of the next; each is 10 long
   * @param lateness in seconds
   * @param atOnce whether rows come out as they come
   * @param wanted what comes of the rows of one window
   */
  private record Case(
      String name,
      OneStep step,
      long every,
      long lateness,
      boolean atOnce,
      Function<List<Row>, List<Row>> wanted) {
    @Override
    public String toString() {
      return name;
    }
  }

  static Stream<Case> cases() {
    Duration none = Duration.ZERO;
    Duration late = Duration.ofSeconds(4);
    return Stream.of(
        new Case("sort", step().sort("-v").in(TUMBLING, none), 10, 0, false, sorted()),
        new Case("sort, late", step().sort("-v").in(HOPPING, late), 3, 4, false, sorted()),
        new Case(
            "top", step().top(2, false, List.of("k"), "-v").in(HOPPING, none), 3, 0, false, top()),
        new Case(
            "top, late",
            step().top(2, false, List.of("k"), "-v").in(TUMBLING, late),
            10,
            4,
            false,
            top()),
        new Case("distinct", step().distinct("k").in(TUMBLING, none), 10, 0, true, distinct()),
        new Case("distinct, late", step().distinct("k").in(HOPPING, late), 3, 4, true, distinct()));
  }

  private static OneStep step() {
    return new OneStep(ROW);
  }

  private static Function<List<Row>, List<Row>> sorted() {
    return rows ->
        rows.stream()
            .sorted(Comparator.comparing((Row row) -> -row.v()).thenComparing(Row::k))
            .toList();
  }

  private static Function<List<Row>, List<Row>> top() {
    return rows -> {
      List<Row> all = new ArrayList<>();
      for (long k : new java.util.LinkedHashSet<>(rows.stream().map(Row::k).toList())) {
        rows.stream()
            .filter(row -> row.k() == k)
            .sorted(Comparator.comparing(row -> -row.v()))
            .limit(2)
            .forEach(all::add);
      }
      return all;
    };
  }

  private static Function<List<Row>, List<Row>> distinct() {
    return rows -> {
      Set<Long> met = new HashSet<>();
      return rows.stream().filter(row -> met.add(row.k())).toList();
    };
  }

  @ParameterizedTest
  @MethodSource("cases")
  void givesTheRowsOfEachWindowAndThoseThatMissedOne(Case used) throws IOException {
    for (int seed = 0; seed < 6; seed++) {
      List<List<Row>> batches = batches(seed);
      List<String> late = new ArrayList<>();
      List<String> wanted = wanted(used, batches, late);
      assertTrue(seed == 0 || !late.isEmpty() && wanted.size() > 50, used + ", seed " + seed);

      Seen seen = new Seen();
      List<KilledStep.Fed> fed = new ArrayList<>();
      for (int i = 0; i < batches.size(); i++) {
        fed.add(new KilledStep.Fed(batch(batches.get(i)), watermark(batches, i)));
      }
      new KilledStep(used.step(), seed, seed % 2 == 0 ? PLENTY : LITTLE)
          .run(fed, seen, List.of(seen.rows, seen.late));

      if (used.atOnce()) {
        wanted.sort(null);
        seen.rows.sort(null);
      }
      assertEquals(wanted, seen.rows, used + ", seed " + seed);
      late.sort(null);
      seen.late.sort(null);
      assertEquals(late, seen.late, used + ", seed " + seed);
    }
  }

  /** Rows a little out of order, of one partition that is 2 s behind its greatest time. */
  private static List<List<Row>> batches(int seed) {
    Random random = new Random(seed);
    List<List<Row>> batches = new ArrayList<>();
    long greatest = Long.MIN_VALUE;
    long now = -30 * SECOND;
    for (int i = 0; i < 120; i++) {
      List<Row> rows = new ArrayList<>();
      for (int left = 1 + random.nextInt(seed == 0 ? 1 : 40); left > 0; left--) {
        now += random.nextInt(300_000);
        long back = random.nextInt(20) == 0 ? 25 * SECOND : 3 * SECOND;
        long time = now - (long) (random.nextDouble() * back);
        long stamp = greatest == Long.MIN_VALUE ? Long.MIN_VALUE : greatest - 2 * SECOND - 1;
        rows.add(new Row(random.nextInt(5), random.nextInt(1_000_000), time, stamp));
        greatest = Math.max(greatest, time);
      }
      batches.add(rows);
    }
    return batches;
  }

  private static List<String> wanted(Case used, List<List<Row>> batches, List<String> late) {
    Map<In, List<Row>> windows =
        new TreeMap<>(Comparator.comparing(In::end).thenComparing(In::start));
    for (List<Row> batch : batches) {
      for (Row row : batch) {
        long step = used.every() * SECOND;
        for (long s = Math.floorDiv(row.time(), step) * step;
            s > row.time() - 10 * SECOND;
            s -= step) {
          long end = s + 10 * SECOND;
          if (end - 1 + used.lateness() * SECOND <= row.stamp()) {
            late.add(row + "" + (row.stamp() - row.time()) + " " + s + " " + end + " ");
          } else {
            windows.computeIfAbsent(new In(end, s), in -> new ArrayList<>()).add(row);
          }
        }
      }
    }
    List<String> all = new ArrayList<>();
    windows.forEach(
        (in, rows) -> {
          for (Row row : used.wanted().apply(rows)) {
            long time = used.atOnce() ? row.time() : in.end() - 1;
            all.add(row + "@" + time + " in " + in.start() + " " + in.end());
          }
        });
    return all;
  }

  /** Gathers rows as texts, with their windows. */
  private static final class Seen implements Operator.Out {
    private final List<String> rows = new ArrayList<>();
    private final List<String> late = new ArrayList<>();

    @Override
    public void rows(int output, Batch batch) {
      if (output == 1) {
        late(batch);
        return;
      }
      OneStep.Rows texts = new OneStep.Rows();
      texts.rows(output, batch);
      RowMarks.Windows windows = batch.marks().windows().orElseThrow();
      for (int row = 0; row < batch.size(); row++) {
        long stamp = batch.marks().stamps().orElseThrow().values()[row];
        long end = windows.ends().values()[row];
        assertTrue(stamp < end - 1 + 4 * SECOND, "made rows are on time");
        rows.add(texts.rows.get(row) + " in " + windows.starts().values()[row] + " " + end);
      }
    }

    private void late(Batch batch) {
      for (int row = 0; row < batch.size(); row++) {
        StringBuilder text = new StringBuilder();
        for (Column column : batch.columns()) {
          text.append(((Column.Longs) column).values()[row]).append(' ');
        }
        late.add(text.toString());
      }
    }

    @Override
    public void deadLetters(Batch letters) {
      throw new AssertionError("a dead letter");
    }
  }

  private static long watermark(List<List<Row>> batches, int last) {
    long greatest = Long.MIN_VALUE;
    for (int i = 0; i <= last; i++) {
      for (Row row : batches.get(i)) {
        greatest = Math.max(greatest, row.time());
      }
    }
    return greatest - 2 * SECOND - 1;
  }

  private static Batch batch(List<Row> rows) {
    Column[] columns = {column(rows, Row::k), column(rows, Row::v)};
    RowMarks marks =
        RowMarks.NONE.withTimes(column(rows, Row::time)).withStamps(column(rows, Row::stamp));
    return Batch.of(ROW, rows.size(), columns, Provenance.none("above")).with(marks);
  }

  private static Column.Longs column(List<Row> rows, Function<Row, Long> value) {
    return new Column.Longs(rows.size(), rows.stream().mapToLong(value::apply).toArray(), null);
  }
}
