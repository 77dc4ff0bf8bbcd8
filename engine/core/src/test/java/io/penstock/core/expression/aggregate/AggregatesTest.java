package io.penstock.core.expression.aggregate;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.penstock.api.data.Column;
import io.penstock.api.data.DataType;
import io.penstock.core.expression.EvaluationException;
import io.penstock.core.expression.SourceOrder;
import io.penstock.core.expression.function.Typing;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class AggregatesTest {
  private static final DataType NARROW = new DataType.Decimal(12, 2);
  private static final DataType WIDE = new DataType.Decimal(38, 2);
  private static final int PLACES = 12;

  @Test
  void skipsNullsAndGivesNullForGroupsNeverSeen() {
    Call sum = new Call("sum", DataType.INT);
    sum.add(new int[] {0, 2, 0, 3}, null, 1L, 5L, 2L, null);

    assertEquals(Arrays.asList(3L, null, 5L, null, null), sum.results(5));
    assertEquals(List.of(0L, 0L), new Call("count", DataType.INT).results(2));
  }

  @Test
  void refusesASumThatDoesNotFitWhateverTheOrder() {
    Call fits = new Call("sum", DataType.INT);
    fits.add(new int[3], null, Long.MAX_VALUE, 1L, -1L);
    Call not = new Call("sum", DataType.INT);
    not.add(new int[2], null, Long.MAX_VALUE, 1L);

    assertEquals(List.of(Long.MAX_VALUE), fits.results(1));
    EvaluationException failure = assertThrows(EvaluationException.class, () -> not.results(1));
    assertEquals(
        "the sum `9223372036854775808` does not fit a whole number of 64 bits", failure.text());
  }

  @Test
  void sumsNegativeNumbersAcrossWords() {
    Call sum = new Call("sum", DataType.INT);
    sum.add(new int[4], null, Long.MIN_VALUE, -1L, 2L, -1L);

    assertEquals(List.of(Long.MIN_VALUE), sum.results(1));
  }

  @Test
  void refusesADecimalSumOfMoreThan38Digits() {
    Call sum = new Call("sum", WIDE);
    BigDecimal most = new BigDecimal("9".repeat(36) + ".99");
    sum.add(new int[2], null, most, new BigDecimal("0.01"));

    assertThrows(EvaluationException.class, () -> sum.results(1));
  }

  @Test
  void noticesASumThatPassesTheSecondWordToo() {
    Call sum = new Call("sum", WIDE);
    BigDecimal most = new BigDecimal("9".repeat(36) + ".99");
    sum.add(new int[5], null, most, most, most, most, most);

    assertThrows(EvaluationException.class, () -> sum.results(1));
  }

  @Test
  void keepsWhatSmallNumbersAddToLargeOnes() {
    Call sum = new Call("sum", DataType.DOUBLE);
    sum.add(new int[4], null, 1.0, 1e100, 1.0, -1e100);

    assertEquals(List.of(2.0), sum.results(1));
  }

  @Test
  void sumsInfinities() {
    Call sum = new Call("sum", DataType.DOUBLE);
    sum.add(new int[] {0, 0, 1, 1}, null, Double.POSITIVE_INFINITY, 1.0, Double.NaN, 1.0);

    assertEquals(List.of(Double.POSITIVE_INFINITY, Double.NaN), sum.results(2));
  }

  @Test
  void averagesDecimalsExactlyToSixPlaces() {
    Call avg = new Call("avg", NARROW);
    avg.add(
        new int[3], null, new BigDecimal("0.01"), new BigDecimal("0.01"), new BigDecimal("0.00"));

    assertEquals(List.of(new BigDecimal("0.006667")), avg.results(1));
  }

  @Test
  void averagesWholeNumbersBeyondTheirRange() {
    Call avg = new Call("avg", DataType.INT);
    avg.add(new int[2], null, Long.MAX_VALUE, Long.MAX_VALUE);

    assertEquals(List.of(9.223372036854775807E18), avg.results(1));
  }

  @Test
  void ordersTextsByCodePointsAndNanAsGreatest() {
    Call text = new Call("max", DataType.STRING);
    text.add(new int[2], null, "\uFFFD", "\uD83D\uDE00");
    Call number = new Call("max", DataType.DOUBLE);
    number.add(new int[2], null, Double.NaN, Double.POSITIVE_INFINITY);

    assertEquals(List.of("\uD83D\uDE00"), text.results(1));
    assertEquals(List.of(Double.NaN), number.results(1));
  }

  @ParameterizedTest
  @ValueSource(strings = {"first", "last", "collect", "collect_distinct", "string_agg"})
  void rowsOfOneTimeGoByTheirPlacesHoweverPartitionsInterleave(String name) {
    List<List<Object>> results = new ArrayList<>();
    for (int seed = 0; seed < 200; seed++) {
      Random random = new Random(seed);
      Call whole = called(name);
      int[] next = new int[3];
      while (next[0] + next[1] + next[2] < 3 * PLACES) {
        int split = random.nextInt(3);
        int count = Math.min(PLACES - next[split], 1 + random.nextInt(4));
        if (count > 0) {
          Call into = random.nextBoolean() ? whole : called(name);
          add(into, split, next[split], count);
          next[split] += count;
          if (into != whole) {
            whole.merge(into, new int[] {0});
          }
        }
      }
      results.add(whole.results(1));
    }

    assertEquals(1, results.stream().map(List::toString).distinct().count());
    assertEquals(expected(name), results.get(0).get(0));
  }

  private static Call called(String name) {
    return name.equals("string_agg")
        ? new Call(
            name,
            List.of(DataType.STRING, DataType.STRING),
            List.of(Optional.empty(), Optional.of("")))
        : new Call(name, DataType.STRING);
  }

  /** Two rows of each record, three records of each time. */
  private static void add(Call to, int split, int from, int count) {
    long[] times = new long[count];
    long[] positions = new long[count];
    int[] index = new int[count];
    Object[] values = new Object[count];
    for (int i = 0; i < count; i++) {
      times[i] = (from + i) / 6;
      positions[i] = (from + i) / 2;
      index[i] = (from + i) % 2;
      values[i] = value(split, from + i);
    }
    Optional<SourceOrder> order =
        Optional.of(new SourceOrder(times, "s", "p" + split, positions, index));
    Object[] separators = new Object[count];
    Arrays.fill(separators, "");
    Column[] arguments = {
      Call.column(DataType.STRING, values), Call.column(DataType.STRING, separators)
    };
    to.state.add(new int[count], count, arguments, order);
  }

  private static String value(int split, int row) {
    return (char) ('a' + split) + "" + (char) ('a' + row);
  }

  private static Object expected(String name) {
    List<String> all = new ArrayList<>();
    for (int time = 0; time < 2; time++) {
      for (int split = 0; split < 3; split++) {
        for (int row = 6 * time; row < 6 * time + 6; row++) {
          all.add(value(split, row));
        }
      }
    }
    return switch (name) {
      case "first" -> all.get(0);
      case "last" -> all.get(all.size() - 1);
      case "string_agg" -> String.join("", all);
      default -> all;
    };
  }

  @Test
  void takesFirstAndLastByTimeThenByOrder() {
    long[] times = {5, 3, 3, 5};
    Call first = new Call("first", DataType.STRING);
    first.add(new int[4], times, "a", "b", "c", "d");
    Call last = new Call("last", DataType.STRING);
    last.add(new int[4], times, "a", "b", "c", "d");
    Call collect = new Call("collect", DataType.STRING);
    collect.add(new int[4], times, "a", "b", "c", "d");

    assertEquals(List.of("b"), first.results(1));
    assertEquals(List.of("d"), last.results(1));
    assertEquals(List.of(List.of("b", "c", "a", "d")), collect.results(1));
  }

  @Test
  void countsEqualNumbersOnceWhateverTheirZeroIs() {
    Call count = new Call("count_distinct", DataType.DOUBLE);
    count.add(new int[5], null, 0.0, -0.0, Double.NaN, Double.NaN, 1.0);

    assertEquals(List.of(3L), count.results(1));
  }

  @Test
  void refusesToOrderJson() {
    assertThrows(Typing.Mistake.class, () -> new Call("max", DataType.JSON));
  }

  @Test
  void givesTheSameResultsAgain() {
    Call collect = new Call("collect", DataType.INT);
    collect.add(new int[2], null, 1L, 2L);

    assertEquals(collect.results(1), collect.results(1));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "count",
        "count_distinct",
        "sum",
        "avg",
        "min",
        "max",
        "first",
        "last",
        "any_value",
        "collect",
        "collect_distinct",
        "stddev",
        "stddev_pop",
        "variance",
        "variance_pop",
        "median",
        "approx_distinct",
        "bit_and",
        "bit_or",
        "bit_xor"
      })
  void givesTheSameInPartsAsInOnePass(String name) {
    for (int seed = 0; seed < 40; seed++) {
      Random random = new Random(seed);
      DataType type = name.startsWith("bit") ? DataType.INT : anyNumber(random);
      boolean timed = random.nextBoolean();
      Call whole = new Call(name, type);
      Call joined = new Call(name, type);
      for (int part = 0; part < 4; part++) {
        int size = random.nextInt(60);
        int[] groups = random.ints(size, 0, 5).toArray();
        long[] times = timed ? random.longs(size, 0, 10).toArray() : null;
        @Nullable Object[] values = new Object[size];
        for (int i = 0; i < size; i++) {
          values[i] = anyValue(type, random);
        }
        whole.add(groups, times, values);
        Call own = new Call(name, type);
        own.add(renamed(groups), times, values);
        joined.merge(own, new int[] {4, 3, 2, 1, 0, 5});
      }

      assertClose(whole.results(7), joined.results(7), name + " of " + type + ", seed " + seed);
    }
  }

  @Test
  void correlatesInPartsAsInOnePass() {
    Random random = new Random(3);
    Call whole = new Call("corr", DataType.DOUBLE, DataType.INT);
    Call joined = new Call("corr", DataType.DOUBLE, DataType.INT);
    for (int part = 0; part < 4; part++) {
      Column x = Call.column(DataType.DOUBLE, random.doubles(50).boxed().toArray());
      Column y = Call.column(DataType.INT, random.longs(50, 0, 99).boxed().toArray());
      whole.state.add(new int[50], 50, new Column[] {x, y}, Optional.empty());
      Call own = new Call("corr", DataType.DOUBLE, DataType.INT);
      own.state.add(new int[50], 50, new Column[] {x, y}, Optional.empty());
      joined.merge(own, new int[] {0});
    }

    assertClose(whole.results(1), joined.results(1), "corr");
  }

  private static int[] renamed(int[] groups) {
    return Arrays.stream(groups).map(g -> 4 - g).toArray();
  }

  private static DataType anyNumber(Random random) {
    return List.of(DataType.INT, DataType.DOUBLE, NARROW, WIDE).get(random.nextInt(4));
  }

  private static @Nullable Object anyValue(DataType type, Random random) {
    if (random.nextInt(5) == 0) {
      return null;
    }
    if (type.equals(DataType.INT)) {
      return (long) random.nextInt(20) - 10;
    }
    if (type.equals(DataType.DOUBLE)) {
      return (random.nextInt(20) - 10) / 4.0;
    }
    BigDecimal small = BigDecimal.valueOf(random.nextInt(20) - 10, 2);
    return type.equals(WIDE) && random.nextBoolean()
        ? small.multiply(BigDecimal.TEN.pow(20))
        : small;
  }

  static void assertClose(List<?> wanted, List<?> got, String about) {
    assertEquals(wanted.size(), got.size(), about);
    for (int i = 0; i < wanted.size(); i++) {
      if (wanted.get(i) instanceof Double number && got.get(i) instanceof Double other) {
        assertEquals(number, other, Math.abs(number) * 1e-12, about);
      } else {
        assertEquals(wanted.get(i), got.get(i), about);
      }
    }
  }
}
