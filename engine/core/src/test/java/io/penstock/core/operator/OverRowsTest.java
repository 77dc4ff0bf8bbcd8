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
import io.penstock.core.logical.Over;
import io.penstock.testkit.MemoryDisk;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.function.Function;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Rows by the rows around them, over two partitions that take turns at random and with processes
 * that are lost, against the same done with lists.
 */
class OverRowsTest {
  private static final long PLENTY = 1L << 40;
  private static final long LITTLE = 20_000;
  private static final long NOTHING = 1;
  private static final Schema ROW =
      Schema.of(Field.of("k", DataType.INT), Field.of("n", DataType.INT));

  /** The n-th row of a partition, with the watermark of its partition before it. */
  private record Row(int partition, long k, long n, long time, long stamp) {
    boolean isLate() {
      return time <= stamp;
    }
  }

  /** A row in its series. */
  private record At(List<Row> series, int index) {
    Row row() {
      return series.get(index);
    }

    String shifted(int by) {
      int other = index + by;
      return other >= 0 && other < series.size() ? "" + series.get(other).n() : "null";
    }

    List<Row> rows(int before, int after) {
      return series.subList(
          Math.max(0, index - before), Math.min(series.size(), index + after + 1));
    }

    List<Row> range(long before, long after) {
      long time = row().time();
      return series.stream()
          .filter(r -> r.time() >= time - before && r.time() <= time + after)
          .toList();
    }

    long place() {
      return 1 + series.stream().filter(r -> r.time() < row().time()).count();
    }

    long step() {
      return series.subList(0, index + 1).stream().mapToLong(Row::time).distinct().count();
    }
  }

  /** A step and what it gives to a row. */
  private record Case(
      String name,
      Over.Frame frame,
      long within,
      List<String> compute,
      Function<At, List<Object>> wanted) {
    OneStep step() {
      Optional<Duration> pause =
          within == Long.MAX_VALUE ? Optional.empty() : Optional.of(micros(within));
      return new OneStep(ROW).over(List.of("k"), frame, pause, compute.toArray(new String[0]));
    }

    @Override
    public String toString() {
      return name;
    }
  }

  private static Duration micros(long count) {
    return Duration.ofNanos(count * 1000);
  }

  private static long sum(List<Row> rows) {
    return rows.stream().mapToLong(Row::n).sum();
  }

  private static Object even(List<Row> rows) {
    return rows.stream().filter(r -> r.n() % 2 == 0).count();
  }

  private static List<Long> all(List<Row> rows) {
    return rows.stream().map(Row::n).toList();
  }

  private static Object min(List<Row> rows) {
    return rows.stream().mapToLong(Row::n).min().orElseThrow();
  }

  static Stream<Case> cases() {
    long never = Long.MAX_VALUE;
    List<String> all =
        List.of("sum(n)", "count() where n % 2 == 0", "min(n)", "collect(n)", "lag(n, 2)");
    Over.Range range = new Over.Range(micros(1500), Duration.ZERO);
    return Stream.of(
        new Case(
            "places",
            new Over.Running(),
            never,
            List.of("row_number()", "rank()", "dense_rank()", "sum(n)"),
            at -> List.of(at.index() + 1, at.place(), at.step(), sum(at.rows(at.index(), 0)))),
        new Case(
            "places that begin anew",
            new Over.Running(),
            400,
            List.of("row_number()", "rank()", "count_distinct(n)", "first(n)"),
            at ->
                List.of(
                    at.index() + 1,
                    at.place(),
                    at.rows(at.index(), 0).stream().map(Row::n).distinct().count(),
                    at.series().get(0).n())),
        new Case(
            "rows before",
            new Over.Rows(3, 0),
            never,
            all,
            at -> framed(at, at.rows(3, 0), at.shifted(-2))),
        new Case(
            "rows before that begin anew",
            new Over.Rows(3, 0),
            300,
            all,
            at -> framed(at, at.rows(3, 0), at.shifted(-2))),
        new Case(
            "rows to both sides",
            new Over.Rows(2, 2),
            1000,
            all,
            at -> framed(at, at.rows(2, 2), at.shifted(-2))),
        new Case("range", range, never, all, at -> framed(at, at.range(1500, 0), at.shifted(-2))),
        new Case(
            "range alone",
            range,
            never,
            List.of("sum(n)", "max(n) - n", "count()"),
            at -> {
              List<Row> in = at.range(1500, 0);
              long max = in.stream().mapToLong(Row::n).max().orElseThrow();
              return List.of(sum(in), max - at.row().n(), in.size());
            }),
        new Case(
            "range to both sides",
            new Over.Range(micros(700), micros(300)),
            600,
            List.of("sum(n)", "min(n)", "last(n)"),
            at -> {
              List<Row> in = at.range(700, 300);
              return List.of(sum(in), min(in), in.get(in.size() - 1).n());
            }),
        new Case(
            "behind",
            new Over.Running(),
            500,
            List.of("lead(n)", "lead(n, 3)", "sum(n)", "n - (lag(n) ?? 0)"),
            at ->
                List.of(
                    at.shifted(1),
                    at.shifted(3),
                    sum(at.rows(at.index(), 0)),
                    at.index() == 0 ? at.row().n() : at.row().n() - sum(at.rows(1, -1)))),
        new Case(
            "behind without an end",
            new Over.Running(),
            never,
            List.of("lead(n, 2)"),
            at -> List.of(at.shifted(2))));
  }

