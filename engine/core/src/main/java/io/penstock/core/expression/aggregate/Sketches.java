package io.penstock.core.expression.aggregate;

import com.dynatrace.hash4j.hashing.Hasher64;
import com.dynatrace.hash4j.hashing.Hashing;
import io.penstock.api.data.Column;
import io.penstock.api.data.DataType;
import io.penstock.core.expression.Aggregates;
import io.penstock.core.expression.SourceOrder;
import io.penstock.core.expression.Values;
import io.penstock.core.state.StateInput;
import java.io.IOException;
import java.util.Arrays;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Aggregates that are near the exact result in little memory. */
public final class Sketches {
  private Sketches() {}

  @AggregateFunction(
      signature = "(value: any) -> int",
      summary =
          "About how many different values, in at most 4 KiB a group: two results in three are off by less than 1.7 %, nearly all by less than 5 %.",
      examples = {"1, 2, null, 2 | approx_distinct(x) == 2", "'', 'a' | approx_distinct(x) == 2"})
  public static Aggregates approxDistinct(AggregateTypes types) {
    return new ApproximateDistinct(types.arguments().get(0).type());
  }

  @AggregateFunction(
      signature = "(value: number, share: double) -> double?",
      summary =
          "About the same as quantile, in little memory: off by at most 1 % of the values between which it lies.",
      examples = {
        "1, 2, 3, 4, 5 | approx_quantile(x, 0.25) == 2e0",
        "-7, -7, null | approx_quantile(x, 0.9) == -7e0"
      },
      typing = Quantiles.Share.class)
  public static Aggregates approxQuantile(AggregateTypes types) {
    Number share = (Number) types.constants().get(1).orElse(0.5);
    return new ApproximateQuantile(types.arguments().get(0).type(), share.doubleValue());
  }

  /** A sketch for each group. */
  private static final class ApproximateDistinct implements Aggregates {
    private static final Hasher64 HASHER = Hashing.komihash5_0();

    private final DataType type;
    private @Nullable DistinctSketch[] sketches = new DistinctSketch[16];
    private long held;

    ApproximateDistinct(DataType type) {
      this.type = type;
    }

    @Override
    public void add(int[] groups, int count, Column[] arguments, Optional<SourceOrder> order) {
      Column values = arguments[0];
      for (int i = 0; i < count; i++) {
        if (!values.isNull(i)) {
          DistinctSketch sketch = sketch(groups[i]);
          long before = sketch.bytes();
          sketch.add(hash(values, i));
          held += sketch.bytes() - before;
        }
      }
    }

    @Override
    public void merge(Aggregates other, int[] groups, int count) {
      @Nullable DistinctSketch[] theirs = ((ApproximateDistinct) other).sketches;
      for (int i = 0; i < Math.min(count, theirs.length); i++) {
        DistinctSketch sketch = theirs[i];
        if (sketch != null) {
          join(groups[i], sketch);
        }
      }
    }

    private void join(int group, DistinctSketch theirs) {
      DistinctSketch own = sketch(group);
      long before = own.bytes();
      own.join(theirs);
      held += own.bytes() - before;
    }

    @Override
    public GroupWriter writer() {
      return (group, to) -> {
        DistinctSketch sketch = group < sketches.length ? sketches[group] : null;
        to.flag(sketch != null);
        if (sketch != null) {
          sketch.write(to);
        }
      };
    }

    @Override
    public void read(int group, StateInput from) throws IOException {
      if (from.flag()) {
        join(group, DistinctSketch.read(from));
      }
    }

    @Override
    public long bytes() {
      return held + 4L * sketches.length;
    }

    @Override
    public Column results(int count) {
      long[] results = new long[count];
      for (int i = 0; i < Math.min(count, sketches.length); i++) {
        DistinctSketch sketch = sketches[i];
        results[i] = sketch == null ? 0 : sketch.estimate();
      }
      return new Column.Longs(count, results, null);
    }

    /** Equal values have the same hash. */
    private long hash(Column values, int row) {
      if (values instanceof Column.Longs longs) {
        return HASHER.hashLongToLong(longs.values()[row]);
      }
      if (values instanceof Column.Doubles doubles) {
        // Adding 0.0 makes a zero of -0.0; doubleToLongBits makes all NaN one.
        return HASHER.hashLongToLong(Double.doubleToLongBits(doubles.values()[row] + 0.0));
      }
      if (values instanceof Column.Booleans booleans) {
        return HASHER.hashLongToLong(booleans.values()[row] ? 1L : 0L);
      }
      if (values instanceof Column.Decimals decimals) {
        return HASHER.hashLongLongToLong(decimals.low()[row], DecimalCells.high(decimals, row));
      }
      if (values instanceof Column.Bytes bytes && !type.equals(DataType.JSON)) {
        int from = bytes.from(row);
        return HASHER.hashBytesToLong(bytes.bytes(), from, bytes.to(row) - from);
      }
      return HASHER.hashLongToLong(Values.hash(type, Values.get(values, type, row)));
    }

    private DistinctSketch sketch(int group) {
      room(group);
      DistinctSketch sketch = sketches[group];
      if (sketch == null) {
        sketch = new DistinctSketch();
        held += sketch.bytes();
        sketches[group] = sketch;
      }
      return sketch;
    }

    private void room(int group) {
      if (group >= sketches.length) {
        sketches = Arrays.copyOf(sketches, Math.max(group + 1, sketches.length * 2));
      }
    }
  }
}
