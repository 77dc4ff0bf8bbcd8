package io.penstock.core.expression;

import io.penstock.api.data.ValueType;
import java.util.List;
import java.util.Optional;

/** One aggregate: {@code sum(price) where price > 0}. Arguments and condition see the input row. */
public record AggregateCall(
    String function,
    List<Expression> arguments,
    Optional<Expression> where,
    ValueType type,
    Aggregates.Factory factory) {
  public AggregateCall {
    arguments = List.copyOf(arguments);
  }
}
