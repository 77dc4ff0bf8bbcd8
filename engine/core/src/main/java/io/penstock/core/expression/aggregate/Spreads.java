package io.penstock.core.expression.aggregate;

import io.penstock.api.data.Column;
import io.penstock.api.data.DataType;
import io.penstock.core.expression.Aggregates;
import io.penstock.core.expression.SourceOrder;
import io.penstock.core.state.StateInput;
import java.io.IOException;
import java.util.Arrays;
import java.util.Optional;

/** How far values lie from their average, and pairs of values from each other. */
public final class Spreads {
  private Spreads() {}

  @AggregateFunction(
      signature = "(value: number) -> double?",
      summary = "The standard deviation of a sample; null below two values.",
      examples = {
        "2, 4, 4, 4, 5, 5, 7, 9 | round(stddev(x), 6) == 2.13809e0",
        "1 | stddev(x) == null"
      })
  public static Aggregates stddev(AggregateTypes types) {
    return new Spread(types, true, true);
  }

  @AggregateFunction(
      signature = "(value: number) -> double?",
      summary = "The standard deviation of the whole.",
      examples = "2, 4, 4, 4, 5, 5, 7, 9 | stddev_pop(x) == 2e0")
  public static Aggregates stddevPop(AggregateTypes types) {
    return new Spread(types, false, true);
  }

  @AggregateFunction(
      signature = "(value: number) -> double?",
      summary = "The variance of a sample; null below two values.",
      examples = "1, 2, 3 | variance(x) == 1e0")
  public static Aggregates variance(AggregateTypes types) {
    return new Spread(types, true, false);
  }

  @AggregateFunction(
      signature = "(value: number) -> double?",
      summary = "The variance of the whole.",
      examples = "1, 3 | variance_pop(x) == 1e0")
  public static Aggregates variancePop(AggregateTypes types) {
    return new Spread(types, false, false);
  }

  @AggregateFunction(
      signature = "(x: number, y: number) -> double?",
      summary = "The covariance of a sample of pairs; null below two pairs.",
      examples = "[1, 2], [2, 4], [3, 6] | covar(x, y) == 2e0")
  public static Aggregates covar(AggregateTypes types) {
    return new Pairs(types, PairResult.SAMPLE);
  }

  @AggregateFunction(
      signature = "(x: number, y: number) -> double?",
      summary = "The covariance of all pairs.",
      examples = "[1, 2], [3, 6] | covar_pop(x, y) == 2e0")
  public static Aggregates covarPop(AggregateTypes types) {
    return new Pairs(types, PairResult.POPULATION);
  }

  @AggregateFunction(
      signature = "(x: number, y: number) -> double?",
      summary = "How far pairs lie on one line, from -1 to 1; null where a side never changes.",
      examples = "[1, 2], [2, 4], [3, 6] | round(corr(x, y), 9) == 1e0")
  public static Aggregates corr(AggregateTypes types) {
    return new Pairs(types, PairResult.CORRELATION);
  }

  /** Welford's running mean and squared distance; states join by Chan's formula. */
  private static final class Spread implements Aggregates {
    private final NumberColumn numbers;
    private final boolean sample;
    private final boolean root;
    private long[] counts = new long[16];
    private double[] means = new double[16];
    private double[] squares = new double[16];

    Spread(AggregateTypes types, boolean sample, boolean root) {
      this.numbers = new NumberColumn(types.arguments().get(0).type());
      this.sample = sample;
      this.root = root;
    }

    @Override
    public void add(int[] groups, int count, Column[] arguments, Optional<SourceOrder> order) {
      for (int i = 0; i < count; i++) {
        if (!arguments[0].isNull(i)) {
          add(groups[i], 1, numbers.get(arguments[0], i), 0);
        }
      }
    }

    @Override
    public void merge(Aggregates other, int[] groups, int count) {
      Spread theirs = (Spread) other;
      for (int i = 0; i < Math.min(count, theirs.counts.length); i++) {
        if (theirs.counts[i] > 0) {
          add(groups[i], theirs.counts[i], theirs.means[i], theirs.squares[i]);
        }
      }
    }

    @Override
    public Column results(int count) {
      double[] results = new double[count];
      Present present = new Present();
      for (int i = 0; i < Math.min(count, counts.length); i++) {
        long divisor = sample ? counts[i] - 1 : counts[i];
        if (divisor > 0) {
          double variance = squares[i] / divisor;
          results[i] = root ? Math.sqrt(variance) : variance;
          present.set(i);
        }
      }
      return new Column.Doubles(count, results, present.validity(count));
    }

    @Override
    public GroupWriter writer() {
      return (group, to) -> {
        long count = group < counts.length ? counts[group] : 0;
        to.number(count);
        if (count > 0) {
          to.fixed(Double.doubleToLongBits(means[group]));
          to.fixed(Double.doubleToLongBits(squares[group]));
        }
      };
    }

