package io.penstock.core.expression.aggregate;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.penstock.api.data.Column;
import io.penstock.api.data.ColumnBuilder;
import io.penstock.api.data.DataType;
import io.penstock.api.data.ValueType;
import io.penstock.core.expression.Aggregates;
import io.penstock.core.expression.Values;
import io.penstock.json.Json;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.function.LongFunction;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SketchesTest {
  private static final long SEED = 7;

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 7, 100, 300, 1_000, 5_000, 20_000, 100_000, 300_000})
  void countsDistinctValuesToFivePerCent(int distinct) {
    long[] values = new long[distinct + distinct / 3];
    for (int i = 0; i < values.length; i++) {
      values[i] = (long) (i % Math.max(1, distinct)) * 31 - 5_000;
    }
    Aggregates sketch = distinctOf(DataType.INT);
    add(sketch, values);

    long found = ((Column.Longs) sketch.results(1)).values()[0];

    assertEquals(distinct, found, Math.max(0.0, distinct * 0.05));
  }

  @Test
  void twoCountsInThreeAreWithinTheStandardError() {
    Random chance = new Random(SEED);
    int within = 0;
    for (int round = 0; round < 90; round++) {
      Aggregates sketch = distinctOf(DataType.INT);
      long[] values = chance.longs(20_000).distinct().toArray();
      add(sketch, values);
      long found = ((Column.Longs) sketch.results(1)).values()[0];
      within += Math.abs(found - values.length) <= values.length * 0.017 ? 1 : 0;
    }

    assertTrue(within >= 54, () -> "seed " + SEED);
  }

  @Test
  void countsTheSameHoweverRowsAreCutAndOrdered() {
    Random chance = new Random(SEED);
    for (int size : List.of(10, 200, 900, 5_000, 60_000)) {
      long[] values = chance.longs(size, 0, size).toArray();
      Aggregates whole = distinctOf(DataType.INT);
      add(whole, values);
      Aggregates joined = distinctOf(DataType.INT);
      int at = 0;
      while (at < size) {
        int to = Math.min(size, at + 1 + chance.nextInt(size / 2));
        Aggregates part = distinctOf(DataType.INT);
        add(part, Arrays.copyOfRange(values, at, to));
        joined.merge(part, new int[] {0}, 1);
        at = to;
      }
      Aggregates backwards = distinctOf(DataType.INT);
      for (int i = size - 1; i >= 0; i--) {
        add(backwards, values[i]);
      }

      long wanted = ((Column.Longs) whole.results(1)).values()[0];
      assertEquals(wanted, ((Column.Longs) joined.results(1)).values()[0], "size " + size);
      assertEquals(wanted, ((Column.Longs) backwards.results(1)).values()[0], "size " + size);
    }
  }

  @Test
  void countsValuesOfEveryType() {
    count(DataType.STRING, n -> n == 0 ? "" : "é" + n);
    count(DataType.BYTES, n -> new byte[(int) n]);
    count(DataType.DOUBLE, n -> n / 3.0);
    count(
        new DataType.Decimal(38, 2),
        n -> java.math.BigDecimal.valueOf(n, 2).scaleByPowerOfTen(20).setScale(2));
    count(DataType.TIMESTAMP, n -> n * 1_000_000);
    count(DataType.JSON, n -> Json.parse("{\"a\": " + n + (n % 2 == 0 ? ".0" : "") + "}"));
    count(new DataType.ListOf(ValueType.required(DataType.INT)), n -> List.of(n, n));
  }

  private static void count(DataType type, LongFunction<Object> value) {
    Aggregates sketch = distinctOf(type);
    ColumnBuilder builder = ColumnBuilder.of(type);
    for (int i = 0; i < 60; i++) {
      Values.append(builder, type, value.apply(i % 20));
    }
    sketch.add(new int[60], 60, new Column[] {builder.build()}, Optional.empty());

    assertEquals(20, ((Column.Longs) sketch.results(1)).values()[0], type.toString());
  }

  @Test
  void quantilesAreOffByAtMostOnePerCent() {
    Random chance = new Random(SEED);
    for (int round = 0; round < 40; round++) {
      double scale = Math.pow(10, chance.nextInt(12) - 4);
      double[] values = new double[1 + chance.nextInt(5_000)];
      for (int i = 0; i < values.length; i++) {
        values[i] = chance.nextGaussian() * scale * Math.exp(chance.nextGaussian());
      }
      double[] sorted = values.clone();
      Arrays.sort(sorted);
      for (double share : new double[] {0, 0.01, 0.25, 0.5, 0.9, 0.99, 1}) {
        double found = quantile(share, values);
        double place = share * (sorted.length - 1);
        double low = sorted[(int) Math.floor(place)];
        double high = sorted[(int) Math.ceil(place)];
        String about = "seed " + SEED + ", round " + round + ", share " + share;
        assertTrue(found >= low - Math.abs(low) * 0.01, about);
        assertTrue(found <= high + Math.abs(high) * 0.01, about);
      }
    }
  }

  @Test
  void quantilesAreTheSameHoweverRowsAreCutAndOrdered() {
    Random chance = new Random(SEED);
    double[] values = chance.doubles(10_000, -50, 1_000).toArray();
    Aggregates joined = new ApproximateQuantile(DataType.DOUBLE, 0.9);
    for (int at = values.length; at > 0; at -= 1_000) {
      Aggregates part = new ApproximateQuantile(DataType.DOUBLE, 0.9);
      add(part, Arrays.copyOfRange(values, at - 1_000, at));
      joined.merge(part, new int[] {0}, 1);
    }

    assertEquals(quantile(0.9, values), ((Column.Doubles) joined.results(1)).values()[0]);
  }

  @Test
  void quantilesOrderWhatIsNoNumber() {
    double[] values = {Double.NaN, Double.POSITIVE_INFINITY, -0.0, 0.0, Double.NEGATIVE_INFINITY};

    assertEquals(Double.NEGATIVE_INFINITY, quantile(0, values));
    assertEquals(0.0, quantile(0.5, values));
    assertEquals(Double.POSITIVE_INFINITY, quantile(0.75, values));
    assertEquals(Double.NaN, quantile(1, values));
    assertEquals(Double.MIN_VALUE, quantile(0.5, Double.MIN_VALUE));
  }

  @Test
  void quantilesOfGroupsStandAtTheirGroups() {
    Aggregates state = new ApproximateQuantile(DataType.DOUBLE, 0.5);
    int[] groups = {3, 1, 3, 1, 70_000};
    Column column = new Column.Doubles(5, new double[] {1, 10, 3, 30, 5}, null);
    state.add(groups, 5, new Column[] {column}, Optional.empty());

    Column.Doubles results = (Column.Doubles) state.results(5);

    assertTrue(results.isNull(0) && results.isNull(2) && results.isNull(4));
    assertEquals(20.0, results.values()[1]);
    assertEquals(2.0, results.values()[3]);
    assertEquals(5.0, ((Column.Doubles) state.results(70_001)).values()[70_000]);
  }

  private static double quantile(double share, double... values) {
    Aggregates state = new ApproximateQuantile(DataType.DOUBLE, share);
    add(state, values);
    return ((Column.Doubles) state.results(1)).values()[0];
  }

  private static void add(Aggregates state, double... values) {
    Column column = new Column.Doubles(values.length, values, null);
    state.add(new int[values.length], values.length, new Column[] {column}, Optional.empty());
  }

  private static void add(Aggregates state, long... values) {
    Column column = new Column.Longs(values.length, values, null);
    state.add(new int[values.length], values.length, new Column[] {column}, Optional.empty());
  }

  private static Aggregates distinctOf(DataType type) {
    return Sketches.approxDistinct(
        new AggregateTypes(
            List.of(ValueType.optional(type)),
            List.of(Optional.empty()),
            ValueType.required(DataType.INT)));
  }
}
