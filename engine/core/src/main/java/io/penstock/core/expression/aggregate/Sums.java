package io.penstock.core.expression.aggregate;

import io.penstock.api.data.DataType;
import io.penstock.api.data.ValueType;
import io.penstock.core.expression.Aggregates;
import io.penstock.core.expression.function.Typing;

/** Sums and averages. */
public final class Sums {
  private static final int AVERAGE_PLACES = 6;

  private Sums() {}

  @AggregateFunction(
      signature = "(value: number) -> number?",
      summary = "The sum; null where there is no value.",
      examples = {
        "1, 2, null | sum(x) == 3",
        "0.10, 0.20 | sum(x) == 0.30",
        "1e100, 1e0, -1e100 | sum(x) == 1e0"
      },
      typing = Sum.class,
      fails = "the sum does not fit its type")
  public static Aggregates sum(AggregateTypes types) {
    if (types.arguments().get(0).type().equals(DataType.DOUBLE)) {
      return new DoubleSums(false);
    }
    return new ExactSums(types.arguments().get(0).type(), types.result().type(), false);
  }

  @AggregateFunction(
      signature = "(value: number) -> number?",
      summary = "The average; null where there is no value.",
      examples = {
        "1, 2, null | avg(x) == 1.5e0",
        "0.10, 0.25 | avg(x) == 0.175",
        "1e0, 2e0 | avg(x) == 1.5e0"
      },
      typing = Average.class,
      fails = "the average does not fit its type")
  public static Aggregates avg(AggregateTypes types) {
    if (types.arguments().get(0).type().equals(DataType.DOUBLE)) {
      return new DoubleSums(true);
    }
    return new ExactSums(types.arguments().get(0).type(), types.result().type(), true);
  }

  /** int stays int, double stays double, a decimal gets all digits. */
  public static final class Sum implements Typing {
    @Override
    public ValueType result(Arguments arguments) {
      DataType type = arguments.type(0).type();
      if (type instanceof DataType.Decimal decimal) {
        return ValueType.optional(
            new DataType.Decimal(DataType.Decimal.MAX_PRECISION, decimal.scale()));
      }
      return ValueType.optional(type);
    }
  }

  /** A decimal's average is a decimal with at least six places, any other's a double. */
  public static final class Average implements Typing {
    @Override
    public ValueType result(Arguments arguments) {
      if (arguments.type(0).type() instanceof DataType.Decimal decimal) {
        int scale = Math.max(decimal.scale(), AVERAGE_PLACES);
        return ValueType.optional(new DataType.Decimal(DataType.Decimal.MAX_PRECISION, scale));
      }
      return ValueType.optional(DataType.DOUBLE);
    }
  }
}