  private static List<Object> framed(At at, List<Row> frame, String shifted) {
    return List.of(sum(frame), even(frame), min(frame), all(frame), shifted);
  }

  private static List<String> wanted(Case used, List<Row> onTime) {
    List<Row> sorted =
        onTime.stream()
            .sorted(
                Comparator.comparingLong(Row::time)
                    .thenComparingInt(Row::partition)
                    .thenComparingLong(Row::n))
            .toList();
    Map<Long, List<Row>> series = new HashMap<>();
    Map<Row, At> places = new HashMap<>();
    for (Row row : sorted) {
      List<Row> own = series.computeIfAbsent(row.k(), k -> new ArrayList<>());
      if (!own.isEmpty() && row.time() - own.get(own.size() - 1).time() > used.within()) {
        own = new ArrayList<>();
        series.put(row.k(), own);
      }
      own.add(row);
      places.put(row, new At(own, own.size() - 1));
    }
    List<String> texts = new ArrayList<>();
    for (Row row : sorted) {
      StringBuilder text = new StringBuilder(row.k() + " " + row.n());
      At at = java.util.Objects.requireNonNull(places.get(row));
      used.wanted().apply(at).forEach(v -> text.append(' ').append(v));
      texts.add(text.append(" @").append(row.time()).toString().replace(", ", ","));
    }
    return texts;
  }

  @ParameterizedTest
  @MethodSource("cases")
  void givesTheSameHoweverPartitionsTakeTurnsAndProcessesAreLost(Case used) throws IOException {
    for (int seed = 0; seed < 12; seed++) {
      List<List<Row>> partitions = List.of(partition(0, seed / 4), partition(1, seed / 4));
      List<List<Row>> turns = turns(partitions, seed);
      List<Row> onTime = turns.stream().flatMap(List::stream).filter(r -> !r.isLate()).toList();
      List<String> wanted = wanted(used, onTime);
      assertTrue(wanted.size() > 5_000, used + ": " + wanted.size());

      Seen seen = new Seen();
      long memory = seed == 1 ? NOTHING : seed % 2 == 1 ? LITTLE : PLENTY;
      KilledStep step = new KilledStep(used.step(), seed, memory);
      step.run(fed(turns), seen, List.of(seen.rows));
      assertEquals(memory < PLENTY, step.spilled() > 0);

      for (int i = 0; i < Math.min(wanted.size(), seen.rows.size()); i++) {
        assertEquals(wanted.get(i), seen.rows.get(i), used + ", seed " + seed + ", row " + i);
      }
      assertEquals(wanted.size(), seen.rows.size(), used + ", seed " + seed);
    }
  }

  @Test
  void groupsThatDoNotFitIntoMemoryGoToTheDisk() {
    int keys = 20_000;
    Over.Frame frame = new Over.Running();
    List<List<String>> outputs = new ArrayList<>();
    for (long memory : List.of(PLENTY, 1_500_000L)) {
      OneStep.Made made =
          new OneStep(ROW)
              .over(List.of("k"), frame, Optional.empty(), "sum(n)", "lag(n)", "row_number()")
              .make(new MemoryDisk(), memory);
      Seen seen = new Seen();
      for (long n = 0; n < 2 * keys; n += 1000) {
        List<Row> rows = new ArrayList<>();
        for (long row = n; row < n + 1000; row++) {
          rows.add(new Row(0, row * (row < keys ? 1 : 7919) % keys, row, row, -1));
        }
        OneStep.take(made.operator(), batch(0, rows), seen);
        OneStep.watermark(made.operator(), n + 999, seen);
        assertTrue(made.operator().held() < memory, "" + made.operator().held());
      }
      OneStep.watermark(made.operator(), Long.MAX_VALUE, seen);
      outputs.add(seen.rows);
      assertEquals(memory < PLENTY, made.spill().written() > 400_000);
    }

    assertEquals(2 * keys, outputs.get(0).size());
    assertEquals(outputs.get(0), outputs.get(1));
  }

  /** Rows a little out of order; one in twenty may be late. Some keys come seldom. */
  private static List<Row> partition(int number, int seed) {
    Random random = new Random(seed * 2L + number);
    List<Row> rows = new ArrayList<>();
    long greatest = Long.MIN_VALUE;
    long now = 0;
    for (int n = 0; n < 3_000; n++) {
      now += random.nextInt(100);
      int back = random.nextInt(20) == 0 ? 4_000 : 400;
      // Coarse, so that many rows are of one time.
      long time = (now - random.nextInt(back)) / 20 * 20;
      long stamp = greatest == Long.MIN_VALUE ? Long.MIN_VALUE : greatest - 500 - 1;
      long k = random.nextInt(8) == 0 ? 100 + now / 3_000 : random.nextInt(9);
      rows.add(new Row(number, k, n, time, stamp));
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

  /** Gathers rows as texts; late ones are left out. */
  private static final class Seen implements Operator.Out {
    private final List<String> rows = new ArrayList<>();

    @Override
    public void rows(int output, Batch batch) {
      if (output == LateMaker.LATE) {
        return;
      }
      OneStep.Rows texts = new OneStep.Rows();
      texts.rows(output, batch);
      texts.rows.forEach(text -> rows.add(text.replace(", ", ",")));
    }

    @Override
    public void deadLetters(Batch letters) {
      throw new AssertionError("a dead letter");
    }
  }
}
