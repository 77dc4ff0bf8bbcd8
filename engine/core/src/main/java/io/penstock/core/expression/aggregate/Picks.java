package io.penstock.core.expression.aggregate;

import io.penstock.api.data.Column;
import io.penstock.api.data.DataType;
import io.penstock.core.expression.Aggregates;
import io.penstock.core.expression.SourceOrder;
import io.penstock.core.state.StateInput;
import java.io.IOException;
import java.util.Optional;

/** One value of many, by the turn of its row. */
public final class Picks {
  private Picks() {}

  @AggregateFunction(
      signature = "(value: T) -> T?",
      summary =
          "The first value by event time and place in the source, by order where rows have no time; nulls left out.",
      examples = "null, 2, 1 | first(x) == 2")
  public static Aggregates first(AggregateTypes types) {
    return new Pick(types, false);
  }

  @AggregateFunction(
      signature = "(value: T) -> T?",
      summary =
          "The last value by event time and place in the source, by order where rows have no time; nulls left out.",
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
    private static final int HAS = 1;
    private static final int PLACED = 2;

    private final DataType type;
    private final Cells values;
    private final Cells read;
    private final Turns readTurns = new Turns();
    private final boolean last;
    private final Turns turns = new Turns();

    Pick(AggregateTypes types, boolean last) {
      this.type = types.arguments().get(0).type();
      this.values = Cells.of(types.arguments().get(0).type());
      this.read = Cells.of(types.arguments().get(0).type());
      this.last = last;
    }

    @Override
    public void add(int[] groups, int count, Column[] arguments, Optional<SourceOrder> order) {
      Column column = arguments[0];
      turns.begin(order);
      for (int i = 0; i < count; i++) {
        int group = groups[i];
        if (!column.isNull(i) && (!values.has(group) || isBetter(turns.compare(group, i)))) {
          values.set(group, column, i);
          turns.set(group, i);
        }
      }
    }

    @Override
    public boolean goesByOrder() {
      return true;
    }

    @Override
    public void merge(Aggregates other, int[] groups, int count) {
      Pick theirs = (Pick) other;
      for (int i = 0; i < count; i++) {
        if (theirs.values.has(i)) {
          take(groups[i], theirs.values, theirs.turns, i);
        }
      }
    }

    private void take(int group, Cells from, Turns their, int other) {
      if (!values.has(group) || isBetter(turns.compare(group, their, other))) {
        values.set(group, from, other);
        turns.set(group, their, other);
      }
    }

    /** Whether a later row takes the group's place; of equal turns order decides. */
    private boolean isBetter(int compared) {
      return last ? compared <= 0 : compared > 0;
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
        boolean placed = has && turns.isPlaced(group);
        to.flags((has ? HAS : 0) | (placed ? PLACED : 0));
        if (placed) {
          turns.write(group, turns.names(), to);
        } else if (has) {
          turns.writeTime(group, to);
        }
        if (has) {
          values.write(group, to);
        }
      };
    }

    @Override
    public void read(int group, StateInput from) throws IOException {
      int flags = from.flags(HAS | PLACED);
      if (flags == 0) {
        return;
      }
      if ((flags & PLACED) != 0) {
        readTurns.read(0, readTurns.names(), from);
      } else {
        readTurns.readTime(0, from);
      }
      read.read(0, from);
      take(group, read, readTurns, 0);
    }

    @Override
    public long bytes() {
      return values.bytes() + turns.bytes();
    }
  }
}
