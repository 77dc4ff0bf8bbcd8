package io.penstock.core.expression.aggregate;

import io.penstock.api.data.Column;
import io.penstock.api.data.DataType;
import io.penstock.core.expression.Aggregates;
import io.penstock.core.expression.SourceOrder;
import io.penstock.core.state.StateInput;
import java.io.IOException;
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

  @AggregateFunction(
      signature = "(value: any) -> int",
      summary = "How many different values, nulls left out.",
      examples = {"1, 2, null, 2 | count_distinct(x) == 2"})
  public static Aggregates countDistinct(AggregateTypes types) {
    return new CountDistinct(types.arguments().get(0).type());
  }

  private static final class Count implements Aggregates.Retractable {
    private long[] counts = new long[16];

    @Override
    public void add(int[] groups, int count, Column[] arguments, Optional<SourceOrder> order) {
      for (int i = 0; i < count; i++) {
        if (arguments.length == 0 || !arguments[0].isNull(i)) {
          room(groups[i]);
          counts[groups[i]]++;
        }
      }
    }

    @Override
    public void remove(int[] groups, int count, Column[] arguments) {
      for (int i = 0; i < count; i++) {
        if (arguments.length == 0 || !arguments[0].isNull(i)) {
          room(groups[i]);
          counts[groups[i]]--;
        }
      }
    }

    @Override
    public Optional<Retractable> retractable() {
      return Optional.of(new Count());
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

    @Override
    public Column results(int[] groups, int count) {
      long[] picked = new long[count];
      for (int i = 0; i < count; i++) {
        picked[i] = groups[i] < counts.length ? counts[groups[i]] : 0;
      }
      return new Column.Longs(count, picked, null);
    }

    @Override
    public GroupWriter writer() {
      return (group, to) -> to.number(group < counts.length ? counts[group] : 0);
    }

    @Override
    public void read(int group, StateInput from) throws IOException {
      room(group);
      counts[group] += from.number();
    }

    @Override
    public long bytes() {
      return 8L * counts.length;
    }

    private void room(int group) {
      if (group >= counts.length) {
        counts = Arrays.copyOf(counts, Math.max(group + 1, counts.length * 2));
      }
    }
  }

  private static final class CountDistinct implements Aggregates {
    private final DataType type;
    private final Distinct distinct;

    CountDistinct(DataType type) {
      this.type = type;
      this.distinct = new Distinct(type);
    }

    @Override
    public Optional<Retractable> retractable() {
      return Optional.of(new CountedValues(type, CountedValues.Result.HOW_MANY));
    }

    @Override
    public void add(int[] groups, int count, Column[] arguments, Optional<SourceOrder> order) {
      Column values = arguments[0];
      for (int i = 0; i < count; i++) {
        if (!values.isNull(i)) {
          distinct.add(groups[i], values, i);
        }
      }
    }

    @Override
    public void merge(Aggregates other, int[] groups, int count) {
      Distinct theirs = ((CountDistinct) other).distinct;
      for (int entry = 0; entry < theirs.size(); entry++) {
        if (theirs.group(entry) < count) {
          distinct.add(groups[theirs.group(entry)], theirs, entry);
        }
      }
    }

    @Override
    public Column results(int count) {
      long[] counts = new long[count];
      for (int group = 0; group < count; group++) {
        counts[group] = distinct.count(group);
      }
      return new Column.Longs(count, counts, null);
    }

    @Override
    public Column results(int[] groups, int count) {
      long[] counts = new long[count];
      for (int i = 0; i < count; i++) {
        counts[i] = distinct.count(groups[i]);
      }
      return new Column.Longs(count, counts, null);
    }

    @Override
    public GroupWriter writer() {
      ByGroup entries = distinct.byGroup();
      return (group, to) -> {
        int count = entries.count(group);
        to.number(count);
        for (int i = 0; i < count; i++) {
          distinct.values().write(entries.entry(group, i), to);
        }
      };
    }

    @Override
    public void read(int group, StateInput from) throws IOException {
      for (int i = from.count(Integer.MAX_VALUE); i > 0; i--) {
        distinct.read(group, from);
      }
    }

    @Override
    public long bytes() {
      return distinct.bytes();
    }
  }
}
