package io.penstock.core.expression.aggregate;

import io.penstock.api.data.Column;
import io.penstock.api.data.DataType;
import io.penstock.api.data.ValueType;
import io.penstock.core.expression.Aggregates;
import io.penstock.core.expression.SourceOrder;
import io.penstock.core.expression.function.Typing;
import io.penstock.core.state.StateInput;
import java.io.IOException;
import java.util.Arrays;
import java.util.Optional;

/** The value below which a share of all values lies; between two values it is interpolated. */
public final class Quantiles {
  private Quantiles() {}

  @AggregateFunction(
      signature = "(value: number) -> double?",
      summary = "The value in the middle, of two middle ones their average.",
      examples = {"3, 1, 2 | median(x) == 2e0", "1, 2, 3, 10 | median(x) == 2.5e0"})
  public static Aggregates median(AggregateTypes types) {
    return new Quantile(types, 0.5);
  }

  @AggregateFunction(
      signature = "(value: number, share: double) -> double?",
      summary = "The value below which this share of all values lies, from 0 to 1; interpolated.",
      examples = {"1, 2, 3, 4, 5 | quantile(x, 0.25) == 2e0", "1, 2 | quantile(x, 1) == 2e0"},
      typing = Share.class)
  public static Aggregates quantile(AggregateTypes types) {
    Number share = (Number) types.constants().get(1).orElse(0.5);
    return new Quantile(types, share.doubleValue());
  }

  private static final class Quantile implements Aggregates {
    private final NumberColumn numbers;
    private final double share;
    private final Elements elements = new Elements();
    private double[] values = new double[16];

    Quantile(AggregateTypes types, double share) {
      this.numbers = new NumberColumn(types.arguments().get(0).type());
      this.share = share;
    }

    @Override
    public void add(int[] groups, int count, Column[] arguments, Optional<SourceOrder> order) {
      for (int i = 0; i < count; i++) {
        if (!arguments[0].isNull(i)) {
          add(groups[i], numbers.get(arguments[0], i));
        }
      }
    }

    @Override
    public void merge(Aggregates other, int[] groups, int count) {
      Quantile theirs = (Quantile) other;
      for (int i = 0; i < theirs.elements.size(); i++) {
        if (theirs.elements.group(i) < count) {
          add(groups[theirs.elements.group(i)], theirs.values[i]);
        }
      }
    }

    private void add(int group, double value) {
      int element = elements.add(group);
      if (element == values.length) {
        values = Arrays.copyOf(values, element * 2);
      }
      values[element] = value;
    }

    @Override
    public Column results(int count) {
      int[] offsets = elements.offsets(count);
      int[] order = elements.order(offsets);
      double[] results = new double[count];
      Present present = new Present();
      for (int group = 0; group < count; group++) {
        int size = offsets[group + 1] - offsets[group];
        if (size > 0) {
          double[] own = new double[size];
          for (int i = 0; i < size; i++) {
            own[i] = values[order[offsets[group] + i]];
          }
          Arrays.sort(own);
          results[group] = interpolated(own);
          present.set(group);
        }
      }
      return new Column.Doubles(count, results, present.validity(count));
    }

    @Override
    public GroupWriter writer() {
      ByGroup entries = elements.byGroup();
      return (group, to) -> {
        int count = entries.count(group);
        to.number(count);
        for (int i = 0; i < count; i++) {
          to.fixed(Double.doubleToLongBits(values[entries.entry(group, i)]));
        }
      };
    }

    @Override
    public void read(int group, StateInput from) throws IOException {
      for (int i = from.count(Integer.MAX_VALUE); i > 0; i--) {
        add(group, Double.longBitsToDouble(from.fixed()));
      }
    }

    @Override
    public long bytes() {
      return elements.bytes() + 8L * values.length;
    }

    private double interpolated(double[] sorted) {
      double place = share * (sorted.length - 1);
      int below = (int) place;
      if (below + 1 >= sorted.length || place == below) {
        return sorted[below];
      }
      return sorted[below] + (sorted[below + 1] - sorted[below]) * (place - below);
    }
  }

  /** The share is a constant from 0 to 1. */
  public static final class Share implements Typing {
    @Override
    public ValueType result(Arguments arguments) {
      Optional<Object> share = arguments.constant(1);
      boolean fits =
          share.isPresent()
              && ((Number) share.get()).doubleValue() >= 0
              && ((Number) share.get()).doubleValue() <= 1;
      if (!fits) {
        throw new Typing.Mistake(
            1, "the share must be a number from 0 to 1", "write it as a number, such as 0.95");
      }
      return ValueType.optional(DataType.DOUBLE);
    }
  }
}
