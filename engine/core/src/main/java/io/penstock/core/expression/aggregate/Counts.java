package io.penstock.core.expression.aggregate;

import io.penstock.api.data.Column;
import io.penstock.core.expression.Aggregates;
import java.util.Arrays;
import java.util.Optional;

/** Aggregates that count. */
public final class Counts {
  private Counts() {}

  @AggregateFunction(
      signature = {"() -> int", "(value: any) -> int"},
      summary = "How many rows; with an argument, in how many it is not null.",
      examples = {"1, 2, null | count() == 3", "1, 2, null | count(x) == 2"})
  public static Aggregates count(AggregateTypes types) {
    return new Count();
  }

  private static final class Count implements Aggregates {
    private long[] counts = new long[16];

    @Override
    public void add(int[] groups, int count, Column[] arguments, Optional<Column.Longs> times) {
      for (int i = 0; i < count; i++) {
        if (arguments.length == 0 || !arguments[0].isNull(i)) {
          room(groups[i]);
          counts[groups[i]]++;
        }
      }
    }

    @Override
    public void merge(Aggregates other, int[] groups, int count) {
      long[] theirs = ((Count) other).counts;
      for (int i = 0; i < Math.min(count, theirs.length); i++) {
        room(groups[i]);
        counts[groups[i]] += theirs[i];
      }
    }

    @Override
    public Column results(int count) {
      return new Column.Longs(count, Arrays.copyOf(counts, count), null);
    }

    private void room(int group) {
      if (group >= counts.length) {
        counts = Arrays.copyOf(counts, Math.max(group + 1, counts.length * 2));
      }
    }
  }
}
