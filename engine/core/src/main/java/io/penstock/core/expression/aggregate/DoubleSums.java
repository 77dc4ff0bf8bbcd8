package io.penstock.core.expression.aggregate;

import io.penstock.api.data.Column;
import io.penstock.core.expression.Aggregates;
import io.penstock.core.expression.SourceOrder;
import io.penstock.core.state.StateInput;
import java.io.IOException;
import java.util.Arrays;
import java.util.Optional;

/** Sums and averages of doubles, with Neumaier's error term. */
final class DoubleSums implements Aggregates {
  private final boolean average;
  private double[] sums = new double[16];
  private double[] errors = new double[16];
  private long[] counts = new long[16];

  DoubleSums(boolean average) {
    this.average = average;
  }

  @Override
  public void add(int[] groups, int count, Column[] arguments, Optional<SourceOrder> order) {
    Column.Doubles column = (Column.Doubles) arguments[0];
    double[] values = column.values();
    boolean nulls = column.validity() != null;
    for (int i = 0; i < count; i++) {
      if (!nulls || !column.isNull(i)) {
        int group = groups[i];
        room(group);
        add(group, values[i]);
        counts[group]++;
      }
    }
  }

  @Override
  public void merge(Aggregates other, int[] groups, int count) {
    DoubleSums theirs = (DoubleSums) other;
    for (int i = 0; i < Math.min(count, theirs.sums.length); i++) {
      if (theirs.counts[i] > 0) {
        room(groups[i]);
        join(groups[i], theirs.sums[i], theirs.errors[i], theirs.counts[i]);
      }
    }
  }

  @Override
  public Column results(int count) {
    double[] results = new double[count];
    Present present = new Present();
    for (int i = 0; i < Math.min(count, sums.length); i++) {
      if (counts[i] > 0) {
        // Once the sum is not finite, the error term means nothing.
        double sum = Double.isFinite(sums[i]) ? sums[i] + errors[i] : sums[i];
        results[i] = average ? sum / counts[i] : sum;
        present.set(i);
      }
    }
    return new Column.Doubles(count, results, present.validity(count));
  }

  @Override
  public Column results(int[] groups, int count) {
    DoubleSums picked = new DoubleSums(average);
    for (int i = 0; i < count; i++) {
      int group = groups[i];
      picked.room(i);
      if (group < sums.length) {
        picked.sums[i] = sums[group];
        picked.errors[i] = errors[group];
        picked.counts[i] = counts[group];
      }
    }
    return picked.results(count);
  }

  private void join(int group, double sum, double error, long count) {
    if (counts[group] == 0) {
      sums[group] = sum;
      errors[group] = error;
    } else {
      add(group, sum);
      // Once a sum is not finite, its error term means nothing.
      if (Double.isFinite(error)) {
        add(group, error);
      }
    }
    counts[group] += count;
  }

  @Override
  public GroupWriter writer() {
    return (group, to) -> {
      long count = group < counts.length ? counts[group] : 0;
      to.number(count);
      if (count > 0) {
        to.fixed(Double.doubleToLongBits(sums[group]));
        to.fixed(Double.doubleToLongBits(errors[group]));
      }
    };
  }

  @Override
  public void read(int group, StateInput from) throws IOException {
    long count = from.number();
    if (count > 0) {
      room(group);
      join(
          group,
          Double.longBitsToDouble(from.fixed()),
          Double.longBitsToDouble(from.fixed()),
          count);
    }
  }

  @Override
  public long bytes() {
    return 24L * sums.length;
  }

  private void add(int group, double value) {
    double before = sums[group];
    double after = before + value;
    if (Math.abs(before) >= Math.abs(value)) {
      errors[group] += before - after + value;
    } else {
      errors[group] += value - after + before;
    }
    sums[group] = after;
  }

  private void room(int group) {
    if (group >= sums.length) {
      int size = Math.max(group + 1, sums.length * 2);
      sums = Arrays.copyOf(sums, size);
      errors = Arrays.copyOf(errors, size);
      counts = Arrays.copyOf(counts, size);
    }
  }
}
