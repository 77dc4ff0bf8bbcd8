package io.penstock.core.expression.aggregate;

import io.penstock.api.data.Column;
import io.penstock.api.data.DataType;
import io.penstock.core.expression.Aggregates;
import io.penstock.core.expression.SourceOrder;
import io.penstock.core.state.StateInput;
import java.io.IOException;
import java.util.Arrays;
import java.util.Optional;

/**
 * Quantiles from a histogram: each power of two is cut into 64 buckets, for each of which the
 * number of its values, the least and the greatest are kept. So the result depends on the values
 * alone, not on their order or how they were cut into blocks, and lies within 1/128 of a value.
 */
final class ApproximateQuantile implements Aggregates {
  /** Bits of a double that a bucket does not tell: all of the fraction but the first six. */
  private static final int CUT = 46;

  private static final int BUCKET_BITS = 18;
  private static final long FREE = -1;

  private final NumberColumn numbers;
  private final double share;
  private long[] keys = new long[32];
  private long[] counts = new long[32];
  private double[] least = new double[32];
  private double[] greatest = new double[32];
  private int size;

  ApproximateQuantile(DataType type, double share) {
    this.numbers = new NumberColumn(type);
    this.share = share;
    Arrays.fill(keys, FREE);
  }

  @Override
  public void add(int[] groups, int count, Column[] arguments, Optional<SourceOrder> order) {
    for (int i = 0; i < count; i++) {
      if (!arguments[0].isNull(i)) {
        // The sum makes one zero of both.
        double value = numbers.get(arguments[0], i) + 0.0;
        add(key(groups[i], value), 1, value, value);
      }
    }
  }

  @Override
  public void merge(Aggregates other, int[] groups, int count) {
    ApproximateQuantile theirs = (ApproximateQuantile) other;
    for (int i = 0; i < theirs.keys.length; i++) {
      long key = theirs.keys[i];
      if (key != FREE && group(key) < count) {
        long bucket = key & (1L << BUCKET_BITS) - 1;
        long own = (long) groups[group(key)] << BUCKET_BITS | bucket;
        add(own, theirs.counts[i], theirs.least[i], theirs.greatest[i]);
      }
    }
  }

  @Override
  public Column results(int count) {
    long[] sorted = Arrays.stream(keys).filter(key -> key != FREE).sorted().toArray();
    double[] results = new double[count];
    Present present = new Present();
    int from = 0;
    while (from < sorted.length) {
      int group = group(sorted[from]);
      int to = from;
      while (to < sorted.length && group(sorted[to]) == group) {
        to++;
      }
      if (group < count) {
        results[group] = quantile(sorted, from, to);
        present.set(group);
      }
      from = to;
    }
    return new Column.Doubles(count, results, present.validity(count));
  }

  @Override
  public GroupWriter writer() {
    long[] sorted = Arrays.stream(keys).filter(key -> key != FREE).sorted().toArray();
    return (group, to) -> {
      int from = place(sorted, group);
      int end = place(sorted, group + 1);
      to.number(end - from);
      for (int i = from; i < end; i++) {
        int slot = slot(sorted[i]);
        to.number(sorted[i] & (1L << BUCKET_BITS) - 1);
        to.number(counts[slot]);
        to.fixed(Double.doubleToLongBits(least[slot]));
        to.fixed(Double.doubleToLongBits(greatest[slot]));
      }
    };
  }

  /** Where the buckets of a group begin. */
  private static int place(long[] sorted, int group) {
    int place = Arrays.binarySearch(sorted, (long) group << BUCKET_BITS);
    return place < 0 ? -place - 1 : place;
  }

  @Override
  public void read(int group, StateInput from) throws IOException {
    for (int i = from.count(1 << BUCKET_BITS); i > 0; i--) {
      long key = (long) group << BUCKET_BITS | from.count((1 << BUCKET_BITS) - 1);
      long count = from.number();
      double low = Double.longBitsToDouble(from.fixed());
      add(key, count, low, Double.longBitsToDouble(from.fixed()));
    }
  }

  @Override
  public long bytes() {
    return 32L * keys.length;
  }

  /** Buckets are numbered in the order of their values, NaN last. */
  private static long key(int group, double value) {
    long bits = Double.doubleToLongBits(value);
    long ordered = bits < 0 ? ~bits : bits | Long.MIN_VALUE;
    return (long) group << BUCKET_BITS | ordered >>> CUT;
  }

  private static int group(long key) {
    return (int) (key >>> BUCKET_BITS);
  }

  private double quantile(long[] sorted, int from, int to) {
    long total = 0;
    for (int i = from; i < to; i++) {
      total += counts[slot(sorted[i])];
    }
    double place = share * (total - 1);
    long below = (long) place;
    double value = valueAt(sorted, from, to, below);
    if (below + 1 >= total || place == below) {
      return value;
    }
    double next = valueAt(sorted, from, to, below + 1);
    return value == next ? value : value + (next - value) * (place - below);
  }

  /** About the value of a rank from 0. */
  private double valueAt(long[] sorted, int from, int to, long rank) {
    long before = 0;
    for (int i = from; i < to - 1; i++) {
      int slot = slot(sorted[i]);
      if (rank < before + counts[slot]) {
        return valueAt(slot, rank - before);
      }
      before += counts[slot];
    }
    return valueAt(slot(sorted[to - 1]), rank - before);
  }

  private double valueAt(int slot, long rank) {
    if (rank == 0 || least[slot] == greatest[slot]) {
      return least[slot];
    }
    return rank == counts[slot] - 1
        ? greatest[slot]
        : least[slot] + (greatest[slot] - least[slot]) / 2;
  }

  private void add(long key, long count, double low, double high) {
    int slot = slot(key);
    if (keys[slot] == FREE) {
      if (++size * 2 > keys.length) {
        grow();
        slot = slot(key);
      }
      keys[slot] = key;
      least[slot] = low;
      greatest[slot] = high;
    }
    counts[slot] += count;
    least[slot] = Math.min(least[slot], low);
    greatest[slot] = Math.max(greatest[slot], high);
  }

  /** Where a key is, or a free place for it. */
  private int slot(long key) {
    long mixed = key * 0x9E3779B97F4A7C15L;
    int slot = (int) (mixed >>> 32) & keys.length - 1;
    while (keys[slot] != FREE && keys[slot] != key) {
      slot = slot + 1 & keys.length - 1;
    }
    return slot;
  }

  private void grow() {
    long[] oldKeys = keys;
    long[] oldCounts = counts;
    double[] oldLeast = least;
    double[] oldGreatest = greatest;
    int length = oldKeys.length * 2;
    keys = new long[length];
    counts = new long[length];
    least = new double[length];
    greatest = new double[length];
    Arrays.fill(keys, FREE);
    for (int i = 0; i < oldKeys.length; i++) {
      if (oldKeys[i] != FREE) {
        int slot = slot(oldKeys[i]);
        keys[slot] = oldKeys[i];
        counts[slot] = oldCounts[i];
        least[slot] = oldLeast[i];
        greatest[slot] = oldGreatest[i];
      }
    }
  }
}
