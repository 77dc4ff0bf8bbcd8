package io.penstock.core.operator;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.penstock.api.data.Batch;
import io.penstock.api.data.Column;
import io.penstock.api.data.DataType;
import io.penstock.api.data.Field;
import io.penstock.api.data.LongsBuilder;
import io.penstock.api.data.Provenance;
import io.penstock.api.data.Schema;
import io.penstock.core.logical.Over;
import io.penstock.testkit.MemoryDisk;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Random;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Rows by the rows around them in an order of their own, against the same done with lists. */
class OverOrderedTest {
  private static final Schema ROW =
      Schema.of(
          Field.of("k", DataType.INT),
          Field.optional("v", DataType.INT),
          Field.of("n", DataType.INT));
  private static final List<String> BY = List.of("k");
  private static final List<String> ORDER = List.of("-^v");

  private record Row(long k, OptionalLong value, long n) {
    String v() {
      return value.isPresent() ? "" + value.getAsLong() : "null";
    }
  }

  /** Greatest first, nulls before; ties by all fields. */
  private static final Comparator<Row> ORDERED =
      Comparator.comparingLong((Row row) -> -row.value().orElse(Long.MAX_VALUE))
          .thenComparingLong(Row::n);

  private static OneStep step() {
    return new OneStep(ROW)
        .over(
            BY,
            ORDER,
            new Over.Rows(2, 1),
            Optional.empty(),
            "sum(n)",
            "rank()",
            "dense_rank()",
            "row_number()",
            "lead(n, 2)",
            "lag(n) ?? -1",
            "collect(n)");
  }

  private static List<String> wanted(List<Row> rows) {
    Map<Long, List<Row>> groups = new TreeMap<>();
    rows.forEach(row -> groups.computeIfAbsent(row.k(), k -> new ArrayList<>()).add(row));
    List<String> wanted = new ArrayList<>();
    for (List<Row> group : groups.values()) {
      group.sort(ORDERED);
      for (int i = 0; i < group.size(); i++) {
        wanted.add(text(group, i));
      }
    }
    return wanted;
  }

  private static String text(List<Row> group, int i) {
    Row row = group.get(i);
    List<Row> frame = group.subList(Math.max(0, i - 2), Math.min(group.size(), i + 2));
    long first = group.stream().takeWhile(r -> !r.value().equals(row.value())).count() + 1;
    long kinds = group.subList(0, i + 1).stream().map(Row::value).distinct().count();
    return List.of(
            row.k(),
            row.v(),
            row.n(),
            frame.stream().mapToLong(Row::n).sum(),
            first,
            kinds,
            i + 1,
            i + 2 < group.size() ? "" + group.get(i + 2).n() : "null",
            i > 0 ? group.get(i - 1).n() : -1,
            frame.stream().map(Row::n).toList().toString().replace(" ", ""))
        .toString()
        .replace(", ", " ");
  }

  private static List<Row> rows(int size, int keys, int seed) {
    Random random = new Random(seed);
    List<Row> rows = new ArrayList<>();
    for (int n = 0; n < size; n++) {
      int v = random.nextInt(40);
      rows.add(
          new Row(random.nextInt(keys), v == 0 ? OptionalLong.empty() : OptionalLong.of(v / 2), n));
    }
    return rows;
  }

  private static Batch batch(List<Row> rows) {
    LongsBuilder[] columns = {new LongsBuilder(), new LongsBuilder(), new LongsBuilder()};
    for (Row row : rows) {
      columns[0].add(row.k());
      row.value().ifPresentOrElse(columns[1]::add, columns[1]::addNull);
      columns[2].add(row.n());
    }
    Column[] built = {columns[0].build(), columns[1].build(), columns[2].build()};
    return Batch.of(ROW, rows.size(), built, Provenance.none("above"));
  }

  private static List<List<Row>> parts(List<Row> rows, int most) {
    List<List<Row>> parts = new ArrayList<>();
    for (int from = 0; from < rows.size(); from += most) {
      parts.add(rows.subList(from, Math.min(rows.size(), from + most)));
    }
    return parts;
  }

  private static List<String> bracketed(List<String> rows) {
    return rows.stream().map(row -> "[" + row.strip().replace(", ", ",") + "]").toList();
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 7, 3000, 20_000})
  void givesTheSameForAFewGroupsAndForMany(int keys) {
    List<Row> rows = rows(20_000, keys, keys);
    Operator operator = step().make(new MemoryDisk(), 1L << 40).operator();
    OneStep.Rows out = new OneStep.Rows();

    parts(rows, 1000).forEach(part -> OneStep.take(operator, batch(part), out));
    OneStep.end(operator, out);

    assertEquals(wanted(rows), bracketed(out.rows));
  }

  @Test
  void rowsThatDoNotFitIntoMemoryGoToTheDisk() {
    List<Row> rows = rows(30_000, 50, 5);
    OneStep.Made made = step().make(new MemoryDisk(), 1 << 20);
    OneStep.Rows out = new OneStep.Rows();

    parts(rows, 500).forEach(part -> OneStep.take(made.operator(), batch(part), out));
    OneStep.end(made.operator(), out);

    assertTrue(made.spill().written() > 1 << 18, "" + made.spill().written());
    assertEquals(wanted(rows), bracketed(out.rows));
  }

  @Test
  void goesOnWhereALostProcessWas() throws IOException {
    List<Row> rows = rows(3_000, 20, 6);
    for (int seed = 0; seed < 4; seed++) {
      OneStep.Rows out = new OneStep.Rows();

      new KilledStep(step(), seed, 1L << 40)
          .run(
              parts(rows, 100).stream().map(part -> new KilledStep.Fed(batch(part), 0)).toList(),
              out,
              List.of(out.rows));

      assertEquals(wanted(rows), bracketed(out.rows));
    }
  }

  @Test
  void noRowsGiveNone() {
    Operator operator = step().make(new MemoryDisk(), 1 << 20).operator();
    OneStep.Rows out = new OneStep.Rows();

    OneStep.end(operator, out);

    assertEquals(List.of(), out.rows);
  }
}
