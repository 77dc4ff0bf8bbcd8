package io.penstock.core.expression.aggregate;

import io.penstock.api.data.Column;
import io.penstock.api.data.DataType;
import io.penstock.core.expression.Aggregates;
import io.penstock.core.expression.Values;
import io.penstock.core.state.StateInput;
import java.io.IOException;
import java.util.Arrays;
import java.util.Optional;
import org.apache.datasketches.hll.HllSketch;
import org.apache.datasketches.hll.TgtHllType;
import org.apache.datasketches.hll.Union;
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

  /**
   * Counts by HyperLogLog. Its composite estimate depends on nothing but the set of values, so that
   * results do not depend on how rows were cut into blocks.
   */
  private static final class ApproximateDistinct implements Aggregates {
    private static final int LOG_REGISTERS = 12;

    /** The objects that a sketch is made of, beside its registers. */
    private static final int OBJECTS = 120;

    private static final TgtHllType KIND = TgtHllType.HLL_8;

    /** Stands for the empty text, which the library leaves out. */
    private static final long EMPTY = 0x9E3779B97F4A7C15L;

    private final DataType type;
    private @Nullable HllSketch[] sketches = new HllSketch[16];
    private long held;

    ApproximateDistinct(DataType type) {
      this.type = type;
    }

    @Override
    public void add(int[] groups, int count, Column[] arguments, Optional<Column.Longs> times) {
      Column values = arguments[0];
      for (int i = 0; i < count; i++) {
        if (!values.isNull(i)) {
          HllSketch sketch = sketch(groups[i]);
          long before = sketch.getUpdatableSerializationBytes();
          feed(sketch, values, i);
          held += sketch.getUpdatableSerializationBytes() - before;
        }
      }
    }

    @Override
    public void merge(Aggregates other, int[] groups, int count) {
      @Nullable HllSketch[] theirs = ((ApproximateDistinct) other).sketches;
      for (int i = 0; i < Math.min(count, theirs.length); i++) {
        HllSketch sketch = theirs[i];
        if (sketch == null) {
          continue;
        }
        HllSketch own = groups[i] < sketches.length ? sketches[groups[i]] : null;
        room(groups[i]);
        join(groups[i], own, sketch.copy());
      }
    }

    private void join(int group, @Nullable HllSketch own, HllSketch theirs) {
      HllSketch joined = theirs;
      if (own != null) {
        Union union = new Union(LOG_REGISTERS);
        union.update(own);
        union.update(theirs);
        joined = union.getResult(KIND);
        held -= size(own);
      }
      held += size(joined);
      sketches[group] = joined;
    }

    @Override
    public GroupWriter writer() {
      return (group, to) -> {
        HllSketch sketch = group < sketches.length ? sketches[group] : null;
        byte[] bytes = sketch == null ? new byte[0] : sketch.toCompactByteArray();
        to.bytes(bytes, 0, bytes.length);
      };
    }

    @Override
    public void read(int group, StateInput from) throws IOException {
      byte[] bytes = from.bytes();
      if (bytes.length > 0) {
        room(group);
        join(group, sketches[group], HllSketch.heapify(bytes));
      }
    }

    @Override
    public long bytes() {
      return held + 4L * sketches.length;
    }

    private static long size(HllSketch sketch) {
      return OBJECTS + sketch.getUpdatableSerializationBytes();
    }

    @Override
    public Column results(int count) {
      long[] results = new long[count];
      for (int i = 0; i < Math.min(count, sketches.length); i++) {
        HllSketch sketch = sketches[i];
        results[i] = sketch == null ? 0 : Math.round(sketch.getCompositeEstimate());
      }
      return new Column.Longs(count, results, null);
    }

    /** Equal values are fed alike. */
    private void feed(HllSketch sketch, Column values, int row) {
      if (values instanceof Column.Longs longs) {
        sketch.update(longs.values()[row]);
      } else if (values instanceof Column.Doubles doubles) {
        sketch.update(doubles.values()[row]);
      } else if (values instanceof Column.Booleans booleans) {
        sketch.update(booleans.values()[row] ? 1L : 0L);
      } else if (values instanceof Column.Decimals decimals) {
        long high = DecimalCells.high(decimals, row);
        long low = decimals.low()[row];
        if (high == low >> 63) {
          sketch.update(low);
        } else {
          sketch.update(new long[] {low, high});
        }
      } else if (values instanceof Column.Bytes bytes && !type.equals(DataType.JSON)) {
        int from = bytes.from(row);
        int to = bytes.to(row);
        if (from == to) {
          sketch.update(EMPTY);
        } else {
          sketch.update(Arrays.copyOfRange(bytes.bytes(), from, to));
        }
      } else {
        sketch.update((long) Values.hash(type, Values.get(values, type, row)));
      }
    }

    private HllSketch sketch(int group) {
      room(group);
      HllSketch sketch = sketches[group];
      if (sketch == null) {
        sketch = new HllSketch(LOG_REGISTERS, KIND);
        held += size(sketch);
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
