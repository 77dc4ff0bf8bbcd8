package io.penstock.core.expression.aggregate;

import io.penstock.api.data.Column;
import io.penstock.core.expression.Aggregates;
import io.penstock.core.expression.SourceOrder;
import io.penstock.core.state.StateInput;
import java.io.IOException;
import java.util.Arrays;
import java.util.Optional;

/** Aggregates of conditions and of bits. */
public final class Truths {
  private Truths() {}

  @AggregateFunction(
      signature = "(condition: boolean) -> boolean?",
      summary = "Whether the condition is true in every row where it is not null.",
      examples = {"true, true, null | every(x)", "true, false | not every(x)"})
  public static Aggregates every(AggregateTypes types) {
    return new Fold(true, (a, b) -> a & b);
  }

  @AggregateFunction(
      signature = "(condition: boolean) -> boolean?",
      summary = "Whether the condition is true in some row.",
      examples = {"false, true, null | some(x)", "false, false | not some(x)"})
  public static Aggregates some(AggregateTypes types) {
    return new Fold(true, (a, b) -> a | b);
  }

  @AggregateFunction(
      signature = "(value: int) -> int?",
      summary = "The bits that all values have.",
      examples = "12, 10, null | bit_and(x) == 8")
  public static Aggregates bitAnd(AggregateTypes types) {
    return new Fold(false, (a, b) -> a & b);
  }

  @AggregateFunction(
      signature = "(value: int) -> int?",
      summary = "The bits that at least one value has.",
      examples = "12, 10, null | bit_or(x) == 14")
  public static Aggregates bitOr(AggregateTypes types) {
    return new Fold(false, (a, b) -> a | b);
  }

  @AggregateFunction(
      signature = "(value: int) -> int?",
      summary = "The bits that an odd number of values has.",
      examples = "12, 10, null | bit_xor(x) == 6")
  public static Aggregates bitXor(AggregateTypes types) {
    return new Fold(false, (a, b) -> a ^ b);
  }

  /** Joins two values; in any order. */
  private interface Join {
    long of(long a, long b);
  }

  private static final class Fold implements Aggregates {
    private final boolean truth;
    private final Join join;
    private final Present present = new Present();
    private long[] values = new long[16];

    Fold(boolean truth, Join join) {
      this.truth = truth;
      this.join = join;
    }

    @Override
    public void add(int[] groups, int count, Column[] arguments, Optional<SourceOrder> order) {
      Column column = arguments[0];
      for (int i = 0; i < count; i++) {
        if (column.isNull(i)) {
          continue;
        }
        if (column instanceof Column.Booleans booleans) {
          add(groups[i], booleans.values()[i] ? 1 : 0);
        } else {
          add(groups[i], ((Column.Longs) column).values()[i]);
        }
      }
    }

    @Override
    public void merge(Aggregates other, int[] groups, int count) {
      Fold theirs = (Fold) other;
      for (int i = 0; i < count; i++) {
        if (theirs.present.has(i)) {
          add(groups[i], theirs.values[i]);
        }
      }
    }

    @Override
    public Column results(int count) {
      if (!truth) {
        return new Column.Longs(count, Arrays.copyOf(values, count), present.validity(count));
      }
      boolean[] booleans = new boolean[count];
      for (int i = 0; i < Math.min(count, values.length); i++) {
        booleans[i] = values[i] != 0;
      }
      return new Column.Booleans(count, booleans, present.validity(count));
    }

    @Override
    public GroupWriter writer() {
      return (group, to) -> {
        boolean has = present.has(group);
        to.flag(has);
        if (has) {
          to.number(values[group]);
        }
      };
    }

    @Override
    public void read(int group, StateInput from) throws IOException {
      if (from.flag()) {
        add(group, from.number());
      }
    }

    @Override
    public long bytes() {
      return present.bytes() + 8L * values.length;
    }

    private void add(int group, long value) {
      if (group >= values.length) {
        values = Arrays.copyOf(values, Math.max(group + 1, values.length * 2));
      }
      values[group] = present.has(group) ? join.of(values[group], value) : value;
      present.set(group);
    }
  }
}
