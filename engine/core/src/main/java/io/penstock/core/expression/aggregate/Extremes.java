package io.penstock.core.expression.aggregate;

import io.penstock.api.data.Column;
import io.penstock.api.data.DataType;
import io.penstock.api.data.ValueType;
import io.penstock.core.expression.Aggregates;
import io.penstock.core.expression.SourceOrder;
import io.penstock.core.expression.function.Typing;
import io.penstock.core.state.StateInput;
import java.io.IOException;
import java.util.Optional;

/** The least, the greatest, and what belongs to them. */
public final class Extremes {
  private Extremes() {}

  @AggregateFunction(
      signature = "(value: T) -> T?",
      summary = "The least value; texts are ordered by their code points.",
      examples = {"3, 1, null | min(x) == 1", "'b', 'a' | min(x) == 'a'"},
      typing = Ordered.class)
  public static Aggregates min(AggregateTypes types) {
    return new Extreme(types, 0, -1);
  }

  @AggregateFunction(
      signature = "(value: T) -> T?",
      summary = "The greatest value; NaN is greater than any number.",
      examples = {"3, 1, null | max(x) == 3", "1.50, 1.75 | max(x) == 1.75"},
      typing = Ordered.class)
  public static Aggregates max(AggregateTypes types) {
    return new Extreme(types, 0, 1);
  }

  @AggregateFunction(
      signature = "(value: T, by: U) -> T?",
      summary =
          "The value in the row where `by` is least, in the first of several; rows with a null are left out.",
      examples = "['a', 1], ['b', 2] | arg_min(x, y) == 'a'",
      typing = OrderedBy.class)
  public static Aggregates argMin(AggregateTypes types) {
    return new Extreme(types, 1, -1);
  }

  @AggregateFunction(
      signature = "(value: T, by: U) -> T?",
      summary =
          "The value in the row where `by` is greatest, in the first of several; rows with a null are left out.",
      examples = "['a', 1], ['b', 2], ['c', 2] | arg_max(x, y) == 'b'",
      typing = OrderedBy.class)
  public static Aggregates argMax(AggregateTypes types) {
    return new Extreme(types, 1, 1);
  }

  private static final class Extreme implements Aggregates {
    private final AggregateTypes types;
    private final Cells keys;
    private final Cells values;
    private final Cells readKeys;
    private final Cells readValues;
    private final int key;
    private final int sign;

    /**
     * @param key the argument that is compared; argument 0 is the result
     * @param sign of the comparison of a better value with a worse one
     */
    Extreme(AggregateTypes types, int key, int sign) {
      this.types = types;
      this.keys = Cells.of(types.arguments().get(key).type());
      this.values = key == 0 ? keys : Cells.of(types.arguments().get(0).type());
      this.readKeys = Cells.of(types.arguments().get(key).type());
      this.readValues = Cells.of(types.arguments().get(0).type());
      this.key = key;
      this.sign = sign;
    }

    @Override
    public void add(int[] groups, int count, Column[] arguments, Optional<SourceOrder> order) {
      Column by = arguments[key];
      if (key == 0 && by.validity() == null && keys instanceof WordCells words) {
        words.keep(groups, count, by, sign);
        return;
      }
      for (int i = 0; i < count; i++) {
        if (by.isNull(i) || key > 0 && arguments[0].isNull(i)) {
          continue;
        }
        int group = groups[i];
        if (!keys.has(group) || keys.compare(group, by, i) * sign < 0) {
          keys.set(group, by, i);
          if (key > 0) {
            values.set(group, arguments[0], i);
          }
        }
      }
    }

    @Override
    public void merge(Aggregates other, int[] groups, int count) {
      Extreme theirs = (Extreme) other;
      for (int i = 0; i < count; i++) {
        int group = groups[i];
        if (theirs.keys.has(i)
            && (!keys.has(group) || keys.compare(group, theirs.keys, i) * sign < 0)) {
          keys.set(group, theirs.keys, i);
          if (key > 0) {
            values.set(group, theirs.values, i);
          }
        }
      }
    }

    @Override
    public Column results(int count) {
      return values.build(count);
    }

    @Override
    public Column results(int[] groups, int count) {
      return values.build(types.arguments().get(0).type(), groups, count);
    }

    @Override
    public Optional<Retractable> retractable() {
      return key > 0
          ? Optional.empty()
          : Optional.of(
              new CountedValues(
                  types.arguments().get(0).type(),
                  sign < 0 ? CountedValues.Result.LEAST : CountedValues.Result.GREATEST));
    }

    @Override
    public GroupWriter writer() {
      return (group, to) -> {
        boolean has = keys.has(group);
        to.flag(has);
        if (has) {
          keys.write(group, to);
          if (key > 0) {
            values.write(group, to);
          }
        }
      };
    }

    @Override
    public void read(int group, StateInput from) throws IOException {
      if (!from.flag()) {
        return;
      }
      readKeys.read(0, from);
      if (key > 0) {
        readValues.read(0, from);
      }
      if (!keys.has(group) || keys.compare(group, readKeys, 0) * sign < 0) {
        keys.set(group, readKeys, 0);
        if (key > 0) {
          values.set(group, readValues, 0);
        }
      }
    }

    @Override
    public long bytes() {
      return keys.bytes() + (key > 0 ? values.bytes() : 0);
    }
  }

  private static void requireOrder(Typing.Arguments arguments, int index) {
    if (arguments.type(index).type().equals(DataType.JSON)) {
      throw new Typing.Mistake(
          index,
          "a json value has no order of its own",
          "Say what it is: `to_int(x)`, `to_double(x)`, `to_string(x)` or the like");
    }
  }

  /** Argument 0 has an order. */
  public static final class Ordered implements Typing {
    @Override
    public ValueType result(Arguments arguments) {
      requireOrder(arguments, 0);
      return arguments.type(0).asOptional();
    }
  }

  /** Argument 1 has an order. */
  public static final class OrderedBy implements Typing {
    @Override
    public ValueType result(Arguments arguments) {
      requireOrder(arguments, 1);
      return arguments.type(0).asOptional();
    }
  }
}