    @Override
    public void read(int group, StateInput from) throws IOException {
      long count = from.number();
      if (count > 0) {
        double mean = Double.longBitsToDouble(from.fixed());
        add(group, count, mean, Double.longBitsToDouble(from.fixed()));
      }
    }

    @Override
    public long bytes() {
      return 24L * counts.length;
    }

    private void add(int group, long count, double mean, double square) {
      if (group >= counts.length) {
        int size = Math.max(group + 1, counts.length * 2);
        counts = Arrays.copyOf(counts, size);
        means = Arrays.copyOf(means, size);
        squares = Arrays.copyOf(squares, size);
      }
      long before = counts[group];
      double total = (double) before + count;
      double distance = mean - means[group];
      means[group] += distance * (count / total);
      squares[group] += square + distance * distance * (before * (count / total));
      counts[group] = before + count;
    }
  }

  private enum PairResult {
    SAMPLE,
    POPULATION,
    CORRELATION
  }

  private static final class Pairs implements Aggregates {
    private static final int PARTS = 6;

    private final NumberColumn left;
    private final NumberColumn right;
    private final PairResult wanted;
    // For each group: count, mean of x, mean of y, squares of x, squares of y, products.
    private double[] parts = new double[16 * PARTS];

    Pairs(AggregateTypes types, PairResult wanted) {
      DataType x = types.arguments().get(0).type();
      DataType y = types.arguments().get(1).type();
      this.left = new NumberColumn(x);
      this.right = new NumberColumn(y);
      this.wanted = wanted;
    }

    @Override
    public void add(int[] groups, int count, Column[] arguments, Optional<SourceOrder> order) {
      double[] one = new double[PARTS];
      for (int i = 0; i < count; i++) {
        if (!arguments[0].isNull(i) && !arguments[1].isNull(i)) {
          one[0] = 1;
          one[1] = left.get(arguments[0], i);
          one[2] = right.get(arguments[1], i);
          add(groups[i], one, 0);
        }
      }
    }

    @Override
    public void merge(Aggregates other, int[] groups, int count) {
      Pairs theirs = (Pairs) other;
      for (int i = 0; i < Math.min(count, theirs.parts.length / PARTS); i++) {
        if (theirs.parts[i * PARTS] > 0) {
          add(groups[i], theirs.parts, i * PARTS);
        }
      }
    }

    @Override
    public Column results(int count) {
      double[] results = new double[count];
      Present present = new Present();
      for (int i = 0; i < Math.min(count, parts.length / PARTS); i++) {
        double result = result(i * PARTS);
        if (parts[i * PARTS] > 0 && !Double.isNaN(result)) {
          results[i] = result;
          present.set(i);
        }
      }
      return new Column.Doubles(count, results, present.validity(count));
    }

    /** NaN where there is none. */
    private double result(int at) {
      double count = parts[at];
      return switch (wanted) {
        case SAMPLE -> count < 2 ? Double.NaN : parts[at + 5] / (count - 1);
        case POPULATION -> parts[at + 5] / count;
        case CORRELATION -> parts[at + 5] / Math.sqrt(parts[at + 3] * parts[at + 4]);
      };
    }

    @Override
    public GroupWriter writer() {
      return (group, to) -> {
        long count = group < parts.length / PARTS ? (long) parts[group * PARTS] : 0;
        to.number(count);
        if (count > 0) {
          for (int i = 1; i < PARTS; i++) {
            to.fixed(Double.doubleToLongBits(parts[group * PARTS + i]));
          }
        }
      };
    }

    @Override
    public void read(int group, StateInput from) throws IOException {
      double[] one = new double[PARTS];
      one[0] = from.number();
      if (one[0] > 0) {
        for (int i = 1; i < PARTS; i++) {
          one[i] = Double.longBitsToDouble(from.fixed());
        }
        add(group, one, 0);
      }
    }

    @Override
    public long bytes() {
      return 8L * parts.length;
    }

    private void add(int group, double[] from, int at) {
      if ((group + 1) * PARTS > parts.length) {
        parts = Arrays.copyOf(parts, Math.max((group + 1) * PARTS, parts.length * 2));
      }
      int own = group * PARTS;
      double total = parts[own] + from[at];
      double x = from[at + 1] - parts[own + 1];
      double y = from[at + 2] - parts[own + 2];
      double weight = parts[own] * (from[at] / total);
      parts[own + 1] += x * (from[at] / total);
      parts[own + 2] += y * (from[at] / total);
      parts[own + 3] += from[at + 3] + x * x * weight;
      parts[own + 4] += from[at + 4] + y * y * weight;
      parts[own + 5] += from[at + 5] + x * y * weight;
      parts[own] = total;
    }
  }
}
