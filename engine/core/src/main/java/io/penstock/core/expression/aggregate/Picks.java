package io.penstock.core.expression.aggregate;

import io.penstock.api.data.Column;
import io.penstock.api.data.DataType;
import io.penstock.core.expression.Aggregates;
import io.penstock.core.state.StateInput;
import java.io.IOException;
import java.util.Arrays;
import java.util.Optional;

/** One value of many, by the time of its row. */
public final class Picks {
  private Picks() {}

  @AggregateFunction(
      signature = "(value: T) -> T?",
      summary = "The first value by event time, by order where rows have none; nulls left out.",
      examples = "null, 2, 1 | first(x) == 2")
  public static Aggregates first(AggregateTypes types) {
    return new Pick(types, false);
  }

  @AggregateFunction(
      signature = "(value: T) -> T?",
      summary = "The last value by event time, by order where rows have none; nulls left out.",
      examples = "3, 2, null | last(x) == 2")
  public static Aggregates last(AggregateTypes types) {
    return new Pick(types, true);
  }

  @AggregateFunction(
      signature = "(value: T) -> T?",
      summary = "Any of the values, for those that are all alike; nulls left out.",
      examples = "null, 2, 2 | any_value(x) == 2")
  public static Aggregates anyValue(AggregateTypes types) {
    return new Pick(types, false);
  }

  private static final class Pick implements Aggregates {
    private final DataType type;
    private final Cells values;
    private final Cells read;
    private final boolean last;
    private long[] when = new long[16];

    Pick(AggregateTypes types, boolean last) {
      this.type = types.arguments().get(0).type();
      this.values = Cells.of(types.arguments().get(0).type());
      this.read = Cells.of(types.arguments().get(0).type());
      this.last = last;
    }

    @Override
    public void add(int[] groups, int count, Column[] arguments, Optional<Column.Longs> times) {
      Column column = arguments[0];
      long[] micros = times.map(Column.Longs::values).orElse(new long[0]);
      for (int i = 0; i < count; i++) {
        long time = micros.length == 0 ? 0 : micros[i];
        if (!column.isNull(i) && better(groups[i], time)) {
          values.set(groups[i], column, i);
          when[groups[i]] = time;
        }
      }
    }

    @Override
    public void merge(Aggregates other, int[] groups, int count) {
      Pick theirs = (Pick) other;
      for (int i = 0; i < count; i++) {
        if (theirs.values.has(i) && better(groups[i], theirs.when[i])) {
          values.set(groups[i], theirs.values, i);
          when[groups[i]] = theirs.when[i];
        }
      }
    }

    @Override
    public Column results(int count) {
      return values.build(count);
    }

    @Override
    public Column results(int[] groups, int count) {
      return values.build(type, groups, count);
    }

    @Override
    public GroupWriter writer() {
      return (group, to) -> {
        boolean has = values.has(group);
        to.flag(has);
        if (has) {
          to.number(when[group]);
          values.write(group, to);
        }
      };
    }

    @Override
    public void read(int group, StateInput from) throws IOException {
      if (!from.flag()) {
        return;
      }
      long time = from.number();
      read.read(0, from);
      if (better(group, time)) {
        values.set(group, read, 0);
        when[group] = time;
      }
    }

    @Override
    public long bytes() {
      return values.bytes() + 8L * when.length;
    }

    /** Whether a later row of this time takes the group's place; of equal times order decides. */
    private boolean better(int group, long time) {
      if (group >= when.length) {
        when = Arrays.copyOf(when, Math.max(group + 1, when.length * 2));
      }
      if (!values.has(group)) {
        return true;
      }
      return last ? time >= when[group] : time < when[group];
    }
  }
}
